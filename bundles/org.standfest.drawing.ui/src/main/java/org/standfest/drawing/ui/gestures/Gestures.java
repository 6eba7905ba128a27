package org.standfest.drawing.ui.gestures;

import org.standfest.drawing.ui.Box;
import org.standfest.drawing.ui.Figure;
import org.standfest.drawing.ui.Spot;
import org.standfest.drawing.ui.Viewport;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The state machine behind the pointer: selecting, rubber band, dragging with a verdict at each
 * move, pulling edges, drawing lines, using a tool, moving and zooming the view. One thread.
 */
public final class Gestures {

    private static final double STEP = 1.2;
    private static final double WHEEL_PIXELS = 60;
    private static final double CLICK_PIXELS = 4;
    private static final double HANDLE_PIXELS = 6;
    private static final double MIN_WIDTH = 120;
    private static final double MIN_HEIGHT = 48;

    private final Stage stage;
    private final Editing editing;
    private State state = new Idle();
    private Overlay overlay = Overlay.NONE;
    private boolean space;
    private Optional<String> tool = Optional.empty();

    private sealed interface State {}

    private record Idle() implements State {}

    /** The view is held. */
    private record Panning(double x, double y, Viewport before) implements State {}

    /** A button is down on a figure or on nothing, and has not moved yet. */
    private record Pressed(Input.Press press, Optional<String> hit) implements State {}

    private record Banding(Spot from, Set<String> before) implements State {}

    private record Dragging(Spot from, List<String> ids, Box around, List<Box> boxes, Drag last)
            implements State {}

    private record Pulling(String id, Handle handle, Spot from, Box before, Box now)
            implements State {}

    private record Drawing(String id, Spot from, Optional<String> target) implements State {}

    /**
     * @param stage what gestures are made on
     * @param editing who answers for what the drawing stands for
     */
    public Gestures(Stage stage, Editing editing) {
        this.stage = Objects.requireNonNull(stage);
        this.editing = Objects.requireNonNull(editing);
    }

    /** What is drawn above the scene now. */
    public Overlay overlay() {
        return overlay;
    }

    /** Takes a tool into the hand; the next click uses it. Empty puts it back. */
    public void take(Optional<String> next) {
        tool = next;
        state = new Idle();
        overlay = Overlay.NONE;
    }

    /** The tool in the hand. */
    public Optional<String> tool() {
        return tool;
    }

    /** Whether something is in the hand that Escape would put back. */
    public boolean busy() {
        return !(state instanceof Idle) || tool.isPresent();
    }

    /** Something happened. */
    public void on(Input input) {
        switch (input) {
            case Input.Press press -> press(press);
            case Input.Move move -> move(move);
            case Input.Release release -> release(release);
            case Input.DoubleClick click -> {
                state = new Idle();
                at(click.x(), click.y()).ifPresent(editing::open);
            }
            case Input.Wheel wheel -> wheel(wheel);
            case Input.Space bar -> space = bar.down();
            case Input.Abort _ -> abort();
        }
    }

    private void abort() {
        if (state instanceof Banding banding) {
            stage.select(banding.before());
        }
        if (state instanceof Panning panning) {
            stage.view(panning.before());
        }
        state = new Idle();
        overlay = Overlay.NONE;
        tool = Optional.empty();
    }

    private Spot spot(double x, double y) {
        return stage.viewport().toDrawing(x, y);
    }

    private Optional<String> at(double x, double y) {
        return stage.index().at(spot(x, y), 5 / stage.viewport().scale());
    }

    private void wheel(Input.Wheel wheel) {
        Viewport now = stage.viewport();
        if (wheel.sideways()) {
            stage.view(now.panned(wheel.clicks() * WHEEL_PIXELS, 0));
        } else if (wheel.along()) {
            stage.view(now.panned(0, wheel.clicks() * WHEEL_PIXELS));
        } else {
            stage.view(now.zoomed(Math.pow(STEP, wheel.clicks()), wheel.x(), wheel.y()));
        }
    }

    private void press(Input.Press press) {
        if (press.button() == 2 || press.button() == 1 && space) {
            state = new Panning(press.x(), press.y(), stage.viewport());
            return;
        }
        if (press.button() != 1) {
            return;
        }
        if (tool.isPresent()) {
            useTool(press);
            return;
        }
        Optional<Handle> handle = handleAt(press.x(), press.y());
        if (handle.isPresent()) {
            String id = stage.selection().iterator().next();
            Box box = stage.index().place(id).orElseThrow();
            Spot from = spot(press.x(), press.y());
            state =
                    handle.get() == Handle.LINE
                            ? new Drawing(id, handle.get().of(box, scale()), Optional.empty())
                            : new Pulling(id, handle.get(), from, box, box);
            return;
        }
        state = new Pressed(press, at(press.x(), press.y()));
    }

