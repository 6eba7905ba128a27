package org.standfest.analysis.reports;

import org.standfest.analysis.availability.ServiceAvailability;
import org.standfest.analysis.availability.UncertaintyBand;
import org.standfest.analysis.availability.Unit;
import org.standfest.analysis.availability.Weakness;
import org.standfest.analysis.classes.BsiClass;
import org.standfest.analysis.classes.Rating;
import org.standfest.analysis.faulttree.CutSet;
import org.standfest.analysis.faulttree.Renewal;
import org.standfest.analysis.reports.AnalysisResults.Objective;
import org.standfest.documents.Document;
import org.standfest.documents.Document.Bar;
import org.standfest.documents.Document.Bars;
import org.standfest.documents.Document.Column;
import org.standfest.documents.Document.Fact;
import org.standfest.documents.Document.Facts;
import org.standfest.documents.Document.Note;
import org.standfest.documents.Document.PageBreak;
import org.standfest.documents.Document.Table;
import org.standfest.documents.Document.Tone;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One chapter for each service. One thread, used once. */
final class ServiceChapters {

    private static final int CONTRIBUTIONS = 8;
    private static final int CUT_SETS = 8;

    /** For how long outages last: a minute, ten, an hour, four, a working day, a day, three, a week. */
    private static final double[] STEPS_HOURS = {1.0 / 60, 1.0 / 6, 1, 4, 8, 24, 72, 168};

    private final AnalysisResults results;
    private final FigureText figures;
    private final Document.Builder document;
    private final List<Unit> units;

    ServiceChapters(AnalysisResults results, FigureText figures, Document.Builder document) {
        this.results = results;
        this.figures = figures;
        this.document = document;
        this.units = results.availability().units();
    }

    void add(List<ServiceAvailability> services) {
        if (services.isEmpty()) {
            return;
        }
        document.add(new PageBreak());
        document.heading(1, figures.text("services"));
        if (services.size() > AnalysisDocument.CHAPTERS_MAX) {
            document.text(
                    figures.text(
                            "services.cut", AnalysisDocument.CHAPTERS_MAX, services.size()));
        }
        services.stream().limit(AnalysisDocument.CHAPTERS_MAX).forEach(this::chapter);
    }

    private void chapter(ServiceAvailability service) {
        document.heading(2, service.goal().serviceName());
        Optional<Renewal> renewal = service.renewal();
        if (renewal.isEmpty()) {
            document.add(
                    new Note(
                            Tone.WARNING,
                            figures.text("note.bound"),
                            figures.text(
                                    "service.bound",
                                    figures.availability(service.bounds().upper()),
                                    figures.availability(service.bounds().lower()))));
            return;
        }
        facts(service, renewal.get());
        singles(service);
        contributions(service);
        cutSets(service);
        durations(service);
        objectives(service);
        sites(service);
    }

    private void facts(ServiceAvailability service, Renewal renewal) {
        List<Fact> facts = new ArrayList<>();
        double down = service.unavailability();
        facts.add(fact("column.availability", figures.availability(down)));
        facts.add(fact("column.downtime", figures.downtime(down)));
        Rating rating = BsiClass.rate(down);
        facts.add(
                fact("column.class", rating.grade() + ": " + sentence(rating)));
        if (renewal.failuresPerHour() > 0) {
            facts.add(
                    fact(
                            "fact.outages",
                            figures.text(
                                    "fact.outages.text",
                                    figures.hours(renewal.meanTimeBetweenFailuresHours()),
                                    figures.hours(renewal.meanDownTimeHours()))));
        }
        UncertaintyBand band = results.bands().get(service.goal());
        if (band != null) {
            facts.add(
                    fact(
                            "fact.band",
                            figures.text(
                                    "fact.band.text",
                                    figures.downtime(band.low()),
                                    figures.downtime(band.high()))));
        }
        facts.add(
                fact(
                        "fact.assumed",
                        figures.text("fact.assumed.text", figures.share(service.assumedShare()))));
        document.add(new Facts(facts));
    }

    /** What the class means and what the next one asks for; the minutes stand above already. */
    private String sentence(Rating rating) {
        return rating.explanation().meaning(figures.locale())
                + " "
                + rating.explanation().next(figures.locale());
    }

    private Fact fact(String key, String value) {
        return new Fact(figures.text(key), value);
    }

