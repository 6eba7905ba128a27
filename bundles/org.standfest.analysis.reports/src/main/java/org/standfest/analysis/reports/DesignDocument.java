package org.standfest.analysis.reports;

import org.eclipse.emf.ecore.EObject;
import org.standfest.documents.Document;
import org.standfest.documents.Document.Column;
import org.standfest.documents.Document.Note;
import org.standfest.documents.Document.Picture;
import org.standfest.documents.Document.Table;
import org.standfest.documents.Document.Tone;
import org.standfest.results.Finding;
import org.standfest.results.Severity;
import org.standfest.topology.Element;
import org.standfest.topology.FailureData;
import org.standfest.topology.Protection;
import org.standfest.topology.Service;
import org.standfest.topology.Site;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.Topology;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.Workload;
import org.standfest.topology.edit.ElementWords;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The design report: the picture, sites and systems, what services must keep and what protects
 * them, what the rules found, and on which assumptions the design rests. Reads only; one thread.
 */
public final class DesignDocument {

    /** Rows of one table; what is beyond is counted. */
    static final int ROWS_MAX = 400;

    private static final String NONE = "\u2013";

    private final Topology topology;
    private final FigureText figures;
    private final ElementWords words;
    private final Document.Builder document;

    private DesignDocument(Topology topology, Instant made, Locale locale, ZoneId zone) {
        this.topology = topology;
        this.figures = new FigureText(locale);
        this.words = new ElementWords(locale);
        String day =
                DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                        .withLocale(locale)
                        .format(made.atZone(zone));
        String organisation = Objects.requireNonNullElse(topology.getOrganisation(), "");
        document =
                new Document.Builder(
                        figures.text("design.title", words.label(topology)),
                        figures.text(
                                "design.subtitle",
                                organisation.isBlank() ? "" : organisation + ", ",
                                day),
                        locale);
    }

    /**
     * Puts a design into words.
     *
     * @param findings what the rules found, the worst first
     * @param png the drawing; empty where nobody could draw it
     * @param made when
     * @param zone the reader's, for the date
     */
    public static Document of(
            Topology topology,
            List<Finding> findings,
            Optional<byte[]> png,
            Instant made,
            Locale locale,
            ZoneId zone) {
        DesignDocument report = new DesignDocument(topology, made, locale, zone);
        report.about(findings);
        report.picture(png);
        report.sites();
        report.systems();
        report.services();
        report.protections();
        report.findings(findings);
        report.assumptions();
        return report.document.build();
    }

    private void about(List<Finding> findings) {
        document.heading(1, figures.text("design.about"));
        document.text(
                figures.text(
                        "design.counts",
                        topology.getSites().size(),
                        workloads().size(),
                        topology.getServices().size(),
                        topology.getProtections().size()));
        if (topology.getNote() != null && !topology.getNote().isBlank()) {
            document.text(topology.getNote());
        }
        long errors = count(findings, Severity.ERROR);
        long warnings = count(findings, Severity.WARNING);
        document.add(
                new Note(
                        errors > 0 ? Tone.BAD : warnings > 0 ? Tone.WARNING : Tone.GOOD,
                        figures.text("design.rules"),
                        figures.text(
                                "design.found", errors, warnings, count(findings, Severity.HINT))));
    }

    private static long count(List<Finding> findings, Severity severity) {
        return findings.stream().filter(it -> it.severity() == severity).count();
    }

    private void picture(Optional<byte[]> png) {
        document.heading(1, figures.text("design.picture"));
        png.ifPresentOrElse(
                it -> document.add(new Picture(it, words.label(topology))),
                () -> document.text(figures.text("design.no-picture")));
    }

    private void table(String heading, List<List<String>> rows, String... columns) {
        document.heading(1, figures.text("design." + heading));
        if (rows.isEmpty()) {
            document.text(figures.text("design.none"));
            return;
        }
        List<Column> heads = new ArrayList<>();
        for (String each : columns) {
            boolean number = each.startsWith("#");
            String key = number ? each.substring(1) : each;
            heads.add(new Column(figures.text("design.column." + key), number));
        }
        document.add(new Table(heads, rows.stream().limit(ROWS_MAX).toList()));
        if (rows.size() > ROWS_MAX) {
            document.text(figures.text("design.cut", ROWS_MAX, rows.size()));
        }
    }

