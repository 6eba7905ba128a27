package org.standfest.analysis.reports;

import org.standfest.analysis.availability.AnalysisResult;
import org.standfest.analysis.availability.CompiledTopology.Goal;
import org.standfest.analysis.availability.Improvement;
import org.standfest.analysis.availability.SiteLoss;
import org.standfest.analysis.availability.UnitNames;
import org.standfest.analysis.capacity.CapacityReport;
import org.standfest.analysis.capacity.CapacityReport.Growth;
import org.standfest.analysis.capacity.CapacityReport.HostUse;
import org.standfest.analysis.capacity.CapacityReport.Loss;
import org.standfest.analysis.capacity.LicenceCount;
import org.standfest.analysis.classes.Rating;
import org.standfest.documents.Document;
import org.standfest.documents.Document.Column;
import org.standfest.documents.Document.Note;
import org.standfest.documents.Document.PageBreak;
import org.standfest.documents.Document.Table;
import org.standfest.documents.Document.Tone;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What to plan with: improvements and capacity. One thread, used once. */
final class PlanChapters {

    private static final int ROWS_MAX = 60;

    private final AnalysisResult result;
    private final FigureText figures;
    private final Document.Builder document;

    PlanChapters(AnalysisResult result, FigureText figures, Document.Builder document) {
        this.result = result;
        this.figures = figures;
        this.document = document;
    }

    void add() {
        improvements();
        sites();
        result.capacity().filter(it -> !it.hosts().isEmpty()).ifPresent(this::capacity);
    }

    private void improvements() {
        if (result.improvements().isEmpty()) {
            return;
        }
        document.add(new PageBreak());
        document.heading(1, figures.text("improvements"));
        document.text(figures.text("improvements.text"));
        List<List<String>> rows = new ArrayList<>();
        boolean defaults = false;
        for (Improvement it : result.improvements().stream().limit(ROWS_MAX).toList()) {
            defaults |= it.costAssumed();
            rows.add(
                    List.of(
                            figures.text(
                                    "improvements.line",
                                    UnitNames.name(it.kind(), figures.locale()),
                                    it.elementName()),
                            figures.minutes(it.minutesAvoidedPerYear()),
                            figures.text("figure.euro", figures.number(it.euroPerYear()))
                                    + (it.costAssumed() ? "*" : ""),
                            figures.minutes(it.minutesPerEuro())));
        }
        document.add(
                new Table(
                        List.of(
                                new Column(figures.text("column.improvement"), false),
                                new Column(figures.text("column.avoided"), true),
                                new Column(figures.text("column.cost"), true),
                                new Column(figures.text("column.per-euro"), true)),
                        rows));
        if (defaults) {
            document.text(figures.text("improvements.default"));
        }
    }

    private void sites() {
        if (result.siteLosses().isEmpty()) {
            return;
        }
        document.heading(1, figures.text("site-losses"));
        document.text(figures.text("site-losses.text"));
        List<List<String>> rows = new ArrayList<>();
        for (SiteLoss it : result.siteLosses().stream().limit(ROWS_MAX).toList()) {
            List<String> lost = it.lost().stream().map(Goal::serviceName).toList();
            List<String> classes =
                    result.siteRatings().getOrDefault(it.siteId(), List.of()).stream()
                            .map(Rating::grade)
                            .toList();
            rows.add(
                    List.of(
                            it.siteName(),
                            lost.isEmpty()
                                    ? figures.text("site-losses.none")
                                    : String.join(", ", lost),
                            figures.downtime(it.unavailability()),
                            classes.isEmpty() ? "\u2013" : String.join(", ", classes)));
        }
        document.add(
                new Table(
                        List.of(
                                new Column(figures.text("column.site"), false),
                                new Column(figures.text("column.down-with"), false),
                                new Column(figures.text("column.downtime"), true),
                                new Column(figures.text("column.hint"), false)),
                        rows));
        document.text(figures.text("site-losses.hint"));
    }

