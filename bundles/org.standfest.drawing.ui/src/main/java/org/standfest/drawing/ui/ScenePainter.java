package org.standfest.drawing.ui;

import org.standfest.workbench.ui.look.Light;
import org.standfest.workbench.ui.look.Shade;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Draws a scene with a painter in the notation of the product: areas, cards, chips, drums, lines.
 * The further away, the less detail. Immutable; any thread that may use the painter.
 */
public final class ScenePainter {

    private static final double NAMES = 0.4;
    private static final double CARDS = 0.16;
    private static final double RADIUS = 6;

    private final Painter painter;
    private final double scale;
    private final Set<String> selected;
    private final Map<String, String> marks;

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
        this.selected = Set.copyOf(selected);
        this.marks = Map.copyOf(marks);
    }

    /** Draws what meets a rectangle. */
    public void paint(Scene scene, Box visible) {
        for (Figure figure : scene.figures()) {
            paint(figure, visible);
        }
        for (Wire wire : scene.wires()) {
            if (wire.bounds().grown(60).meets(visible)) {
                paint(wire);
            }
        }
        for (Wire wire : scene.wires()) {
            String mark = marks.get(wire.id());
            if (mark != null) {
                mark(wire.anchor().moved(-18, -14), mark);
            }
            if (!wire.label().isEmpty()
                    && scale >= NAMES
                    && wire.bounds().grown(60).meets(visible)) {
                label(wire);
            }
        }
    }

    private void paint(Figure figure, Box visible) {
        if (!figure.box().grown(8).meets(visible)) {
            return;
        }
        switch (figure.form()) {
            case AREA -> area(figure);
            case CARD -> card(figure);
            case CHIP -> chip(figure);
            case DRUM -> drum(figure);
            case PLUG -> plug(figure);
            case RAIL -> rail(figure);
        }
        if (figure.form() == Figure.Form.AREA || scale >= CARDS) {
            figure.children().forEach(child -> paint(child, visible));
        }
        if (selected.contains(figure.id())) {
            painter.outline(
                    figure.box().grown(2), RADIUS + 2, Shade.ACCENT, 2 / Math.min(1, scale));
        }
        figure.badge().ifPresent(badge -> badge(figure.box(), badge));
        String mark = marks.get(figure.id());
        if (mark != null) {
            mark(new Spot(figure.box().x(), figure.box().y()), mark);
        }
    }

    private void area(Figure figure) {
        Box box = figure.box();
        painter.fill(box, RADIUS + 4, Shade.INSET);
        painter.outline(box, RADIUS + 4, Shade.LINE, 1);
        double size = scale < NAMES ? 24 : 18;
        figure.icon()
                .ifPresent(
                        icon ->
                                painter.icon(
                                        icon, new Box(box.x() + 14, box.y() + 13, size, size)));
        double left = box.x() + 14 + size + 8;
        Painter.Type type = Painter.Type.HEADING;
        painter.text(
                figure.title(),
                new Box(left, box.y() + 10, Math.max(0, box.right() - left - 12), 24),
                type,
                Shade.TEXT,
                Painter.Align.LEFT);
        if (scale >= NAMES && !figure.note().isEmpty()) {
            double after = left + painter.width(figure.title(), type) + 10;
            double plugs =
                    figure.children().stream()
                            .filter(child -> child.form() == Figure.Form.PLUG)
                            .mapToDouble(child -> child.box().x())
                            .min()
                            .orElse(box.right() - 8);
            if (after + 40 < plugs) {
                painter.text(
                        figure.note(),
                        new Box(after, box.y() + 11, plugs - after - 6, 24),
                        Painter.Type.SMALL,
                        Shade.MUTED,
                        Painter.Align.LEFT);
            }
        }
    }

    private void card(Figure figure) {
        Box box = figure.box();
        double worst = figure.gauges().stream().mapToDouble(Figure.Gauge::filled).max().orElse(0);
        if (scale < CARDS) {
            painter.fill(
                    box, RADIUS, worst > 1 ? Shade.RED : worst > .85 ? Shade.AMBER : Shade.SURFACE);
            painter.outline(box, RADIUS, Shade.LINE, 1);
            return;
        }
        painter.fill(box, RADIUS, Shade.SURFACE);
        painter.outline(box, RADIUS, Shade.LINE, 1);
        figure.icon()
                .ifPresent(icon -> painter.icon(icon, new Box(box.x() + 10, box.y() + 10, 16, 16)));
        painter.text(
                figure.title(),
                new Box(box.x() + 32, box.y() + 6, box.width() - 42, 18),
                Painter.Type.STRONG,
                Shade.TEXT,
                Painter.Align.LEFT);
        if (scale < NAMES) {
            return;
        }
        painter.text(
                figure.note(),
                new Box(box.x() + 32, box.y() + 22, box.width() - 42, 14),
                Painter.Type.SMALL,
                Shade.MUTED,
                Painter.Align.LEFT);
        double top = box.y() + 40;
        for (Figure.Gauge gauge : figure.gauges()) {
            gauge(gauge, new Box(box.x() + 10, top, box.width() - 20, 12));
            top += 14;
        }
    }

    private void gauge(Figure.Gauge gauge, Box row) {
        painter.text(
                gauge.label(),
                new Box(row.x(), row.y() - 1, 54, row.height()),
                Painter.Type.SMALL,
                Shade.MUTED,
                Painter.Align.LEFT);
        Box bar = new Box(row.x() + 56, row.y() + 3, row.width() - 56 - 44, 5);
        painter.fill(bar, 2, Shade.LINE);
        Shade shade =
                gauge.filled() > 1 ? Shade.RED : gauge.filled() > .85 ? Shade.AMBER : Shade.GREEN;
        double filled = Math.min(1, Math.max(0, gauge.filled()));
        if (filled > 0) {
            painter.fill(new Box(bar.x(), bar.y(), bar.width() * filled, bar.height()), 2, shade);
        }
        if (gauge.mark() >= 0) {
            double at = bar.x() + bar.width() * Math.min(1, gauge.mark());
            Shade mark = gauge.mark() > 1 ? Shade.RED : Shade.TEXT;
            painter.line(
                    List.of(new Spot(at, bar.y() - 3), new Spot(at, bar.bottom() + 3)),
                    mark,
                    2,
                    false);
        }
        painter.text(
                Math.round(gauge.filled() * 100) + " %",
                new Box(row.right() - 42, row.y() - 1, 42, row.height()),
                Painter.Type.SMALL,
                gauge.filled() > 1 ? Shade.RED : Shade.MUTED,
                Painter.Align.RIGHT);
    }

    private void chip(Figure figure) {
        Box box = figure.box();
        painter.fill(box, 4, Shade.INSET);
        painter.outline(box, 4, Shade.LINE, 1);
        if (scale < NAMES) {
            return;
        }
        figure.icon()
                .ifPresent(icon -> painter.icon(icon, new Box(box.x() + 6, box.y() + 5, 14, 14)));
        double note = figure.note().isEmpty() ? 0 : note(figure);
        painter.text(
                figure.title(),
                new Box(box.x() + 25, box.y(), box.width() - 30 - note, box.height()),
                Painter.Type.TEXT,
                Shade.TEXT,
                Painter.Align.LEFT);
    }

    /** What is said second stands at the right; returns the room it takes. */
    private double note(Figure figure) {
        Box box = figure.box();
        double width = painter.width(figure.note(), Painter.Type.STRONG);
        painter.text(
                figure.note(),
                new Box(box.right() - width - 9, box.y(), width + 1, box.height()),
                Painter.Type.STRONG,
                Shade.TEXT,
                Painter.Align.RIGHT);
        return width + 14;
    }

    private void drum(Figure figure) {
        Box box = figure.box();
        double lid = 14;
        painter.ellipse(new Box(box.x(), box.bottom() - lid, box.width(), lid), Shade.SURFACE);
        painter.ellipseOutline(
                new Box(box.x(), box.bottom() - lid, box.width(), lid), Shade.LINE, 1);
        painter.fill(
                new Box(box.x(), box.y() + lid / 2, box.width(), box.height() - lid),
                0,
                Shade.SURFACE);
        for (double x : new double[] {box.x(), box.right()}) {
            painter.line(
                    List.of(new Spot(x, box.y() + lid / 2), new Spot(x, box.bottom() - lid / 2)),
                    Shade.LINE,
                    1,
                    false);
        }
        painter.ellipse(new Box(box.x(), box.y(), box.width(), lid), Shade.SURFACE);
        painter.ellipseOutline(new Box(box.x(), box.y(), box.width(), lid), Shade.LINE, 1);
        if (scale < NAMES) {
            return;
        }
        painter.text(
                figure.title(),
                new Box(box.x() + 8, box.y() + lid + 2, box.width() - 16, 18),
                Painter.Type.STRONG,
                Shade.TEXT,
                Painter.Align.CENTRE);
        painter.text(
                figure.note(),
                new Box(box.x() + 8, box.y() + lid + 19, box.width() - 16, 14),
                Painter.Type.SMALL,
                Shade.MUTED,
                Painter.Align.CENTRE);
    }

    private void plug(Figure figure) {
        if (scale >= NAMES) {
            figure.icon().ifPresent(icon -> painter.icon(icon, figure.box()));
        }
    }

    private void rail(Figure figure) {
        Box box = figure.box();
        double y = box.bottom() - 3;
        painter.line(
                List.of(new Spot(box.x(), y), new Spot(box.right(), y)), Shade.GREY, 2.5, false);
        if (scale < NAMES) {
            return;
        }
        figure.icon().ifPresent(icon -> painter.icon(icon, new Box(box.x(), box.y() + 1, 14, 14)));
        double width = painter.width(figure.title(), Painter.Type.TEXT);
        painter.text(
                figure.title(),
                new Box(box.x() + 19, box.y() - 1, box.width() - 19, 17),
                Painter.Type.TEXT,
                Shade.TEXT,
                Painter.Align.LEFT);
        painter.text(
                figure.note(),
                new Box(
                        box.x() + 19 + width + 8,
                        box.y(),
                        Math.max(0, box.width() - 27 - width),
                        16),
                Painter.Type.SMALL,
                Shade.MUTED,
                Painter.Align.LEFT);
    }

    /** A tag with a rank; as large on the screen however far away. */
    private void mark(Spot corner, String words) {
        double size = Math.max(1, Math.min(3, 1 / scale));
        double width = Math.max(16, painter.width(words, Painter.Type.SMALL) + 10);
        Box tag =
                new Box(
                        corner.x() - 6 * size,
                        corner.y() - 9 * size,
                        scale < NAMES ? 16 * size : width,
                        scale < NAMES ? 16 * size : 16);
        painter.fill(tag.grown(1.5), tag.height() / 2 + 1.5, Shade.SURFACE);
        painter.fill(tag, tag.height() / 2, Shade.ACCENT);
        if (scale >= NAMES) {
            painter.text(words, tag, Painter.Type.SMALL, Shade.ON_ACCENT, Painter.Align.CENTRE);
        }
    }

    private void paint(Wire wire) {
        boolean dashed = wire.form() != Wire.Form.LINE;
        boolean chosen = selected.contains(wire.id());
        Shade shade = chosen || dashed ? Shade.ACCENT : Shade.GREY;
        painter.line(wire.course(), shade, chosen ? 3 : 1.5, dashed);
        if (dashed && scale >= CARDS) {
            int n = wire.course().size();
            head(wire.course().get(n - 2), wire.course().get(n - 1), shade);
            if (wire.form() == Wire.Form.MUTUAL) {
                head(wire.course().get(1), wire.course().get(0), shade);
            }
        }
    }

    private void head(Spot from, Spot to, Shade shade) {
        double length = Math.max(0.001, from.distance(to));
        double ux = (to.x() - from.x()) / length;
        double uy = (to.y() - from.y()) / length;
        Spot one = new Spot(to.x() - 9 * ux - 4.5 * uy, to.y() - 9 * uy + 4.5 * ux);
        Spot two = new Spot(to.x() - 9 * ux + 4.5 * uy, to.y() - 9 * uy - 4.5 * ux);
        painter.line(List.of(one, to, two), shade, 1.5, false);
    }

    private void label(Wire wire) {
        Spot middle = wire.anchor();
        double width = painter.width(wire.label(), Painter.Type.SMALL) + 12;
        Box box = new Box(middle.x() - width / 2, middle.y() - 9, width, 18);
        painter.fill(box, 9, Shade.SURFACE);
        painter.outline(box, 9, Shade.LINE, 1);
        painter.text(
                wire.label(),
                box,
                Painter.Type.SMALL,
                wire.form() == Wire.Form.LINE ? Shade.MUTED : Shade.ACCENT,
                Painter.Align.CENTRE);
    }

    private void badge(Box box, Figure.Badge badge) {
        double size = scale < NAMES ? Math.min(28, 9 / scale) : 14;
        Light light =
                switch (badge) {
                    case ERROR -> Light.DOWN;
                    case WARNING -> Light.ATTENTION;
                    case HINT -> Light.UNKNOWN;
                };
        double x = box.right() - size * .7;
        double y = box.y() - size * .35;
        painter.ellipse(new Box(x - 2, y - 2, size + 4, size + 4), Shade.SURFACE);
        double[] corners = light.corners(size);
        if (corners.length == 0) {
            painter.ellipseOutline(new Box(x + 1, y + 1, size - 2, size - 2), Shade.of(light), 2);
            return;
        }
        List<Spot> outline = new ArrayList<>();
        for (int i = 0; i < corners.length; i += 2) {
            outline.add(new Spot(x + corners[i], y + corners[i + 1]));
        }
        painter.polygon(outline, Shade.of(light));
    }
}