    private double scale() {
        return stage.viewport().scale();
    }

    /** The handle of the one selected figure below a point of the window. */
    public Optional<Handle> handleAt(double x, double y) {
        Set<String> selection = stage.selection();
        if (selection.size() != 1 || tool.isPresent()) {
            return Optional.empty();
        }
        String id = selection.iterator().next();
        Optional<Box> box = stage.index().figure(id).map(Figure::box);
        if (box.isEmpty()) {
            return Optional.empty();
        }
        Spot pointer = spot(x, y);
        for (Handle handle : Handle.values()) {
            boolean offered =
                    handle == Handle.LINE ? editing.connectable(id) : editing.resizable(id);
            if (offered
                    && handle.of(box.get(), scale()).distance(pointer) * scale()
                            <= HANDLE_PIXELS + (handle == Handle.LINE ? 3 : 0)) {
                return Optional.of(handle);
            }
        }
        return Optional.empty();
    }

    private void useTool(Input.Press press) {
        String used = tool.orElseThrow();
        Spot there = spot(press.x(), press.y());
        Optional<String> target = stage.index().figureAt(there).map(Figure::id);
        if (editing.overTool(used, target).allowed()) {
            overlay = Overlay.NONE;
            if (!press.more()) {
                tool = Optional.empty();
            }
            editing.use(used, there, target);
        }
    }

    private void move(Input.Move move) {
        switch (state) {
            case Idle _ -> tool.ifPresent(held -> hover(held, move));
            case Panning held ->
                    stage.view(held.before().panned(move.x() - held.x(), move.y() - held.y()));
            case Pressed held -> {
                double way =
                        Math.abs(move.x() - held.press().x())
                                + Math.abs(move.y() - held.press().y());
                if (way > CLICK_PIXELS) {
                    begin(held);
                    if (!(state instanceof Pressed)) {
                        move(move);
                    }
                }
            }
            case Banding held -> band(held, spot(move.x(), move.y()));
            case Dragging held -> drag(held, move);
            case Pulling held -> pull(held, move);
            case Drawing held -> draw(held, spot(move.x(), move.y()));
        }
    }

    private void hover(String held, Input.Move move) {
        Spot pointer = spot(move.x(), move.y());
        Box size = editing.size(held);
        Optional<Figure> target = stage.index().figureAt(pointer);
        Verdict verdict = editing.overTool(held, target.map(Figure::id));
        Box box = size.moved(pointer.x() - size.x(), pointer.y() - size.y());
        overlay =
                new Overlay.Ghosts(
                        List.of(box),
                        verdict.allowed() ? target.map(Figure::box) : Optional.empty(),
                        List.of(),
                        verdict,
                        pointer);
    }

    /** The pointer moved far enough: a click becomes a drag. */
    private void begin(Pressed held) {
        Spot from = spot(held.press().x(), held.press().y());
        Set<String> selection = stage.selection();
        boolean plain = held.hit().isEmpty();
        if (!plain && !selection.contains(held.hit().get())) {
            if (stage.index().figure(held.hit().get()).isEmpty()) {
                plain = true;
            } else if (!held.press().more()) {
                stage.select(Set.of(held.hit().get()));
            }
        }
        List<String> ids = plain ? List.of() : movable(held.hit().get());
        if (ids.isEmpty()) {
            state = new Banding(from, held.press().more() ? selection : Set.of());
            return;
        }
        List<Box> boxes = ids.stream().map(id -> stage.index().place(id).orElseThrow()).toList();
        Box around = boxes.stream().reduce(Box::and).orElseThrow();
        state = new Dragging(from, ids, around, boxes, null);
    }

    /** What moves when a figure is dragged: all that is selected, but nothing twice. */
    private List<String> movable(String hit) {
        Set<String> chosen = new LinkedHashSet<>(stage.selection());
        if (!chosen.contains(hit)) {
            chosen = new LinkedHashSet<>(List.of(hit));
        }
        List<String> ids = new ArrayList<>();
        for (String id : chosen) {
            if (stage.index().figure(id).isPresent()
                    && editing.movable(id)
                    && !insideAny(id, chosen)) {
                ids.add(id);
            }
        }
        return ids;
    }

    private boolean insideAny(String id, Set<String> chosen) {
        Optional<Figure> parent = stage.index().parent(id);
        while (parent.isPresent()) {
            if (chosen.contains(parent.get().id())) {
                return true;
            }
            parent = stage.index().parent(parent.get().id());
        }
        return false;
    }

