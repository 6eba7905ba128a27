package org.standfest.analysis.reports;

import org.standfest.analysis.availability.AnalysisResult;
import org.standfest.analysis.availability.ServiceAvailability;
import org.standfest.analysis.availability.ServiceObjectives;
import org.standfest.analysis.availability.ServiceObjectives.Objective;
import org.standfest.analysis.availability.UncertaintyBand;
import org.standfest.analysis.availability.Unit;
import org.standfest.analysis.availability.UnitNames;
import org.standfest.analysis.availability.Weakness;
import org.standfest.analysis.classes.BsiClass;
import org.standfest.analysis.classes.Rating;
import org.standfest.analysis.distributions.Distribution;
import org.standfest.analysis.faulttree.CutSet;
import org.standfest.analysis.faulttree.Renewal;
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

    /**
     * For how long outages last: a minute, ten, an hour, four, a working day, a day, three, a week.
     */
    private static final double[] STEPS_HOURS = {1.0 / 60, 1.0 / 6, 1, 4, 8, 24, 72, 168};

    private final AnalysisResult result;
    private final FigureText figures;
    private final Document.Builder document;
    private final List<Unit> units;

    ServiceChapters(AnalysisResult result, FigureText figures, Document.Builder document) {
        this.result = result;
        this.figures = figures;
        this.document = document;
        this.units = result.availability().units();
    }

    void add(List<ServiceAvailability> services) {
        if (services.isEmpty()) {
            return;
        }
        document.add(new PageBreak());
        document.heading(1, figures.text("services"));
        if (services.size() > AnalysisDocument.CHAPTERS_MAX) {
            document.text(
                    figures.text("services.cut", AnalysisDocument.CHAPTERS_MAX, services.size()));
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
        facts.add(fact("column.class", rating.grade() + ": " + sentence(rating)));
        if (renewal.failuresPerHour() > 0) {
            facts.add(
                    fact(
                            "fact.outages",
                            figures.text(
                                    "fact.outages.text",
                                    figures.hours(renewal.meanTimeBetweenFailuresHours()),
                                    figures.hours(renewal.meanDownTimeHours()))));
        }
        UncertaintyBand band = result.bands().get(service.goal());
        if (band != null) {
            facts.add(
                    fact(
                            "fact.band",
                            figures.text(
                                    "fact.band.text",
                                    figures.downtime(band.low()),
                                    figures.downtime(band.high()))));
        }
        facts.add(fact("column.basis", quality(service)));
        facts.add(
                fact(
                        "fact.assumed",
                        figures.text("fact.assumed.text", figures.share(service.assumedShare()))));
        document.add(new Facts(facts));
    }

    private String quality(ServiceAvailability service) {
        AnalysisResult.Quality quality = result.quality(service);
        return figures.text(
                "quality." + quality.kind().name(),
                figures.share(Math.max(quality.relativeError(), 0.001)));
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
        return UnitNames.name(unit, figures.locale());
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
        ServiceObjectives objectives = result.objectivesOf(service.goal().serviceId()).orElse(null);
        if (objectives == null || objectives.outageHours().isEmpty()) {
            return;
        }
        Distribution hours = objectives.outageHours().get();
        document.heading(3, figures.text("durations"));
        document.text(
                figures.text(
                        "durations.text",
                        figures.share(objectives.covered()),
                        figures.hours(objectives.outage().median() / 3600),
                        figures.hours(objectives.outage().ninetyFive() / 3600)));
        List<Bar> bars = new ArrayList<>();
        for (double step : STEPS_HOURS) {
            double share = Math.clamp(1 - hours.probabilityUpTo(step), 0, 1);
            bars.add(
                    new Bar(
                            figures.text("durations.longer", figures.hours(step)),
                            share,
                            figures.share(share)));
        }
        document.add(new Bars(bars));
    }

    private void objectives(ServiceAvailability service) {
        Optional<ServiceObjectives> found = result.objectivesOf(service.goal().serviceId());
        if (found.isEmpty()) {
            return;
        }
        ServiceObjectives its = found.get();
        if (!its.objectives().isEmpty()) {
            document.heading(3, figures.text("objectives"));
            promises(its);
        }
        its.dataLoss()
                .ifPresent(
                        loss ->
                                document.text(
                                        figures.text(
                                                "loss.text",
                                                figures.hours(loss.median() / 3600),
                                                figures.hours(loss.ninetyFive() / 3600))));
        if (its.unboundedLoss()) {
            document.add(
                    new Note(Tone.BAD, figures.text("note.line"), figures.text("loss.unbounded")));
        }
        if (!its.noCopy().isEmpty()) {
            document.add(
                    new Note(
                            Tone.WARNING,
                            figures.text("note.copy"),
                            figures.text("loss.no-copy", String.join(", ", its.noCopy()))));
        }
    }

    private void promises(ServiceObjectives its) {
        List<List<String>> rows = new ArrayList<>();
        for (Objective it : its.objectives()) {
            boolean counted = Double.isFinite(it.missesPerYear());
            rows.add(
                    List.of(
                            figures.text("objective." + it.kind().name()),
                            figures.hours(it.limitSeconds() / 3600),
                            kept(it),
                            !counted
                                    ? "\u2013"
                                    : it.missesPerYear() > 0
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
        document.text(figures.text("objectives.estimated"));
    }

    /** In how many of the cases; never better than it is, and both ends where they differ. */
    private String kept(Objective it) {
        String least = figures.keptShare(it.missed());
        String most = figures.keptShare(it.missedAtLeast());
        return least.equals(most) ? least : figures.text("figure.between", least, most);
    }

    private void sites(ServiceAvailability service) {
        List<ServiceAvailability> from = fromSites(service.goal().serviceId());
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

    private List<ServiceAvailability> fromSites(String serviceId) {
        return result.availability().services().stream()
                .filter(it -> it.goal().serviceId().equals(serviceId))
                .filter(it -> !it.goal().siteId().isEmpty())
                .toList();
    }
}
