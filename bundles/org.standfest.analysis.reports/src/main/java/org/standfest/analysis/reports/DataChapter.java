package org.standfest.analysis.reports;

import org.standfest.analysis.availability.AnalysisResult;
import org.standfest.analysis.availability.Assumptions;
import org.standfest.analysis.availability.ServiceAvailability;
import org.standfest.analysis.availability.Unit;
import org.standfest.analysis.availability.UnitNames;
import org.standfest.analysis.availability.Weakness;
import org.standfest.documents.Document;
import org.standfest.documents.Document.Column;
import org.standfest.documents.Document.Fact;
import org.standfest.documents.Document.Facts;
import org.standfest.documents.Document.PageBreak;
import org.standfest.documents.Document.Steps;
import org.standfest.documents.Document.Table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The data behind the figures, and how they were calculated. One thread, used once. */
final class DataChapter {

    private static final int ROWS_MAX = 400;

    private final AnalysisResult result;
    private final ReportHead head;
    private final FigureText figures;
    private final Document.Builder document;

    DataChapter(
            AnalysisResult result, ReportHead head, FigureText figures, Document.Builder document) {
        this.result = result;
        this.head = head;
        this.figures = figures;
        this.document = document;
    }

    void add(List<ServiceAvailability> services) {
        document.add(new PageBreak());
        document.heading(1, figures.text("data"));
        document.text(figures.text("data.text"));
        assumptions();
        units(services);
        document.heading(1, figures.text("method"));
        document.add(
                new Steps(
                        List.of(
                                figures.text("method.structure"),
                                figures.text("method.exact"),
                                figures.text("method.takeover"),
                                figures.text("method.durations"),
                                figures.text("method.bands"),
                                figures.text("method.not"))));
    }

    private void assumptions() {
        document.heading(2, figures.text("assumptions"));
        Assumptions taken = head.assumptions();
        document.add(
                new Facts(
                        List.of(
                                fact("assumption.beta", figures.share(taken.commonCauseBeta())),
                                fact(
                                        "assumption.manual",
                                        figures.hours(taken.manualTakeoverHours())),
                                fact(
                                        "assumption.test",
                                        figures.hours(taken.standbyTestIntervalHours())))));
    }

    private Fact fact(String key, String value) {
        return new Fact(figures.text(key), value);
    }

    private void units(List<ServiceAvailability> services) {
        document.heading(2, figures.text("units"));
        List<Unit> units = result.availability().units();
        double[] weight = new double[units.size()];
        for (ServiceAvailability service : services) {
            for (Weakness it : service.weaknesses()) {
                weight[it.unit()] += it.downtimeHoursPerYear();
            }
        }
        List<Unit> ordered = new ArrayList<>(units);
        ordered.sort(Comparator.comparingDouble(it -> -weight[it.index()]));
        if (ordered.size() > ROWS_MAX) {
            document.text(figures.text("units.cut", ROWS_MAX, ordered.size()));
        }
        document.add(
                new Table(
                        List.of(
                                new Column(figures.text("column.unit"), false),
                                new Column(figures.text("column.fails"), true),
                                new Column(figures.text("column.down-for"), true),
                                new Column(figures.text("column.confidence"), false),
                                new Column(figures.text("column.source"), false)),
                        ordered.stream().limit(ROWS_MAX).map(this::row).toList()));
    }

    private List<String> row(Unit unit) {
        boolean fails = unit.failuresPerHour() > 0;
        return List.of(
                UnitNames.name(unit, figures.locale()),
                fails
                        ? figures.text("every", figures.hours(1 / unit.failuresPerHour()))
                        : figures.text("figure.never"),
                fails ? figures.hours(unit.meanDownTimeHours()) : "\u2013",
                figures.text("confidence." + unit.confidence().name()),
                source(unit));
    }

    private String source(Unit unit) {
        if (unit.role() == Unit.Role.TAKEOVER) {
            return figures.text("source.calculated");
        }
        String named = unit.unsourced() ? figures.text("source.none") : unit.source();
        return unit.assumed() ? figures.text("source.default", named) : named;
    }
}
