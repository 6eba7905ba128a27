package org.standfest.designer.ui.internal.analysis;

import org.standfest.analysis.availability.ServiceObjectives;
import org.standfest.analysis.availability.ServiceObjectives.Objective;
import org.standfest.analysis.distributions.Distribution;
import org.standfest.analysis.reports.FigureText;
import org.standfest.drawing.ui.Box;
import org.standfest.drawing.ui.Painter;
import org.standfest.drawing.ui.Painter.Align;
import org.standfest.drawing.ui.Painter.Type;
import org.standfest.drawing.ui.Spot;
import org.standfest.results.Catalog;
import org.standfest.workbench.ui.look.Shade;

import java.util.ArrayList;
import java.util.List;

/**
 * The two charts of the analysis: who contributes how much downtime, and how long outages last.
 * Every bar and line has its number in words. Immutable.
 *
 * @param figures the words
 */
record Charts(FigureText figures) {

    private static final Catalog TEXTS = AnalysisHeader.TEXTS;

    static final double ROW = 22;
    static final double HEAD = 40;
    private static final double PAD = 12;
    private static final double LABEL = 15;

    /** The words of a limit stay clear of the highest word of the axis. */
    private static final double LIFT = 6;

    /** Time axis of the durations: ten seconds to a week. */
    private static final double FIRST_HOURS = 10.0 / 3600;

    private static final double LAST_HOURS = 168;
    private static final double[] TICKS_HOURS = {1.0 / 60, 1.0 / 6, 1, 8, 24, 168};

    private String text(String key, Object... arguments) {
        return TEXTS.text(figures.locale(), key, arguments);
    }

    /** How high the chart of contributions wants to be. */
    static int height(int spots) {
        return (int) (HEAD + spots * ROW + PAD);
    }

    /** Bars, the largest first. */
    void contributions(Painter painter, Box area, List<WeakSpot> spots, String of) {
        title(painter, area, text("chart.contributions"), of);
        double longest = spots.isEmpty() ? 1 : spots.getFirst().minutesPerYear();
        double values = 0;
        double names = 60;
        for (WeakSpot spot : spots) {
            values =
                    Math.max(
                            values,
                            painter.width(figures.minutes(spot.minutesPerYear()), Type.TEXT));
            names = Math.max(names, painter.width(spot.name(), Type.TEXT));
        }
        names = Math.min(names + 4, area.width() * .45);
        double left = area.x() + PAD + names + 8;
        double room = Math.max(8, area.right() - PAD - values - 8 - left);
        double top = area.y() + HEAD;
        for (WeakSpot spot : spots) {
            if (top + ROW > area.bottom()) {
                return;
            }
            painter.text(
                    spot.name(),
                    new Box(area.x() + PAD, top, names, ROW),
                    Type.TEXT,
                    Shade.TEXT,
                    Align.LEFT);
            double length = Math.max(2, room * spot.minutesPerYear() / longest);
            Box bar = new Box(left, top + 5, length, ROW - 10);
            painter.fill(bar, 2, Shade.ACCENT);
            // What acts alone is told by its shape, too: a line at its foot.
            if (spot.single() > 0) {
                painter.fill(new Box(left - 4, top + 3, 2.5, ROW - 6), 0, Shade.AMBER);
            }
            painter.text(
                    figures.minutes(spot.minutesPerYear()),
                    new Box(area.right() - PAD - values - 1, top, values + 1, ROW),
                    Type.TEXT,
                    Shade.TEXT,
                    Align.RIGHT);
            top += ROW;
        }
    }

    /** The same in words. */
    String contributionsInWords(List<WeakSpot> spots) {
        List<String> parts = new ArrayList<>();
        spots.forEach(it -> parts.add(it.name() + " " + figures.minutes(it.minutesPerYear())));
        return text("chart.contributions") + ": " + String.join(", ", parts);
    }

