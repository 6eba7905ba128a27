package org.standfest.drawing.ui;

import org.standfest.drawing.ui.Figure.Form;
import org.standfest.workbench.ui.look.Shade;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Draws a scene with a painter in the notation of the product: areas, cards, chips, drums, lines.
 * The further away, the less detail; shapes of a kind are handed over together, because that is
 * what makes a large drawing fast. Lives for one drawing; any thread that may use the painter.
 */
public final class ScenePainter {

    /** From here on everything is written and every bar is drawn. */
    public static final double DETAILS = 0.7;

    /** From here on chips bear names. */
    public static final double NAMES = 0.45;

    /** From here on cards bear titles. */
    public static final double TITLES = 0.34;

    /** From here on cards show what lies in them. */
    public static final double CARDS = 0.16;

    static final double RADIUS = 6;

    /** No line is thinner on the screen: it would be there in parts only. */
    private static final double THINNEST = 1;

    /** How far beyond what is seen lines are drawn. */
    private static final double NEAR = 12;

    /** How far from its middle a label may reach. */
    private static final double LABEL = 200;

    /** How long a dash and a gap are together. */
    private static final double DASHES = 10;

    private final Painter painter;
    private final double scale;
    private final Set<String> selected;
    private final Map<String, String> marks;
    private final FigureDetails details;
    private final Map<Form, List<Figure>> byForm = new EnumMap<>(Form.class);
    private final List<Figure> badged = new ArrayList<>();
    private final List<Figure> marked = new ArrayList<>();

    /**
     * @param painter what draws
     * @param scale how large it is seen; decides how much detail is drawn
     * @param selected ids with an outline
     * @param marks short words at figures, by id: the rank of a weak spot
     */
    public ScenePainter(
            Painter painter, double scale, Set<String> selected, Map<String, String> marks) {
        this.painter = painter;
        this.scale = scale;
        this.selected = selected;
        this.marks = marks;
        this.details = new FigureDetails(painter, scale);
        for (Form form : Form.values()) {
            byForm.put(form, new ArrayList<>());
        }
    }

    /** Draws what meets a rectangle. */
    public void paint(SceneIndex index, Box visible) {
        if (scale < CARDS) {
            index.outerFigures(visible, this::sort);
        } else {
            index.figures(visible, this::sort);
        }
        areas();
        cards();
        chips();
        byForm.get(Form.DRUM).forEach(details::drum);
        byForm.get(Form.PLUG).forEach(details::plug);
        rails();
        wires(index, visible);
        new BadgePainter(painter, scale).paint(badged);
        for (Figure figure : marked) {
            details.mark(new Spot(figure.box().x(), figure.box().y()), marks.get(figure.id()));
        }
        outlines(index, visible);
    }

    private void sort(Figure figure) {
        byForm.get(figure.form()).add(figure);
        if (figure.badge().isPresent()) {
            badged.add(figure);
        }
        if (!marks.isEmpty() && marks.containsKey(figure.id())) {
            marked.add(figure);
        }
    }

    private static List<Box> boxes(List<Figure> figures) {
        List<Box> boxes = new ArrayList<>(figures.size());
        for (Figure figure : figures) {
            boxes.add(figure.box());
        }
        return boxes;
    }

    private void areas() {
        List<Figure> areas = byForm.get(Form.AREA);
        List<Box> boxes = boxes(areas);
        painter.fillAll(boxes, RADIUS + 4, Shade.INSET);
        painter.outlineAll(boxes, RADIUS + 4, Shade.LINE, 1);
        areas.forEach(details::areaHead);
    }

    private void cards() {
        List<Figure> cards = byForm.get(Form.CARD);
        if (scale >= CARDS) {
            List<Box> boxes = boxes(cards);
            painter.fillAll(boxes, radius(), Shade.SURFACE);
            painter.outlineAll(boxes, radius(), Shade.LINE, 1);
            if (scale >= TITLES) {
                cards.forEach(details::cardHead);
            }
            details.gauges(cards);
            return;
        }
        Map<Shade, List<Box>> heat = new EnumMap<>(Shade.class);
        for (Figure card : cards) {
            heat.computeIfAbsent(FigureDetails.heat(card), _ -> new ArrayList<>()).add(card.box());
        }
        heat.forEach((shade, boxes) -> painter.fillAll(boxes, 0, shade));
        if (scale >= CARDS / 2) {
            painter.outlineAll(boxes(cards), 0, Shade.LINE, 1);
        }
    }

    private double radius() {
        return scale >= NAMES ? RADIUS : 0;
    }

