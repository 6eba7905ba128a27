package org.standfest.analysis.reports;

import org.standfest.analysis.availability.AnalysisResult;
import org.standfest.analysis.availability.AnalysisResult.Quality;
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
import java.util.Comparator;
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

    private final AnalysisResult result;
    private final FigureText figures;
    private final Document.Builder document;
    private final List<ServiceAvailability> services;

    private AnalysisDocument(AnalysisResult result, ReportHead head, Locale locale, ZoneId zone) {
        this.result = result;
        this.figures = new FigureText(locale);
        this.services = worstFirst(result);
        String day =
                DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                        .withLocale(locale)
                        .format(head.made().atZone(zone));
        String about = head.organisation().isBlank() ? "" : head.organisation() + ", ";
        document =
                new Document.Builder(
                        figures.text("title", result.topologyName()),
                        figures.text("subtitle", about, day),
                        locale);
    }

    /**
     * Puts results into words.
     *
     * @param result what was calculated
     * @param head what the report says about itself
     * @param locale language and numbers
     * @param zone the reader's, for the date
     */
    public static Document of(AnalysisResult result, ReportHead head, Locale locale, ZoneId zone) {
        AnalysisDocument report = new AnalysisDocument(result, head, locale, zone);
        report.summary();
        new ServiceChapters(result, report.figures, report.document).add(report.services);
        new PlanChapters(result, report.figures, report.document).add();
        new DataChapter(result, head, report.figures, report.document).add(report.services);
        return report.document.build();
    }

    private void summary() {
        document.heading(1, figures.text("summary"));
        if (services.isEmpty()) {
            document.text(figures.text("summary.none"));
            return;
        }
        if (!result.complete()) {
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
        any();
        document.add(new Table(heads(), services.stream().map(this::row).toList()));
        honesty();
        findings();
    }

    private void any() {
        String least = figures.downtime(result.anyServiceDown().lower());
        String most = figures.downtime(result.anyServiceDown().upper());
        if (services.size() > 1 && result.anyServiceDown().upper() < 1) {
            document.text(
                    least.equals(most)
                            ? figures.text("summary.any.exact", most)
                            : figures.text("summary.any", least, most));
        }
    }

    /** The services where they run, the least available first. */
    static List<ServiceAvailability> worstFirst(AnalysisResult result) {
        return result.availability().services().stream()
                .filter(it -> it.goal().siteId().isEmpty())
                .sorted(
                        Comparator.comparingDouble((ServiceAvailability it) -> -it.unavailability())
                                .thenComparing(it -> it.goal().serviceName()))
                .toList();
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
                figures.text("basis." + result.quality(it).kind().name()));
    }

    private void honesty() {
        List<Unit> units = result.availability().units();
        long assumed = units.stream().filter(Unit::assumed).count();
        long unsourced = units.stream().filter(Unit::unsourced).count();
        note(
                assumed + unsourced == 0 ? Tone.GOOD : Tone.WARNING,
                "note.data",
                figures.text("honesty", units.size(), assumed, unsourced));
        if (services.stream()
                .anyMatch(
                        it ->
                                result.quality(it).kind() == Quality.Kind.BOUND
                                        || result.quality(it).kind() == Quality.Kind.UNKNOWN)) {
            note(Tone.WARNING, "note.bound", figures.text("honesty.bound"));
        }
        if (services.stream().anyMatch(it -> result.quality(it).kind() == Quality.Kind.ESTIMATE)) {
            note(Tone.PLAIN, "note.estimate", figures.text("honesty.estimate"));
        }
    }

    private void findings() {
        Locale locale = figures.locale();
        List<List<String>> rows = new ArrayList<>();
        for (Finding it : result.findings()) {
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