    private void singles(ServiceAvailability service) {
        List<String> names =
                service.singlePoints().stream().map(it -> marked(units.get(it))).toList();
        document.add(
                names.isEmpty()
                        ? new Note(
                                Tone.GOOD,
                                figures.text("note.singles"),
                                figures.text("singles.none"))
                        : new Note(
                                Tone.WARNING,
                                figures.text("note.singles"),
                                figures.text("singles.some", String.join(", ", names))));
    }

    private String marked(Unit unit) {
        return figures.name(unit) + (unit.assumed() ? "*" : "");
    }

    private void contributions(ServiceAvailability service) {
        List<Weakness> most =
                service.weaknesses().stream()
                        .filter(it -> it.downtimeHoursPerYear() > 0)
                        .limit(CONTRIBUTIONS)
                        .toList();
        if (most.isEmpty()) {
            return;
        }
        document.heading(3, figures.text("contributions"));
        document.text(figures.text("contributions.text"));
        double longest = most.getFirst().downtimeHoursPerYear();
        document.add(
                new Bars(
                        most.stream()
                                .map(
                                        it ->
                                                new Bar(
                                                        marked(units.get(it.unit())),
                                                        Math.clamp(
                                                                it.downtimeHoursPerYear() / longest,
                                                                0,
                                                                1),
                                                        figures.hours(it.downtimeHoursPerYear())))
                                .toList()));
    }

    private void cutSets(ServiceAvailability service) {
        if (service.cutSets().isEmpty()) {
            return;
        }
        document.heading(3, figures.text("cut-sets"));
        document.text(figures.text("cut-sets.text"));
        List<List<String>> rows = new ArrayList<>();
        for (CutSet set : service.cutSets().stream().limit(CUT_SETS).toList()) {
            List<String> names =
                    Arrays.stream(set.events()).mapToObj(it -> marked(units.get(it))).toList();
            rows.add(
                    List.of(
                            String.join(" + ", names),
                            figures.number(set.order()),
                            figures.downtime(set.probability())));
        }
        document.add(
                new Table(
                        List.of(
                                new Column(figures.text("column.set"), false),
                                new Column(figures.text("column.order"), true),
                                new Column(figures.text("column.downtime"), true)),
                        rows));
    }

    private void durations(ServiceAvailability service) {
        OutageDurations.of(service, units)
                .ifPresent(
                        durations -> {
                            document.heading(3, figures.text("durations"));
                            document.text(
                                    figures.text(
                                            "durations.text",
                                            figures.share(durations.coveredShare())));
                            List<Bar> bars = new ArrayList<>();
                            for (double hours : STEPS_HOURS) {
                                double share = durations.longerThan(hours);
                                bars.add(
                                        new Bar(
                                                figures.text(
                                                        "durations.longer", figures.hours(hours)),
                                                Math.clamp(share, 0, 1),
                                                figures.share(share)));
                            }
                            document.add(new Bars(bars));
                        });
    }

    private void objectives(ServiceAvailability service) {
        List<Objective> objectives = results.objectives(service.goal().serviceId());
        if (objectives.isEmpty()) {
            return;
        }
        document.heading(3, figures.text("objectives"));
        List<List<String>> rows = new ArrayList<>();
        boolean estimated = false;
        for (Objective it : objectives) {
            estimated |= it.estimated();
            rows.add(
                    List.of(
                            figures.text("objective." + it.kind().name()),
                            figures.hours(it.seconds() / 3600),
                            figures.share(1 - it.missed()),
                            it.missesPerYear() > 0
                                    ? figures.hours(8760 / it.missesPerYear())
                                    : figures.text("figure.never")));
        }
        document.add(
                new Table(
                        List.of(
                                new Column(figures.text("column.objective"), false),
                                new Column(figures.text("column.limit"), true),
                                new Column(figures.text("column.kept"), true),
                                new Column(figures.text("column.missed"), true)),
                        rows));
        if (estimated) {
            document.text(figures.text("objectives.estimated"));
        }
    }

    private void sites(ServiceAvailability service) {
        List<ServiceAvailability> from = results.fromSites(service.goal().serviceId());
        if (from.isEmpty()) {
            return;
        }
        document.heading(3, figures.text("sites"));
        document.add(
                new Table(
                        List.of(
                                new Column(figures.text("column.site"), false),
                                new Column(figures.text("column.availability"), true),
                                new Column(figures.text("column.downtime"), true)),
                        from.stream()
                                .map(
                                        it ->
                                                List.of(
                                                        it.goal().siteName(),
                                                        figures.availability(it.unavailability()),
                                                        figures.downtime(it.unavailability())))
                                .toList()));
    }
}
