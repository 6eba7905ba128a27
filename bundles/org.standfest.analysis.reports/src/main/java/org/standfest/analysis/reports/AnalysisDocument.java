package org.standfest.analysis.reports;

import org.standfest.analysis.availability.ServiceAvailability;
import org.standfest.analysis.availability.Unit;
import org.standfest.analysis.classes.BsiClass;
import org.standfest.documents.Document;
import org.standfest.documents.Document.Column;
import org.standfest.documents.Document.Note;
import org.standfest.documents.Document.Table;
import org.standfest.documents.Document.Tone;
import org.standfest.results.Finding;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The report that a customer gets: what the services reach, what brings them down, what was
 * promised, whether the hosts carry it, what would make it better, and on which data all that
 * rests. Whatever is a bound, an estimate or a default says so where it stands.
 */
public final class AnalysisDocument {

    /** Services beyond this have their line in the summary and no chapter. */
    static final int CHAPTERS_MAX = 40;

    private final AnalysisResults results;
    private final FigureText figures;
    private final Document.Builder document;
    private final List<ServiceAvailability> services;

    private AnalysisDocument(AnalysisResults results, Locale locale, ZoneId zone) {
        this.results = results;
        this.figures = new FigureText(locale);
        this.services = results.worstFirst();
        String day =
                DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                        .withLocale(locale)
                        .format(results.made().atZone(zone));
        String about = results.organisation().isBlank() ? "" : results.organisation() + ", ";
        document =
                new Document.Builder(
                        figures.text("title", results.title()),
                        figures.text("subtitle", about, day),
                        locale);
    }

    /**
     * Puts results into words.
     *
     * @param locale language and numbers
     * @param zone the reader's, for the date
     */
    public static Document of(AnalysisResults results, Locale locale, ZoneId zone) {
        AnalysisDocument report = new AnalysisDocument(results, locale, zone);
        report.summary();
        new ServiceChapters(results, report.figures, report.document).add(report.services);
        new PlanChapters(results, report.figures, report.document).add();
        new DataChapter(results, report.figures, report.document).add();
        return report.document.build();
    }

    private void summary() {
        document.heading(1, figures.text("summary"));
        if (services.isEmpty()) {
            document.text(figures.text("summary.none"));
            return;
        }
        if (!results.availability().complete()) {
            note(Tone.WARNING, "note.incomplete", figures.text("summary.incomplete"));
        }
        ServiceAvailability worst = services.getFirst();
        document.text(
                figures.text(
                        services.size() == 1 ? "summary.one" : "summary.text",
                        services.size(),
                        worst.goal().serviceName(),
                        figures.availability(worst.unavailability()),
                        figures.downtime(worst.unavailability())));
        results.any()
                .ifPresent(
                        any ->
                                document.text(
                                        figures.text(
                                                "summary.any",
                                                figures.downtime(any.lower()),
                                                figures.downtime(any.upper()))));
        document.add(new Table(heads(), services.stream().map(this::row).toList()));
        honesty();
        findings();
    }

    private List<Column> heads() {
        return List.of(
                new Column(figures.text("column.service"), false),
                new Column(figures.text("column.availability"), true),
                new Column(figures.text("column.downtime"), true),
                new Column(figures.text("column.class"), false),
                new Column(figures.text("column.singles"), true),
                new Column(figures.text("column.basis"), false));
    }

    private List<String> row(ServiceAvailability it) {
        return List.of(
                it.goal().serviceName(),
                figures.availability(it.unavailability()),
                figures.downtime(it.unavailability()),
                BsiClass.rate(it.unavailability()).grade(),
                it.isExact() ? figures.number(it.singlePoints().size()) : "?",
                figures.text(it.isExact() ? "basis.exact" : "basis.bound"));
    }

    private void honesty() {
        List<Unit> units = results.availability().units();
        long assumed = units.stream().filter(Unit::assumed).count();
        long unsourced = units.stream().filter(Unit::unsourced).count();
        note(
                assumed + unsourced == 0 ? Tone.GOOD : Tone.WARNING,
                "note.data",
                figures.text("honesty", units.size(), assumed, unsourced));
        if (services.stream().anyMatch(it -> !it.isExact())) {
            note(Tone.WARNING, "note.bound", figures.text("honesty.bound"));
        }
    }

    private void findings() {
        Locale locale = figures.locale();
        List<List<String>> rows = new ArrayList<>();
        for (Finding it : results.availability().findings()) {
            rows.add(
                    List.of(
                            it.explanation().happened(locale),
                            it.explanation().meaning(locale),
                            it.explanation().next(locale)));
        }
        if (!rows.isEmpty()) {
            document.heading(2, figures.text("findings"));
            document.add(
                    new Table(
                            List.of(
                                    new Column(figures.text("column.happened"), false),
                                    new Column(figures.text("column.meaning"), false),
                                    new Column(figures.text("column.next"), false)),
                            rows));
        }
    }

    private void note(Tone tone, String label, String text) {
        document.add(new Note(tone, figures.text(label), text));
    }
}