    private void sites() {
        List<List<String>> rows = new ArrayList<>();
        for (Site site : topology.getSites()) {
            rows.add(
                    List.of(
                            words.label(site),
                            words.literal(site.getKind()),
                            stated(site.getPostalAddress()),
                            names(site.getHosts()),
                            names(site.getServers())));
        }
        table("sites", rows, "site", "kind", "address", "hosts", "servers");
    }

    private void systems() {
        List<List<String>> rows = new ArrayList<>();
        for (Workload each : workloads()) {
            rows.add(
                    List.of(
                            words.label(each),
                            place(each),
                            stated(each.getOperatingSystem()),
                            figures.number(each.getCpuCores()),
                            figures.number(each.getMemoryMiB() / 1024.0),
                            names(
                                    topology.getProtections().stream()
                                            .filter(it -> it.getWorkloads().contains(each))
                                            .toList())));
        }
        table("systems", rows, "system", "place", "os", "#cores", "#memory", "protected");
    }

    private String place(Workload workload) {
        Element place =
                workload instanceof VirtualMachine guest
                        ? guest.getHost()
                        : (Element) workload.eContainer();
        return place == null || place.eIsProxy() ? NONE : words.label(place);
    }

    private void services() {
        List<List<String>> rows = new ArrayList<>();
        for (Service each : topology.getServices()) {
            rows.add(
                    List.of(
                            words.label(each),
                            seconds(each.getRtoSeconds()),
                            seconds(each.getRpoSeconds()),
                            seconds(each.getMtpdSeconds()),
                            each.getOwner() == null ? NONE : words.label(each.getOwner()),
                            each.getDependencies().stream()
                                    .flatMap(it -> it.getTargets().stream())
                                    .map(words::label)
                                    .collect(Collectors.joining(", "))));
        }
        table("services", rows, "service", "#rto", "#rpo", "#mtpd", "owner", "needs");
    }

    private void protections() {
        List<List<String>> rows = new ArrayList<>();
        for (Protection each : topology.getProtections()) {
            Integer loss =
                    each instanceof StandbyProtection standby ? standby.getIntervalSeconds() : 0;
            rows.add(
                    List.of(
                            words.label(each),
                            words.type(each.eClass()),
                            names(each.getWorkloads()),
                            seconds(each.getTakeoverSeconds()),
                            seconds(loss),
                            figures.text(each.isAutomatic() ? "design.yes" : "design.no")));
        }
        table(
                "protections",
                rows,
                "protection",
                "kind",
                "systems",
                "#takeover",
                "#loss",
                "automatic");
    }

    private void findings(List<Finding> findings) {
        Locale locale = figures.locale();
        List<List<String>> rows = new ArrayList<>();
        for (Finding each : findings) {
            rows.add(
                    List.of(
                            figures.text("design.severity." + each.severity().name()),
                            each.explanation().happened(locale),
                            each.explanation().meaning(locale),
                            each.explanation().next(locale)));
        }
        table("findings", rows, "weight", "happened", "meaning", "next");
    }

    private void assumptions() {
        List<List<String>> rows = new ArrayList<>();
        for (FailureData each : topology.getFailureData()) {
            rows.add(
                    List.of(
                            words.label(each),
                            figures.hours(each.getMtbfHours()),
                            figures.hours(each.getMttrHours()),
                            words.literal(each.getConfidence()),
                            stated(each.getSource())));
        }
        table("assumptions", rows, "data", "#mtbf", "#mttr", "confidence", "source");
        document.text(
                figures.text("design.growth", figures.number(topology.getAnnualGrowthPercent())));
    }

    private String seconds(Integer seconds) {
        if (seconds == null) {
            return NONE;
        }
        return seconds == 0 ? figures.text("design.zero") : figures.minutes(seconds / 60.0);
    }

    private static String stated(String text) {
        return text == null || text.isBlank() ? NONE : text;
    }

    private String names(List<? extends Element> elements) {
        String names = elements.stream().map(words::label).collect(Collectors.joining(", "));
        return names.isEmpty() ? NONE : names;
    }

    private List<Workload> workloads() {
        List<Workload> found = new ArrayList<>();
        for (Iterator<EObject> all = topology.eAllContents(); all.hasNext(); ) {
            if (all.next() instanceof Workload workload) {
                found.add(workload);
            }
        }
        return found;
    }
}