    /** The share of outages that last longer, over a logarithmic time. */
    void durations(Painter painter, Box area, ServiceObjectives objectives) {
        title(
                painter,
                area,
                text("chart.durations"),
                text("chart.durations.of", objectives.serviceName()));
        double axis = painter.width(figures.share(1), Type.SMALL) + 8;
        Box plot =
                new Box(
                        area.x() + PAD + axis,
                        area.y() + HEAD + 2 * LABEL + LIFT,
                        Math.max(10, area.width() - 2 * PAD - axis - 12),
                        Math.max(10, area.height() - HEAD - 2 * LABEL - LIFT - 26));
        for (double share : new double[] {0, .25, .5, .75, 1}) {
            double y = plot.bottom() - share * plot.height();
            painter.line(
                    List.of(new Spot(plot.x(), y), new Spot(plot.right(), y)),
                    Shade.LINE,
                    1,
                    false);
            painter.text(
                    figures.share(share),
                    new Box(area.x() + PAD, y - 8, axis - 8, 16),
                    Type.SMALL,
                    Shade.MUTED,
                    Align.RIGHT);
        }
        double free = Double.NEGATIVE_INFINITY;
        for (double tick : TICKS_HOURS) {
            double x = x(plot, tick);
            String label = figures.hours(tick);
            double width = painter.width(label, Type.SMALL) + 2;
            painter.line(
                    List.of(new Spot(x, plot.bottom()), new Spot(x, plot.bottom() + 4)),
                    Shade.MUTED,
                    1,
                    false);
            double left = Math.min(x - width / 2, area.right() - width - 2);
            if (left > free + 6) {
                painter.text(
                        label,
                        new Box(left, plot.bottom() + 5, width, 16),
                        Type.SMALL,
                        Shade.MUTED,
                        Align.CENTRE);
                free = left + width;
            }
        }
        curve(painter, plot, objectives.outageHours().orElseThrow());
        limits(painter, plot, objectives);
    }

    private static double x(Box plot, double hours) {
        double share =
                Math.log(Math.clamp(hours, FIRST_HOURS, LAST_HOURS) / FIRST_HOURS)
                        / Math.log(LAST_HOURS / FIRST_HOURS);
        return plot.x() + share * plot.width();
    }

    private static void curve(Painter painter, Box plot, Distribution hours) {
        List<Spot> course = new ArrayList<>();
        int steps = 120;
        for (int i = 0; i <= steps; i++) {
            double at = FIRST_HOURS * Math.pow(LAST_HOURS / FIRST_HOURS, (double) i / steps);
            double longer = Math.clamp(1 - hours.probabilityUpTo(at), 0, 1);
            course.add(
                    new Spot(
                            plot.x() + plot.width() * i / steps,
                            plot.bottom() - longer * plot.height()));
        }
        painter.line(course, Shade.ACCENT, 2, false);
    }

    /** What was promised, as dashed lines with their words above. */
    private void limits(Painter painter, Box plot, ServiceObjectives objectives) {
        List<Limit> limits = new ArrayList<>();
        double[] free = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (Objective it : objectives.objectives()) {
            double hours = it.limitSeconds() / 3600;
            if (it.kind() == ServiceObjectives.Kind.RPO || hours <= 0) {
                continue;
            }
            double x = x(plot, hours);
            String label =
                    text(
                            "chart.limit." + it.kind(),
                            figures.hours(hours),
                            figures.share(it.missed()));
            double width = painter.width(label, Type.SMALL) + 2;
            double left =
                    Math.min(Math.max(x - width / 2, plot.x()), plot.right() + PAD / 2 - width);
            int line = left > free[0] + 8 ? 0 : 1;
            boolean fits = left > free[line] + 8;
            if (fits) {
                free[line] = left + width;
            }
            Box place = new Box(left, plot.y() - 17 - LIFT - line * LABEL, width, LABEL);
            limits.add(new Limit(x, line, fits ? label : "", place));
        }
        for (Limit it : limits) {
            painter.line(
                    List.of(
                            new Spot(it.x(), plot.y() - 2 - LIFT - it.line() * LABEL),
                            new Spot(it.x(), plot.bottom())),
                    Shade.VIOLET,
                    1.5,
                    true);
        }
        for (Limit it : limits) {
            if (!it.label().isEmpty()) {
                // The line of another limit does not go through the words.
                painter.fill(it.place(), 0, Shade.SURFACE);
                painter.text(it.label(), it.place(), Type.SMALL, Shade.VIOLET, Align.CENTRE);
            }
        }
    }

    /** A promise: where, in which line its words stand, and these. */
    private record Limit(double x, int line, String label, Box place) {}

    /** The same in words. */
    String durationsInWords(ServiceObjectives objectives) {
        return text(
                "chart.durations.words",
                figures.hours(objectives.outage().median() / 3600),
                figures.hours(objectives.outage().ninetyFive() / 3600));
    }

    static void title(Painter painter, Box area, String words, String below) {
        painter.text(
                words,
                new Box(area.x() + PAD, area.y() + 1, area.width() - 2 * PAD, 18),
                Type.STRONG,
                Shade.TEXT,
                Align.LEFT);
        painter.text(
                below,
                new Box(area.x() + PAD, area.y() + 18, area.width() - 2 * PAD, 16),
                Type.SMALL,
                Shade.MUTED,
                Align.LEFT);
    }
}