    private void licences() {
        if (result.licences().isEmpty()) {
            return;
        }
        document.heading(2, figures.text("licences"));
        List<List<String>> rows = new ArrayList<>();
        for (LicenceCount it : result.licences()) {
            rows.add(
                    List.of(
                            figures.text("licence." + it.kind().name()),
                            figures.number(it.needed()),
                            figures.number(it.held()),
                            it.missing() == 0
                                    ? figures.text("licences.enough")
                                    : figures.number(it.missing())));
        }
        document.add(
                new Table(
                        List.of(
                                new Column(figures.text("column.licence"), false),
                                new Column(figures.text("column.needed"), true),
                                new Column(figures.text("column.held"), true),
                                new Column(figures.text("column.missing"), true)),
                        rows));
    }

    private void capacity(CapacityReport capacity) {
        document.add(new PageBreak());
        document.heading(1, figures.text("capacity"));
        hosts(capacity);
        losses(capacity);
        growth(capacity);
        licences();
    }

    private void hosts(CapacityReport capacity) {
        List<List<String>> rows = new ArrayList<>();
        boolean unstated = false;
        for (HostUse host : capacity.hosts().stream().limit(ROWS_MAX).toList()) {
            unstated |= !host.loadStated();
            double memory = (double) host.usedMemoryMiB() / Math.max(1, host.memoryMiB());
            rows.add(
                    List.of(
                            host.name() + (host.loadStated() ? "" : "*"),
                            figures.share(host.peakPercent() / 100),
                            figures.share(host.targetPercent() / 100.0),
                            figures.share(memory)));
        }
        document.add(
                new Table(
                        List.of(
                                new Column(figures.text("column.host"), false),
                                new Column(figures.text("column.peak"), true),
                                new Column(figures.text("column.target"), true),
                                new Column(figures.text("column.memory"), true)),
                        rows));
        if (unstated) {
            document.text(figures.text("capacity.unstated"));
        }
        new WeekChapter(figures, document).add(capacity.hosts());
    }

    private void losses(CapacityReport capacity) {
        document.heading(2, figures.text("losses"));
        List<Loss> bad =
                capacity.losses().stream()
                        .filter(
                                it ->
                                        !it.stranded().isEmpty()
                                                || !it.unprotected().isEmpty()
                                                || !it.verdict().name().equals("FITS"))
                        .limit(ROWS_MAX)
                        .toList();
        if (bad.isEmpty()) {
            document.add(
                    new Note(
                            Tone.GOOD,
                            figures.text("capacity"),
                            figures.text("losses.none", capacity.losses().size())));
            return;
        }
        document.text(figures.text("losses.text", bad.size(), capacity.losses().size()));
        List<List<String>> rows = new ArrayList<>();
        for (Loss it : bad) {
            rows.add(
                    List.of(
                            String.join(", ", it.lostNames()),
                            figures.text("loss." + it.verdict().name()),
                            figures.number(it.guests()),
                            figures.number(it.stranded().size()),
                            figures.number(it.unprotected().size())));
        }
        document.add(
                new Table(
                        List.of(
                                new Column(figures.text("column.lost"), false),
                                new Column(figures.text("column.verdict"), false),
                                new Column(figures.text("column.guests"), true),
                                new Column(figures.text("column.stranded"), true),
                                new Column(figures.text("column.unprotected"), true)),
                        rows));
    }

    private void growth(CapacityReport capacity) {
        document.heading(2, figures.text("growth"));
        document.text(figures.text("growth.text", figures.number(capacity.annualGrowthPercent())));
        List<List<String>> rows = new ArrayList<>();
        for (Growth it : capacity.growth().stream().limit(ROWS_MAX).toList()) {
            rows.add(
                    List.of(
                            it.name(),
                            years(it.yearsToFullCores()),
                            years(it.yearsToFullMemory())));
        }
        document.add(
                new Table(
                        List.of(
                                new Column(figures.text("column.host"), false),
                                new Column(figures.text("column.full-cores"), true),
                                new Column(figures.text("column.full-memory"), true)),
                        rows));
    }

    private String years(OptionalDouble years) {
        return years.isEmpty()
                ? figures.text("figure.never")
                : figures.text("figure.years", figures.number(years.getAsDouble()));
    }
}
