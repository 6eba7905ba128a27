package org.standfest.designer.ui.internal.analysis;

import org.standfest.analysis.capacity.CapacityReport.HostUse;
import org.standfest.analysis.capacity.Week;
import org.standfest.analysis.reports.FigureText;
import org.standfest.drawing.ui.Box;
import org.standfest.drawing.ui.Painter;
import org.standfest.drawing.ui.Painter.Align;
import org.standfest.drawing.ui.Painter.Type;
import org.standfest.drawing.ui.Spot;
import org.standfest.workbench.ui.look.Shade;

import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;

/**
 * How busy a host is in each hour of the week, beside its planning limit. Immutable.
 *
 * @param figures the words
 */
record WeekChart(FigureText figures) {

    static final int HEIGHT = 160;

    private static final double PAD = 12;
    private static final double FOOT = 24;
    private static final int HOURS_OF_DAY = 24;

    private String text(String key, Object... arguments) {
        return AnalysisHeader.TEXTS.text(figures.locale(), key, arguments);
    }

    /** Draws it. */
    void paint(Painter painter, Box area, HostUse host) {
        Charts.title(painter, area, text("chart.week"), words(host));
        double axis = painter.width(figures.share(1), Type.SMALL) + 8;
        Box plot =
                new Box(
                        area.x() + PAD + axis,
                        area.y() + Charts.HEAD + PAD,
                        Math.max(10, area.width() - 2 * PAD - axis),
                        Math.max(10, area.height() - Charts.HEAD - PAD - FOOT));
        // More than all cores is possible on paper: then the scale goes on in halves.
        double top = Math.max(1, Math.ceil(2 * host.peakPercent() / 100) / 2);
        for (double share = 0; share <= top; share += top / 2) {
            double y = plot.bottom() - share / top * plot.height();
            level(painter, plot, y, Shade.LINE, false);
            painter.text(
                    figures.share(share),
                    new Box(area.x() + PAD, y - 8, axis - 8, 16),
                    Type.SMALL,
                    Shade.MUTED,
                    Align.RIGHT);
        }
        days(painter, plot);
        double limit = plot.bottom() - host.targetPercent() / 100.0 / top * plot.height();
        level(painter, plot, limit, Shade.VIOLET, true);
        painter.line(course(plot, host, top), Shade.ACCENT, 2, false);
    }

    private static void level(Painter painter, Box plot, double y, Shade shade, boolean dashed) {
        List<Spot> across = List.of(new Spot(plot.x(), y), new Spot(plot.right(), y));
        painter.line(across, shade, dashed ? 1.5 : 1, dashed);
    }

    private void days(Painter painter, Box plot) {
        double width = plot.width() / DayOfWeek.values().length;
        for (DayOfWeek day : DayOfWeek.values()) {
            double x = plot.x() + day.ordinal() * width;
            painter.line(
                    List.of(new Spot(x, plot.y()), new Spot(x, plot.bottom() + 4)),
                    Shade.LINE,
                    1,
                    false);
            painter.text(
                    day.getDisplayName(TextStyle.SHORT, figures.locale()),
                    new Box(x, plot.bottom() + 5, width, 16),
                    Type.SMALL,
                    Shade.MUTED,
                    Align.CENTRE);
        }
    }

    /** A step for each hour. */
    private static List<Spot> course(Box plot, HostUse host, double top) {
        List<Spot> course = new ArrayList<>();
        for (int hour = 0; hour < Week.HOURS; hour++) {
            double y = plot.bottom() - host.load().at(hour) / host.cores() / top * plot.height();
            course.add(new Spot(plot.x() + hour * plot.width() / Week.HOURS, y));
            course.add(new Spot(plot.x() + (hour + 1) * plot.width() / Week.HOURS, y));
        }
        return course;
    }

    /** The same in words. */
    String words(HostUse host) {
        int busiest = host.load().busiestHour();
        return text(
                "chart.week.words",
                host.name(),
                Week.dayOf(busiest).getDisplayName(TextStyle.FULL, figures.locale()),
                busiest % HOURS_OF_DAY,
                figures.share(host.peakPercent() / 100),
                figures.share(host.load().mean() / host.cores()),
                host.targetPercent());
    }
}
