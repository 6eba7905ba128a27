package org.standfest.drawing.ui.canvas;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.standfest.drawing.ui.Box;
import org.standfest.drawing.ui.Figure;
import org.standfest.drawing.ui.Scene;
import org.standfest.drawing.ui.SceneIndex;
import org.standfest.drawing.ui.ScenePainter;
import org.standfest.drawing.ui.Viewport;
import org.standfest.drawing.ui.gestures.Editing;
import org.standfest.drawing.ui.gestures.Gestures;
import org.standfest.drawing.ui.gestures.Handle;
import org.standfest.drawing.ui.gestures.Input;
import org.standfest.drawing.ui.gestures.Overlay;
import org.standfest.drawing.ui.gestures.Stage;
import org.standfest.drawing.ui.gestures.Verdict;
import org.standfest.drawing.ui.gestures.Walk;
import org.standfest.workbench.ui.look.Look;
import org.standfest.workbench.ui.look.Shade;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Shows a scene and lets it be edited: hands pointer and keys to {@link Gestures}, asks an {@link
 * Editing} for what may be done. Paints at most once for many events. User interface thread only.
 */
public final class DrawingCanvas extends Canvas {

    private static final double LARGEST_FIT = 1.25;
    private static final int GLIDE_STEPS = 16;
    private static final int GLIDE_MILLIS = 16;

    private final Look look;
    private final TextCache texts;
    private final Backing backing;
    private final CanvasAccess access;
    private final List<Consumer<Viewport>> onView = new CopyOnWriteArrayList<>();
    private SceneIndex index = new SceneIndex(Scene.EMPTY);
    private Walk walk = new Walk(index);
    private Viewport viewport = Viewport.START;
    private Set<String> selected = Set.of();
    private Map<String, String> marks = Map.of();
    private Editing editing = Editing.NONE;
    private Gestures gestures = new Gestures(new Ground(), Editing.NONE);
    private String title = "";
    private String tip = "";
    private boolean fitted = true;
    private Consumer<List<String>> onSelect = ids -> {};

    /**
     * @param parent where it lies
     */
    public DrawingCanvas(Composite parent) {
        super(parent, SWT.DOUBLE_BUFFERED | SWT.NO_BACKGROUND);
        look = new Look(this);
        texts = new TextCache(this, look);
        backing = new Backing(this, this::paintScene);
        addPaintListener(event -> paint(event.gc));
        addListener(SWT.Resize, _ -> resized());
        addListener(SWT.MouseVerticalWheel, this::wheel);
        addListener(SWT.MouseDown, this::press);
        addListener(SWT.MouseMove, this::move);
        addListener(
                SWT.MouseUp, event -> gesture(new Input.Release(event.x, event.y, event.button)));
        addListener(
                SWT.MouseDoubleClick,
                event -> {
                    if (event.button == 1) {
                        gesture(new Input.DoubleClick(event.x, event.y));
                    }
                });
        new CanvasKeys(this);
        access = new CanvasAccess(this);
    }

    /** The view of the scene that gestures see. */
    private final class Ground implements Stage {
        @Override
        public SceneIndex index() {
            return index;
        }

        @Override
        public Viewport viewport() {
            return viewport;
        }

        @Override
        public void view(Viewport next) {
            DrawingCanvas.this.view(next);
        }

        @Override
        public Set<String> selection() {
            return selected;
        }

        @Override
        public void select(Set<String> ids) {
            choose(ids);
        }
    }

    /** Told what a person chose; empty when nothing. */
    public void onSelect(Consumer<List<String>> listener) {
        onSelect = Objects.requireNonNull(listener);
    }

    /** Asked for what may be done from now on. */
    public void edit(Editing next) {
        editing = Objects.requireNonNull(next);
        gestures = new Gestures(new Ground(), next);
    }

    /** Who is asked for what may be done. */
    public Editing editing() {
        return editing;
    }

    /**
     * Told, too, of each other part of the drawing that is shown, and of each other drawing.
     *
     * @return ends it
     */
    public Runnable onView(Consumer<Viewport> listener) {
        onView.add(Objects.requireNonNull(listener));
        return () -> onView.remove(listener);
    }

    /** What a screen reader calls the whole. */
    public void title(String words) {
        title = Objects.requireNonNull(words);
    }

    String title() {
        return title;
    }

    /** Takes a tool into the hand; the next click uses it. Empty puts it back. */
    public void take(Optional<String> tool) {
        gestures.take(tool);
        setCursor(tool.isPresent() ? getDisplay().getSystemCursor(SWT.CURSOR_CROSS) : null);
        redraw();
    }

