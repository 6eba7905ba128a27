package org.standfest.analysis.commands;

import org.standfest.analysis.availability.AnalysisRequest.Supposition;
import org.standfest.analysis.availability.AnalysisResult;
import org.standfest.analysis.availability.AnalysisResult.Quality;
import org.standfest.analysis.availability.CompiledTopology.Goal;
import org.standfest.analysis.availability.Improvement;
import org.standfest.analysis.availability.ServiceAvailability;
import org.standfest.analysis.availability.ServiceObjectives;
import org.standfest.analysis.availability.ServiceObjectives.Objective;
import org.standfest.analysis.availability.ServiceObjectives.Quantiles;
import org.standfest.analysis.availability.SiteLoss;
import org.standfest.analysis.availability.TakeoverResult;
import org.standfest.analysis.availability.UncertaintyBand;
import org.standfest.analysis.availability.UncertaintyBand.Driver;
import org.standfest.analysis.availability.UncertaintyBand.Range;
import org.standfest.analysis.availability.Unit;
import org.standfest.analysis.availability.UnitNames;
import org.standfest.analysis.availability.Weakness;
import org.standfest.analysis.capacity.CapacityReport;
import org.standfest.analysis.capacity.LicenceCount;
import org.standfest.analysis.classes.Rating;
import org.standfest.analysis.faulttree.CutSet;
import org.standfest.analysis.faulttree.Renewal;
import org.standfest.command.Invocation;
import org.standfest.results.Catalog;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** The result of an analysis in sentences. One thread, used once. */
final class AnalysisText {

    private static final int SHOWN = 5;
    private static final int IMPROVEMENTS_SHOWN = 10;
    private static final double MINUTES_PER_YEAR = 8760 * 60;
    private static final double PERCENT = 100;

    private final Catalog texts;
    private final Invocation call;
    private final Locale locale;
    private final AnalysisResult result;

    AnalysisText(Catalog texts, Invocation call, AnalysisResult result) {
        this.texts = texts;
        this.call = call;
        this.locale = call.locale();
        this.result = result;
    }

    void show() {
        result.findings().forEach(it -> call.err().println(it.explanation().inFull(locale)));
        result.availability().services().forEach(this::print);
        platform();
        result.capacity().ifPresent(this::capacity);
        for (LicenceCount it : result.licences()) {
            line("analyse.licence", it.kind().getLiteral(), it.needed(), it.held(), it.missing());
        }
        improvements();
        List<Unit> units = result.availability().units();
        long unsourced = units.stream().filter(Unit::assumed).filter(Unit::unsourced).count();
        long assumed = units.stream().filter(Unit::assumed).count();
        line("analyse.data", units.size(), assumed, unsourced);
        if (!result.complete()) {
            line("analyse.incomplete");
        }
    }

    private void line(String key, Object... arguments) {
        call.out().println(texts.text(locale, key, arguments));
    }

    private String number(String format, double value) {
        return String.format(locale, format, value);
    }

    private String percent(double share) {
        return number(share < 0.001 ? "%.2g" : "%.1f", PERCENT * share);
    }

    private String duration(double seconds) {
        if (Double.isInfinite(seconds) || Double.isNaN(seconds)) {
            return texts.text(locale, "time.endless");
        }
        if (seconds < 120) {
            return texts.text(locale, "time.seconds", number("%.0f", seconds));
        }
        return seconds < 7200
                ? texts.text(locale, "time.minutes", number("%.1f", seconds / 60))
                : texts.text(locale, "time.hours", number("%.1f", seconds / 3600));
    }

    private void print(ServiceAvailability service) {
        Goal goal = service.goal();
        boolean home = goal.siteId().isEmpty();
        line(home ? "analyse.service" : "analyse.from-site", goal.serviceName(), goal.siteName());
        if (service.renewal().isEmpty()) {
            PlatformText value = new PlatformText(texts, locale);
            String estimate =
                    Optional.ofNullable(result.estimates().get(goal))
                            .map(value::estimate)
                            .orElse("");
            line("analyse.not-exact", value.bounds(service.bounds()) + estimate);
            return;
        }
        Renewal renewal = service.renewal().get();
        Quality quality = result.quality(service);
        line(
                "analyse.figures",
                number("%.7f", PERCENT * renewal.availability()),
                number("%.3e", renewal.unavailability()),
                number("%.1f", service.downtimeMinutesPerYear()),
                result.ratings().get(goal).grade(),
                Math.round(PERCENT * service.assumedShare()),
                texts.text(
                        locale,
                        "quality." + quality.kind(),
                        number("%.1e", quality.relativeError())));
        line(
                "analyse.renewal",
                number("%.0f", renewal.meanTimeBetweenFailuresHours()),
                number("%.2f", renewal.meanDownTimeHours()));
        changed(goal);
        band(goal);
        if (home) {
            details(service);
            result.objectivesOf(goal.serviceId()).ifPresent(this::objectives);
        }
    }