    private void chips() {
        List<Figure> chips = byForm.get(Form.CHIP);
        List<Box> boxes = boxes(chips);
        painter.fillAll(boxes, scale >= NAMES ? 4 : 0, Shade.INSET);
        if (scale >= TITLES) {
            painter.outlineAll(boxes, scale >= NAMES ? 4 : 0, Shade.LINE, 1);
        }
        if (scale >= NAMES) {
            chips.forEach(details::chipName);
        }
    }

    private void rails() {
        List<List<Spot>> courses = new ArrayList<>();
        for (Figure rail : byForm.get(Form.RAIL)) {
            double y = rail.box().bottom() - 3;
            courses.add(List.of(new Spot(rail.box().x(), y), new Spot(rail.box().right(), y)));
        }
        if (!courses.isEmpty()) {
            painter.lineAll(courses, Shade.GREY, 2.5, false);
        }
        if (scale >= NAMES) {
            byForm.get(Form.RAIL).forEach(details::railName);
        }
    }

    private void wires(SceneIndex index, Box visible) {
        List<Wire> seen = new ArrayList<>();
        index.wires(visible, seen::add);
        Map<Wire.Form, List<List<Spot>>> courses = new EnumMap<>(Wire.Form.class);
        List<List<Spot>> chosen = new ArrayList<>();
        Box near = visible.grown(NEAR);
        for (Wire wire : seen) {
            if (selected.contains(wire.id())) {
                chosen.addAll(wire.parts(near, DASHES));
            } else if (scale >= CARDS || wire.form() == Wire.Form.LINE) {
                courses.computeIfAbsent(wire.form(), _ -> new ArrayList<>())
                        .addAll(wire.parts(near, DASHES));
            }
        }
        courses.forEach(
                (form, all) ->
                        painter.lineAll(
                                all,
                                shade(form),
                                Math.max(1.5, THINNEST / scale),
                                form != Wire.Form.LINE));
        if (!chosen.isEmpty()) {
            painter.lineAll(chosen, Shade.ACCENT, Math.max(3, 2 * THINNEST / scale), false);
        }
        if (scale >= CARDS) {
            heads(seen, near);
        }
        for (Wire wire : seen) {
            String mark = marks.get(wire.id());
            if (mark != null) {
                details.mark(wire.anchor().moved(-18, -14), mark);
            }
            boolean readable = scale >= NAMES && !wire.label().isEmpty();
            if (readable && visible.grown(LABEL).contains(wire.anchor())) {
                details.label(wire);
            }
        }
    }

    /** From afar links are hardly more than the ground; areas and heat are what is looked for. */
    private Shade shade(Wire.Form form) {
        if (form != Wire.Form.LINE) {
            return Shade.ACCENT;
        }
        return scale >= CARDS ? Shade.GREY : Shade.LINE;
    }

    private void heads(List<Wire> seen, Box near) {
        List<List<Spot>> heads = new ArrayList<>();
        for (Wire wire : seen) {
            int n = wire.course().size();
            if (wire.form() != Wire.Form.LINE && near.contains(wire.course().getLast())) {
                heads.add(head(wire.course().get(n - 2), wire.course().get(n - 1)));
            }
            if (wire.form() == Wire.Form.MUTUAL && near.contains(wire.course().getFirst())) {
                heads.add(head(wire.course().get(1), wire.course().get(0)));
            }
        }
        if (!heads.isEmpty()) {
            painter.lineAll(heads, Shade.ACCENT, 1.5, false);
        }
    }

    private static List<Spot> head(Spot from, Spot to) {
        double length = Math.max(0.001, from.distance(to));
        double ux = (to.x() - from.x()) / length;
        double uy = (to.y() - from.y()) / length;
        Spot one = new Spot(to.x() - 9 * ux - 4.5 * uy, to.y() - 9 * uy + 4.5 * ux);
        Spot two = new Spot(to.x() - 9 * ux + 4.5 * uy, to.y() - 9 * uy - 4.5 * ux);
        return List.of(one, to, two);
    }

    private void outlines(SceneIndex index, Box visible) {
        List<Box> boxes = new ArrayList<>();
        for (String id : selected) {
            index.figure(id)
                    .map(figure -> figure.box().grown(2))
                    .filter(visible::meets)
                    .ifPresent(boxes::add);
        }
        if (!boxes.isEmpty()) {
            painter.outlineAll(boxes, RADIUS + 2, Shade.ACCENT, 2 / Math.min(1, scale));
        }
    }
}