    /** The tool in the hand. */
    public Optional<String> tool() {
        return gestures.tool();
    }

    /** What would happen to what is in the hand, or why it must not. */
    public Verdict verdict() {
        return gestures.overlay().verdict();
    }

    boolean busy() {
        return gestures.busy();
    }

    /** Shows a scene; the first one is fitted to the window. */
    public void show(Scene next) {
        index = new SceneIndex(next);
        walk = new Walk(index);
        if (fitted) {
            fit();
        }
        spoil();
        onView.forEach(listener -> listener.accept(viewport));
    }

    /** Shows a scene; what stood elsewhere before glides to its new place. */
    public void glide(Scene next) {
        Rectangle area = getClientArea();
        Viewport after =
                fitted
                        ? Viewport.fitting(next.bounds(), area.width, area.height, LARGEST_FIT)
                        : viewport;
        Glide glide = new Glide(index, next, viewport, after);
        if (!isVisible() || !glide.visible()) {
            show(next);
            return;
        }
        Scene before = index.scene();
        glide(glide, next, before, 1);
    }

    /** One step of the way, unless something else is shown by now. */
    private void glide(Glide glide, Scene next, Scene shown, int step) {
        if (isDisposed() || index.scene() != shown) {
            return;
        }
        if (step == GLIDE_STEPS) {
            show(next);
            return;
        }
        double part = (double) step / GLIDE_STEPS;
        Scene now = glide.at(part);
        index = new SceneIndex(now);
        walk = new Walk(index);
        viewport = glide.seenAt(part);
        spoil();
        getDisplay().timerExec(GLIDE_MILLIS, () -> glide(glide, next, now, step + 1));
    }

    /** What is shown. */
    public Scene scene() {
        return index.scene();
    }

    /** What is shown, to be looked up. */
    public SceneIndex index() {
        return index;
    }

    Walk walk() {
        return walk;
    }

    String spoken(String id) {
        return editing.spoken(id);
    }

    /** What is selected. */
    public Set<String> selection() {
        return selected;
    }

    Optional<String> selectedOne() {
        return selected.size() == 1 ? Optional.of(selected.iterator().next()) : Optional.empty();
    }

    /** Outlines these and no others; tells nobody. */
    public void select(Set<String> ids) {
        if (!selected.equals(ids)) {
            selected = Set.copyOf(ids);
            access.moved();
            spoil();
        }
    }

    /** Selects these and no others, as a person did. */
    void choose(Set<String> ids) {
        if (!selected.equals(ids)) {
            select(ids);
            onSelect.accept(List.copyOf(ids));
        }
    }

    /** Selects every figure that can be moved. */
    public void selectAll() {
        List<String> all = new ArrayList<>();
        for (Figure figure : index.scene().figures()) {
            if (editing.movable(figure.id())) {
                all.add(figure.id());
            }
        }
        choose(Set.copyOf(all));
    }

    /** Puts short words at the left upper corners of these figures and of no others. */
    public void mark(Map<String, String> next) {
        if (!marks.equals(next)) {
            marks = Map.copyOf(next);
            spoil();
        }
    }

    private void spoil() {
        backing.spoil();
        redraw();
    }

    /** Moves as little as needed until something is seen. */
    public void reveal(String id) {
        Rectangle area = getClientArea();
        index.place(id)
                .ifPresent(box -> view(viewport.revealing(box.grown(20), area.width, area.height)));
    }

    /** Shows the whole drawing. */
    public void fit() {
        Rectangle area = getClientArea();
        turn(Viewport.fitting(index.bounds(), area.width, area.height, LARGEST_FIT));
        fitted = true;
    }

    /** Shows what is selected, as large as fits; the whole drawing where nothing is. */
    public void fitSelection() {
        Rectangle area = getClientArea();
        Optional<Box> around =
                selected.stream().flatMap(id -> index.place(id).stream()).reduce(Box::and);
        if (around.isEmpty()) {
            fit();
        } else {
            view(Viewport.fitting(around.get().grown(40), area.width, area.height, 2));
        }
    }

    /** Zooms in the middle of the window. */
    public void zoom(double factor) {
        Rectangle area = getClientArea();
        view(viewport.zoomed(factor, area.width / 2.0, area.height / 2.0));
    }

    /** Shows 100 %. */
    public void actualSize() {
        zoom(1 / viewport.scale());
    }

    /** What is seen. */
    public Viewport viewport() {
        return viewport;
    }

    /**
     * Shows another part, if it is another; then it is no longer fitted when the window changes.
     */
    public void view(Viewport next) {
        fitted &= next.equals(viewport);
        turn(next);
    }