    private void changed(Goal goal) {
        result.whatIf()
                .filter(it -> it.unavailability().containsKey(goal))
                .ifPresent(
                        it -> {
                            double then = it.unavailability().get(goal);
                            line(
                                    "analyse.changed",
                                    supposed(it.suppositions()),
                                    number("%.3e", then),
                                    number("%.1f", then * MINUTES_PER_YEAR));
                        });
    }

    private String supposed(List<Supposition> all) {
        return String.join(
                ", ",
                all.stream()
                        .map(
                                it ->
                                        texts.text(
                                                locale,
                                                it.up() ? "suppose.up" : "suppose.down",
                                                it.element()))
                        .toList());
    }

    private void band(Goal goal) {
        UncertaintyBand band = result.bands().get(goal);
        if (band != null && !band.drivers().isEmpty()) {
            Driver first = band.drivers().getFirst();
            Range minutes = band.downtimeMinutesPerYear();
            line(
                    "analyse.band",
                    number("%.3e", band.low()),
                    number("%.3e", band.high()),
                    number("%.3e", band.median()),
                    number("%.3g", minutes.low()),
                    number("%.3g", minutes.high()),
                    band.draws());
            line(
                    "analyse.band-outages",
                    number("%.2g", band.failuresPerYear().low()),
                    number("%.2g", band.failuresPerYear().high()),
                    number("%.2g", band.meanDownTimeHours().low()),
                    number("%.2g", band.meanDownTimeHours().high()));
            line(
                    "analyse.driver",
                    UnitNames.name(first.datum(), locale),
                    number("%.3g", MINUTES_PER_YEAR * Math.min(first.atLow(), first.atHigh())),
                    number("%.3g", MINUTES_PER_YEAR * Math.max(first.atLow(), first.atHigh())));
        }
    }

    private void details(ServiceAvailability service) {
        Rating rating = result.ratings().get(service.goal());
        line("analyse.class", rating.explanation().meaning(locale));
        List<String> singles = service.singlePoints().stream().map(this::name).toList();
        line(
                singles.isEmpty() ? "analyse.no-single" : "analyse.single",
                String.join(", ", singles));
        for (Weakness it : service.weaknesses().stream().limit(SHOWN).toList()) {
            line(
                    "analyse.weakness",
                    name(it.unit()),
                    number("%.2f", it.downtimeHoursPerYear() * 60),
                    number("%.1f", PERCENT * it.importance().criticality()));
        }
        for (TakeoverResult it : result.takeovers()) {
            if (service.weaknesses().stream().anyMatch(weak -> it.isOf(weak.unit()))) {
                line(
                        "analyse.takeover",
                        name(it.unit()),
                        number("%.3g", it.demandsPerYear()),
                        number("%.2g", it.downtimeMinutesPerYear()),
                        it.model(),
                        texts.text(locale, "method." + it.method()));
            }
        }
        line("analyse.cut-sets", Counts.fromOrderOne(service.cutSetsByOrder()));
        for (CutSet set : service.cutSets()) {
            line("analyse.cut-set", number("%.3e", set.probability()), names(set));
        }
    }

    private void objectives(ServiceObjectives it) {
        if (it.outageHours().isPresent()) {
            Quantiles outage = it.outage();
            line(
                    "analyse.outage",
                    number("%.2f", it.outagesPerYear()),
                    duration(outage.median()),
                    duration(outage.ninety()),
                    duration(outage.ninetyNine()),
                    percent(it.covered()));
        }
        it.dataLoss()
                .ifPresent(
                        loss ->
                                line(
                                        it.unboundedLoss()
                                                ? "analyse.loss-endless"
                                                : "analyse.loss",
                                        duration(loss.median()),
                                        duration(loss.ninetyFive())));
        for (Objective objective : it.objectives()) {
            line(
                    "analyse.objective",
                    texts.text(locale, "objective." + objective.kind()),
                    duration(objective.limitSeconds()),
                    percent(objective.missed()),
                    number("%.2g", objective.missesPerYear()));
        }
    }