    private void band(Banding held, Spot pointer) {
        Box frame =
                new Box(
                        Math.min(held.from().x(), pointer.x()),
                        Math.min(held.from().y(), pointer.y()),
                        Math.abs(held.from().x() - pointer.x()),
                        Math.abs(held.from().y() - pointer.y()));
        overlay = new Overlay.Band(frame);
        Set<String> chosen = new LinkedHashSet<>(held.before());
        chosen.addAll(stage.index().within(frame));
        stage.select(chosen);
    }

    private void drag(Dragging held, Input.Move move) {
        Spot pointer = spot(move.x(), move.y());
        double dx = pointer.x() - held.from().x();
        double dy = pointer.y() - held.from().y();
        Set<String> ids = new LinkedHashSet<>(held.ids());
        Snap snap =
                move.free()
                        ? Snap.none(dx, dy)
                        : Snap.of(stage.index(), held.around(), ids, dx, dy, scale());
        Optional<Figure> target = below(pointer, ids);
        Drag drag = new Drag(held.ids(), snap.dx(), snap.dy(), target.map(Figure::id), move.fork());
        Verdict verdict = editing.over(drag);
        List<Box> ghosts =
                held.boxes().stream().map(box -> box.moved(snap.dx(), snap.dy())).toList();
        overlay =
                new Overlay.Ghosts(
                        ghosts, target.map(Figure::box), snap.guides(), verdict, pointer);
        state = new Dragging(held.from(), held.ids(), held.around(), held.boxes(), drag);
    }

    /** The innermost figure at a point that is neither in the hand nor in something that is. */
    private Optional<Figure> below(Spot pointer, Set<String> ids) {
        List<Figure> hits = new ArrayList<>();
        stage.index()
                .figures(
                        new Box(pointer.x(), pointer.y(), 0, 0),
                        figure -> {
                            if (figure.box().contains(pointer)
                                    && !ids.contains(figure.id())
                                    && !insideAny(figure.id(), ids)) {
                                hits.add(figure);
                            }
                        });
        return hits.isEmpty() ? Optional.empty() : Optional.of(hits.getLast());
    }

    private void pull(Pulling held, Input.Move move) {
        Spot pointer = spot(move.x(), move.y());
        double grid = move.free() ? 1 : Snap.GRID;
        double dx = Math.round((pointer.x() - held.from().x()) / grid) * grid;
        double dy = Math.round((pointer.y() - held.from().y()) / grid) * grid;
        Box now = held.handle().pulled(held.before(), dx, dy, MIN_WIDTH, MIN_HEIGHT);
        state = new Pulling(held.id(), held.handle(), held.from(), held.before(), now);
        String size = Math.round(now.width()) + " \u00d7 " + Math.round(now.height());
        overlay =
                new Overlay.Ghosts(
                        List.of(now), Optional.empty(), List.of(), Verdict.fine(size), pointer);
    }

    private void draw(Drawing held, Spot pointer) {
        Optional<Figure> target =
                stage.index().figureAt(pointer).filter(figure -> !figure.id().equals(held.id()));
        Verdict verdict =
                target.map(figure -> editing.overConnection(held.id(), figure.id()))
                        .orElse(Verdict.FINE);
        overlay =
                new Overlay.Thread(
                        held.from(),
                        pointer,
                        verdict.allowed() ? target.map(Figure::box) : Optional.empty(),
                        verdict);
        state = new Drawing(held.id(), held.from(), target.map(Figure::id));
    }

    private void release(Input.Release release) {
        State before = state;
        Overlay shown = overlay;
        state = new Idle();
        overlay = Overlay.NONE;
        switch (before) {
            case Pressed held when release.button() == 1 -> click(held);
            case Dragging held when held.last() != null -> {
                if (shown instanceof Overlay.Ghosts ghosts && ghosts.verdict().allowed()) {
                    editing.drop(held.last());
                }
            }
            case Pulling held -> {
                if (!held.now().equals(held.before())) {
                    editing.resize(held.id(), held.now());
                }
            }
            case Drawing held -> {
                if (held.target().isPresent()
                        && editing.overConnection(held.id(), held.target().get()).allowed()) {
                    editing.connect(held.id(), held.target().get());
                }
            }
            default -> {
                // The view was moved, a band was drawn, or nothing was held: nothing to finish.
            }
        }
    }

    private void click(Pressed held) {
        Set<String> chosen = new LinkedHashSet<>();
        if (held.press().more()) {
            chosen.addAll(stage.selection());
            held.hit()
                    .ifPresent(
                            id -> {
                                if (!chosen.remove(id)) {
                                    chosen.add(id);
                                }
                            });
        } else {
            held.hit().ifPresent(chosen::add);
        }
        stage.select(chosen);
    }
}
