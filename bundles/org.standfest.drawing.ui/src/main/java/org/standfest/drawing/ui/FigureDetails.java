package org.standfest.drawing.ui;

import org.standfest.workbench.ui.look.Shade;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What is written and drawn on the shapes of figures and lines. */
final class FigureDetails {

    private final Painter painter;
    private final double scale;

    FigureDetails(Painter painter, double scale) {
        this.painter = painter;
        this.scale = scale;
    }

    /** The shade of the fuller bar of a card, for a look from afar. */
    static Shade heat(Figure card) {
        double worst = 0;
        for (Figure.Gauge gauge : card.gauges()) {
            worst = Math.max(worst, gauge.filled());
        }
        return worst > 1 ? Shade.RED : worst > .85 ? Shade.AMBER : Shade.SURFACE;
    }

    /** Icon, title and note of an area. Written large where it is far away, if there is room. */
    void areaHead(Figure figure) {
        Box box = figure.box();
        if (box.width() * scale < 40) {
            return;
        }
        double size = scale < ScenePainter.NAMES ? 24 : 18;
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
        if (scale >= ScenePainter.NAMES && !figure.note().isEmpty()) {
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

    /** Icon, title and second line of a card. */
    void cardHead(Figure figure) {
        Box box = figure.box();
        figure.icon()
                .ifPresent(icon -> painter.icon(icon, new Box(box.x() + 10, box.y() + 10, 16, 16)));
        painter.text(
                figure.title(),
                new Box(box.x() + 32, box.y() + 6, box.width() - 42, 18),
                Painter.Type.STRONG,
                Shade.TEXT,
                Painter.Align.LEFT);
        if (scale >= ScenePainter.DETAILS) {
            painter.text(
                    figure.note(),
                    new Box(box.x() + 32, box.y() + 22, box.width() - 42, 14),
                    Painter.Type.SMALL,
                    Shade.MUTED,
                    Painter.Align.LEFT);
        }
    }

    /** The bars of many cards: all grounds, then all fillings; from near with words and marks. */
    void gauges(List<Figure> cards) {
        double radius = scale < ScenePainter.DETAILS ? 0 : 2;
        List<Box> grounds = new ArrayList<>();
        Map<Shade, List<Box>> fillings = new EnumMap<>(Shade.class);
        for (Figure card : cards) {
            double top = card.box().y() + 40;
            for (Figure.Gauge gauge : card.gauges()) {
                Box bar = bar(new Box(card.box().x() + 10, top, card.box().width() - 20, 12));
                grounds.add(bar);
                double filled = Math.min(1, Math.max(0, gauge.filled()));
                if (filled > 0) {
                    fillings.computeIfAbsent(shade(gauge), _ -> new ArrayList<>())
                            .add(new Box(bar.x(), bar.y(), bar.width() * filled, bar.height()));
                }
                top += 14;
            }
        }
        painter.fillAll(grounds, radius, Shade.LINE);
        fillings.forEach((shade, boxes) -> painter.fillAll(boxes, radius, shade));
        if (scale < ScenePainter.DETAILS) {
            return;
        }
        for (Figure card : cards) {
            double top = card.box().y() + 40;
            for (Figure.Gauge gauge : card.gauges()) {
                gauge(gauge, new Box(card.box().x() + 10, top, card.box().width() - 20, 12));
                top += 14;
            }
        }
    }

    private static Box bar(Box row) {
        return new Box(row.x() + 56, row.y() + 3, row.width() - 56 - 44, 5);
    }

    private static Shade shade(Figure.Gauge gauge) {
        return gauge.filled() > 1 ? Shade.RED : gauge.filled() > .85 ? Shade.AMBER : Shade.GREEN;
    }

    private void gauge(Figure.Gauge gauge, Box row) {
        painter.text(
                gauge.label(),
                new Box(row.x(), row.y() - 1, 54, row.height()),
                Painter.Type.SMALL,
                Shade.MUTED,
                Painter.Align.LEFT);
        Box bar = bar(row);
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

    /** Icon, name and what is said second of a chip. */
    void chipName(Figure figure) {
        Box box = figure.box();
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

    void drum(Figure figure) {
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
        if (scale < ScenePainter.NAMES) {
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

    void plug(Figure figure) {
        if (scale >= ScenePainter.NAMES) {
            figure.icon().ifPresent(icon -> painter.icon(icon, figure.box()));
        }
    }

    /** Icon, name and rate above the line of a network. */
    void railName(Figure figure) {
        Box box = figure.box();
        figure.icon().ifPresent(icon -> painter.icon(icon, new Box(box.x(), box.y() + 1, 14, 14)));
        double width = painter.width(figure.title(), Painter.Type.TEXT);
        painter.text(
                figure.title(),
                new Box(box.x() + 19, box.y() - 1, box.width() - 19, 17),
                Painter.Type.TEXT,
                Shade.TEXT,
                Painter.Align.LEFT);
        double left = box.x() + 19 + width + 8;
        painter.text(
                figure.note(),
                new Box(left, box.y(), Math.max(0, box.right() - left), 16),
                Painter.Type.SMALL,
                Shade.MUTED,
                Painter.Align.LEFT);
    }

    /** A tag with a rank; as large on the screen however far away. */
    void mark(Spot corner, String words) {
        double size = Math.max(1, Math.min(3, 1 / scale));
        double width = Math.max(16, painter.width(words, Painter.Type.SMALL) + 10);
        Box tag =
                new Box(
                        corner.x() - 6 * size,
                        corner.y() - 9 * size,
                        scale < ScenePainter.NAMES ? 16 * size : width,
                        scale < ScenePainter.NAMES ? 16 * size : 16);
        painter.fill(tag.grown(1.5), tag.height() / 2 + 1.5, Shade.SURFACE);
        painter.fill(tag, tag.height() / 2, Shade.ACCENT);
        if (scale >= ScenePainter.NAMES) {
            painter.text(words, tag, Painter.Type.SMALL, Shade.ON_ACCENT, Painter.Align.CENTRE);
        }
    }

    void label(Wire wire) {
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
}