    private void platform() {
        PlatformText together = new PlatformText(texts, locale);
        result.platform().forEach(it -> call.out().println(together.line(it)));
        for (SiteLoss it : result.siteLosses()) {
            List<String> lost = it.lost().stream().map(Goal::serviceName).toList();
            if (!lost.isEmpty()) {
                line(
                        "analyse.site",
                        it.siteName(),
                        lost.size(),
                        it.services().size(),
                        String.join(", ", lost.stream().limit(SHOWN).toList()));
            }
            for (Rating rating : result.siteRatings().getOrDefault(it.siteId(), List.of())) {
                boolean sourced = rating.support() == Rating.Support.SOURCED;
                line(
                        sourced ? "analyse.hint" : "analyse.hint-unsourced",
                        rating.explanation().happened(locale),
                        rating.explanation().meaning(locale),
                        it.siteName());
            }
        }
    }

    private void capacity(CapacityReport report) {
        report.hosts().stream()
                .sorted(Comparator.comparingDouble(CapacityReport.HostUse::peakPercent).reversed())
                .limit(SHOWN)
                .forEach(
                        it ->
                                line(
                                        it.loadStated() ? "analyse.host" : "analyse.host-unstated",
                                        it.name(),
                                        number("%.0f", it.peakPercent()),
                                        it.targetPercent(),
                                        number(
                                                "%.0f",
                                                PERCENT * it.usedMemoryMiB() / it.memoryMiB()),
                                        years(report, it.hostId())));
        for (CapacityReport.Scope scope : CapacityReport.Scope.values()) {
            List<CapacityReport.Loss> all =
                    report.losses().stream().filter(it -> it.scope() == scope).toList();
            List<String> bad =
                    all.stream()
                            .filter(it -> !it.stranded().isEmpty() || !it.unprotected().isEmpty())
                            .map(
                                    it ->
                                            texts.text(
                                                    locale,
                                                    "analyse.loss-of",
                                                    String.join(" + ", it.lostNames()),
                                                    it.guests(),
                                                    it.stranded().size(),
                                                    it.unprotected().size()))
                            .limit(SHOWN)
                            .toList();
            if (!all.isEmpty()) {
                line(
                        bad.isEmpty() ? "analyse.scope-fits" : "analyse.scope",
                        texts.text(locale, "scope." + scope),
                        String.join("; ", bad));
            }
        }
    }

    private String years(CapacityReport report, String host) {
        return report.growth().stream()
                .filter(it -> it.hostId().equals(host))
                .findFirst()
                .map(
                        it -> {
                            OptionalDouble cores = it.yearsToFullCores();
                            OptionalDouble memory = it.yearsToFullMemory();
                            double first =
                                    Math.min(
                                            cores.orElse(Double.POSITIVE_INFINITY),
                                            memory.orElse(Double.POSITIVE_INFINITY));
                            return Double.isInfinite(first)
                                    ? texts.text(locale, "grow.never")
                                    : texts.text(
                                            locale,
                                            "grow.years",
                                            number("%.1f", first),
                                            number("%.0f", report.annualGrowthPercent()));
                        })
                .orElse("");
    }

    private void improvements() {
        if (!result.improvements().isEmpty()) {
            line("analyse.improve");
        }
        for (Improvement it : result.improvements().stream().limit(IMPROVEMENTS_SHOWN).toList()) {
            boolean loss = it.minutesAvoidedPerYear() == 0;
            line(
                    loss ? "analyse.improve-loss" : "analyse.improve-line",
                    it.elementName(),
                    UnitNames.name(it.kind(), locale),
                    loss
                            ? duration(it.secondsLessLost())
                            : number("%.1f", it.minutesAvoidedPerYear()),
                    number("%.0f", it.euroPerYear()),
                    number("%.3g", it.minutesPerEuro()),
                    texts.text(
                            locale,
                            it.costAssumed() ? "cost.default" : "cost.stated",
                            it.costSource()));
        }
    }

    private String names(CutSet set) {
        return String.join(" + ", Arrays.stream(set.events()).mapToObj(this::name).toList());
    }

    private String name(int unit) {
        return UnitNames.name(result.availability().units().get(unit), locale);
    }
}
