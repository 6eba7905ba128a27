package org.standfest.analysis.reports;

import org.standfest.analysis.capacity.CapacityReport.HostUse;
import org.standfest.analysis.capacity.Week;
import org.standfest.documents.Document;
import org.standfest.documents.Document.Bar;
import org.standfest.documents.Document.Bars;
import org.standfest.documents.Document.Column;
import org.standfest.documents.Document.Table;

import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;

/** Use by hour of the week, all hosts together. One thread, used once. */
final class WeekChapter {

    private static final int HOURS_OF_DAY = 24;

    /** How many hours stand in one row of the table. */
    private static final int BAND = 4;

    private final FigureText figures;
    private final Document.Builder document;

    WeekChapter(FigureText figures, Document.Builder document) {
        this.figures = figures;
        this.document = document;
    }

    void add(List<HostUse> hosts) {
        Week all = hosts.stream().map(HostUse::load).reduce(Week.IDLE, Week::plus);
        int cores = hosts.stream().mapToInt(HostUse::cores).sum();
        if (cores == 0) {
            return;
        }
        Week use = all.times(1.0 / cores);
        int busiest = use.busiestHour();
        DayOfWeek day = Week.dayOf(busiest);
        document.heading(2, figures.text("week"));
        document.text(
                figures.text(
                        "week.text",
                        figures.number(cores),
                        day.getDisplayName(TextStyle.FULL, figures.locale()),
                        hour(busiest % HOURS_OF_DAY),
                        figures.share(use.peak()),
                        figures.share(use.mean())));
        document.add(new Bars(bars(use, day)));
        document.text(figures.text("week.table", BAND));
        document.add(table(use));
    }

    private List<Bar> bars(Week use, DayOfWeek day) {
        List<Bar> bars = new ArrayList<>();
        int first = day.ordinal() * HOURS_OF_DAY;
        for (int hour = 0; hour < HOURS_OF_DAY; hour++) {
            double share = use.at(first + hour);
            bars.add(new Bar(hour(hour), Math.min(1, share), figures.share(share)));
        }
        return bars;
    }

    private Table table(Week use) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column(figures.text("column.hours"), false));
        for (DayOfWeek day : DayOfWeek.values()) {
            columns.add(new Column(day.getDisplayName(TextStyle.SHORT, figures.locale()), true));
        }
        List<List<String>> rows = new ArrayList<>();
        for (int from = 0; from < HOURS_OF_DAY; from += BAND) {
            List<String> row = new ArrayList<>();
            row.add(figures.text("week.band", hour(from), hour(from + BAND)));
            for (DayOfWeek day : DayOfWeek.values()) {
                double most = 0;
                for (int i = 0; i < BAND; i++) {
                    most = Math.max(most, use.at(day.ordinal() * HOURS_OF_DAY + from + i));
                }
                row.add(figures.share(most));
            }
            rows.add(row);
        }
        return new Table(columns, rows);
    }

    private String hour(int hourOfDay) {
        return figures.text("week.hour", hourOfDay);
    }
}