    private void turn(Viewport next) {
        if (!next.equals(viewport)) {
            viewport = next;
            redraw();
            onView.forEach(listener -> listener.accept(next));
        }
    }

    private void resized() {
        if (fitted && !index.scene().equals(Scene.EMPTY)) {
            fit();
        } else {
            onView.forEach(listener -> listener.accept(viewport));
        }
    }

    private void paint(GC gc) {
        gc.setBackground(look.color(Shade.SURFACE));
        backing.paint(gc, viewport);
        Rectangle area = getClientArea();
        try (GcPainter painter = new GcPainter(gc, look, texts, Viewport.START)) {
            OverlayPainter over = new OverlayPainter(painter, viewport, area);
            if (gestures.overlay() instanceof Overlay.None && viewport.scale() >= .12) {
                selectedOne()
                        .flatMap(index::figure)
                        .ifPresent(figure -> over.handles(figure.id(), figure.box(), editing));
            }
            over.paint(gestures.overlay());
        }
    }

    private void paintScene(GC gc, Rectangle part, Viewport seenFrom) {
        gc.setBackground(look.color(Shade.SURFACE));
        gc.fillRectangle(part);
        Box seen =
                new Box(
                        seenFrom.left() + part.x / seenFrom.scale(),
                        seenFrom.top() + part.y / seenFrom.scale(),
                        part.width / seenFrom.scale(),
                        part.height / seenFrom.scale());
        try (GcPainter painter = new GcPainter(gc, look, texts, seenFrom)) {
            new ScenePainter(painter, seenFrom.scale(), selected, marks).paint(index, seen);
        }
    }

    /** Hands an input to the gestures and shows what comes of it. */
    void gesture(Input input) {
        Overlay before = gestures.overlay();
        gestures.on(input);
        if (!gestures.overlay().equals(before)) {
            redraw();
        }
    }

    private void wheel(Event event) {
        gesture(
                new Input.Wheel(
                        event.x,
                        event.y,
                        Integer.signum(event.count),
                        (event.stateMask & SWT.SHIFT) != 0,
                        (event.stateMask & SWT.ALT) != 0));
        event.doit = false;
    }

    private void press(Event event) {
        forceFocus();
        boolean ctrl = (event.stateMask & SWT.CTRL) != 0;
        boolean shift = (event.stateMask & SWT.SHIFT) != 0;
        if (event.button == 3) {
            Optional<String> hit = index.at(viewport.toDrawing(event.x, event.y));
            if (hit.isEmpty() || !selected.contains(hit.get())) {
                choose(hit.map(Set::of).orElseGet(Set::of));
            }
            return;
        }
        gesture(new Input.Press(event.x, event.y, event.button, ctrl || shift, ctrl));
        if (gestures.tool().isEmpty()) {
            setCursor(null);
        }
    }

    private void move(Event event) {
        gesture(
                new Input.Move(
                        event.x,
                        event.y,
                        (event.stateMask & SWT.CTRL) != 0,
                        (event.stateMask & SWT.ALT) != 0));
        if (!gestures.busy()) {
            setCursor(cursor(gestures.handleAt(event.x, event.y)));
            tell(event);
        }
    }

    private void tell(Event event) {
        String next = index.at(viewport.toDrawing(event.x, event.y)).map(editing::tip).orElse("");
        if (!next.equals(tip)) {
            tip = next;
            setToolTipText(next.isEmpty() ? null : next);
        }
    }

    private org.eclipse.swt.graphics.Cursor cursor(Optional<Handle> handle) {
        if (handle.isEmpty()) {
            return null;
        }
        int style =
                switch (handle.get()) {
                    case NORTH_WEST, SOUTH_EAST -> SWT.CURSOR_SIZENWSE;
                    case NORTH_EAST, SOUTH_WEST -> SWT.CURSOR_SIZENESW;
                    case NORTH, SOUTH -> SWT.CURSOR_SIZENS;
                    case EAST, WEST -> SWT.CURSOR_SIZEWE;
                    case LINE -> SWT.CURSOR_CROSS;
                };
        return getDisplay().getSystemCursor(style);
    }

    /** Lets a person edit the name of a figure where it stands. */
    public void renameInPlace(String id) {
        Optional<Box> box = index.figure(id).map(Figure::box);
        Optional<String> name = editing.name(id);
        if (box.isPresent() && name.isPresent()) {
            reveal(id);
            new NameField(this, look, box.get(), name.get(), typed -> editing.rename(id, typed));
        }
    }
}
