package org.standfest.analysis.commands;

import org.standfest.analysis.availability.AnalysisResult;
import org.standfest.analysis.availability.AnalysisResult.Quality;
import org.standfest.analysis.availability.CompiledTopology.Goal;
import org.standfest.analysis.availability.Improvement;
import org.standfest.analysis.availability.SampledEstimate;
import org.standfest.analysis.availability.ServiceAvailability;
import org.standfest.analysis.availability.ServiceObjectives;
import org.standfest.analysis.availability.ServiceObjectives.Quantiles;
import org.standfest.analysis.availability.SiteLoss;
import org.standfest.analysis.availability.TakeoverResult;
import org.standfest.analysis.availability.UncertaintyBand;
import org.standfest.analysis.availability.Unit;
import org.standfest.analysis.availability.UnitNames;
import org.standfest.analysis.availability.Weakness;
import org.standfest.analysis.capacity.CapacityReport;
import org.standfest.analysis.classes.Rating;
import org.standfest.analysis.faulttree.CutSet;
import org.standfest.analysis.faulttree.Renewal;
import org.standfest.results.Catalog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The result of an analysis as JSON. What is not a finite number is left out. One thread, used
 * once.
 */
final class AnalysisJson {

    private final Catalog texts;
    private final Locale locale;
    private final AnalysisResult result;

    AnalysisJson(Catalog texts, Locale locale, AnalysisResult result) {
        this.texts = texts;
        this.locale = locale;
        this.result = result;
    }

    /** A JSON object in the order in which it was filled. */
    private static final class Fields {
        private final Map<String, Object> map = new LinkedHashMap<>();

        Fields with(String key, Object value) {
            if (!(value instanceof Double number) || Double.isFinite(number)) {
                map.put(key, value);
            }
            return this;
        }
    }

    Map<String, Object> all() {
        return new Fields()
                .with("topology", result.topologyName())
                .with("complete", result.complete())
                .with("services", result.availability().services().stream().map(this::one).toList())
                .with(
                        "anyServiceDown",
                        Map.of(
                                "lower", result.anyServiceDown().lower(),
                                "upper", result.anyServiceDown().upper()))
                .with("platform", PlatformText.json(result.platform()))
                .with("sites", result.siteLosses().stream().map(this::site).toList())
                .with("takeovers", result.takeovers().stream().map(this::takeover).toList())
                .with("improvements", result.improvements().stream().map(this::improved).toList())
                .with("capacity", result.capacity().map(AnalysisJson::capacity).orElse(Map.of()))
                .with(
                        "licences",
                        result.licences().stream()
                                .map(
                                        it ->
                                                new Fields()
                                                        .with("kind", it.kind().getLiteral())
                                                        .with("needed", it.needed())
                                                        .with("held", it.held())
                                                        .map)
                                .toList())
                .with(
                        "findings",
                        result.findings().stream()
                                .map(it -> it.explanation().inFull(locale))
                                .toList())
                .with("units", result.availability().units().stream().map(this::unit).toList())
                .map;
    }

    private Map<String, Object> unit(Unit it) {
        return new Fields()
                .with("key", it.key())
                .with("name", UnitNames.plain(it, locale))
                .with("role", it.role().name())
                .with("unavailability", it.unavailability())
                .with("failuresPerHour", it.failuresPerHour())
                .with("assumed", it.assumed())
                .with("confidence", it.confidence().getLiteral())
                .with("source", it.source())
                .map;
    }

    private Map<String, Object> one(ServiceAvailability service) {
        Goal goal = service.goal();
        Fields one = new Fields().with("id", goal.serviceId()).with("name", goal.serviceName());
        if (!goal.siteId().isEmpty()) {
            one.with("siteId", goal.siteId()).with("site", goal.siteName());
        }
        Quality quality = result.quality(service);
        one.with("exact", quality.kind() == Quality.Kind.EXACT)
                .with("quality", quality.kind().name())
                .with("relativeError", quality.relativeError());
        if (service.renewal().isEmpty()) {
            one.with("lower", service.bounds().lower()).with("upper", service.bounds().upper());
            SampledEstimate estimate = result.estimates().get(goal);
            if (estimate != null) {
                one.with("estimate", estimate);
            }
        }
        service.renewal().ifPresent(it -> figures(service, it, one));
        result.whatIf()
                .map(it -> it.unavailability().get(goal))
                .ifPresent(it -> one.with("unavailabilityWhatIf", it));
        UncertaintyBand band = result.bands().get(goal);
        if (band != null) {
            one.with("uncertainty", band(band));
        }
        if (goal.siteId().isEmpty()) {
            result.objectivesOf(goal.serviceId())
                    .ifPresent(it -> one.with("objectives", objectives(it)));
        }
        return one.map;
    }

    private Map<String, Object> band(UncertaintyBand band) {
        List<Map<String, Object>> drivers = new ArrayList<>();
        band.drivers()
                .forEach(
                        it ->
                                drivers.add(
                                        new Fields()
                                                .with("datum", UnitNames.name(it.datum(), locale))
                                                .with("origin", it.datum().origin())
                                                .with("what", it.datum().what().name())
                                                .with(
                                                        "confidence",
                                                        it.datum().confidence().getLiteral())
                                                .with("rankCorrelation", it.rankCorrelation())
                                                .with("unavailabilityAtLow", it.atLow())
                                                .with("unavailabilityAtHigh", it.atHigh())
                                                .map));
        return new Fields()
                .with("low", band.low())
                .with("median", band.median())
                .with("high", band.high())
                .with("failuresPerYear", range(band.failuresPerYear()))
                .with("meanDownTimeHours", range(band.meanDownTimeHours()))
                .with("downtimeMinutesPerYear", range(band.downtimeMinutesPerYear()))
                .with("draws", band.draws())
                .with("drivers", drivers)
                .map;
    }

    private static Map<String, Object> range(UncertaintyBand.Range it) {
        return new Fields()
                .with("low", it.low())
                .with("median", it.median())
                .with("high", it.high())
                .map;
    }

    private void figures(ServiceAvailability service, Renewal renewal, Fields one) {
        Rating rating = result.ratings().get(service.goal());
        one.with("unavailability", renewal.unavailability())
                .with("availability", renewal.availability())
                .with("downtimeMinutesPerYear", service.downtimeMinutesPerYear())
                .with("failuresPerHour", renewal.failuresPerHour())
                .with("meanTimeBetweenFailuresHours", renewal.meanTimeBetweenFailuresHours())
                .with("meanUpTimeHours", renewal.meanUpTimeHours())
                .with("meanDownTimeHours", renewal.meanDownTimeHours())
                .with("bsiClass", rating.grade())
                .with("bsiClassSays", rating.explanation().inFull(locale))
                .with("assumedShare", service.assumedShare())
                .with("singlePoints", service.singlePoints().stream().map(this::key).toList())
                .with("cutSets", Counts.json(Counts.total(service.cutSetsByOrder())))
                .with("cutSetsByOrder", Counts.fromOrderOne(service.cutSetsByOrder()));
        List<Map<String, Object>> sets = new ArrayList<>();
        for (CutSet set : service.cutSets()) {
            sets.add(
                    new Fields()
                            .with("probability", set.probability())
                            .with("units", Arrays.stream(set.events()).mapToObj(this::key).toList())
                            .map);
        }
        one.with("mostProbable", sets)
                .with("importance", service.weaknesses().stream().map(this::weakness).toList());
    }

    private Map<String, Object> weakness(Weakness it) {
        return new Fields()
                .with("unit", key(it.unit()))
                .with("birnbaum", it.importance().birnbaum())
                .with("criticality", it.importance().criticality())
                .with("fussellVesely", it.importance().fussellVesely())
                .with("diagnostic", it.importance().diagnostic())
                .with("riskAchievementWorth", it.importance().riskAchievementWorth())
                .with("riskReductionWorth", it.importance().riskReductionWorth())
                .with("barlowProschan", it.initiates())
                .with("downtimeHoursPerYear", it.downtimeHoursPerYear())
                .map;
    }

    private static Map<String, Object> quantiles(Quantiles it) {
        return new Fields()
                .with("mean", it.mean())
                .with("p50", it.median())
                .with("p90", it.ninety())
                .with("p95", it.ninetyFive())
                .with("p99", it.ninetyNine())
                .map;
    }

    private static Map<String, Object> objectives(ServiceObjectives all) {
        List<Map<String, Object>> promised = new ArrayList<>();
        all.objectives()
                .forEach(
                        it ->
                                promised.add(
                                        new Fields()
                                                .with("kind", it.kind().name())
                                                .with("limitSeconds", it.limitSeconds())
                                                .with("missed", it.missed())
                                                .with("missedAtLeast", it.missedAtLeast())
                                                .with("missesPerYear", it.missesPerYear())
                                                .map));
        Fields fields =
                new Fields()
                        .with("outagesPerYear", all.outagesPerYear())
                        .with("outageSeconds", quantiles(all.outage()))
                        .with("coveredByCutSets", all.covered());
        all.dataLoss().ifPresent(it -> fields.with("dataLossSeconds", quantiles(it)));
        return fields.with("dataLossEndless", all.unboundedLoss())
                .with("withoutCopy", all.noCopy())
                .with("promised", promised)
                .map;
    }

    private Map<String, Object> site(SiteLoss it) {
        return new Fields()
                .with("id", it.siteId())
                .with("name", it.siteName())
                .with("unavailability", it.unavailability())
                .with("servicesLost", it.lost().stream().map(Goal::serviceName).toList())
                .with(
                        "classes",
                        result.siteRatings().getOrDefault(it.siteId(), List.of()).stream()
                                .map(this::rating)
                                .toList())
                .map;
    }

    private Map<String, Object> rating(Rating it) {
        return new Fields()
                .with("scheme", it.scheme().name())
                .with("grade", it.grade())
                .with("sourced", it.support() == Rating.Support.SOURCED)
                .with("says", it.explanation().inFull(locale))
                .map;
    }

    private Map<String, Object> takeover(TakeoverResult it) {
        return new Fields()
                .with("protection", it.protectionName())
                .with("element", it.elementName())
                .with("unit", key(it.unit()))
                .with("model", it.model())
                .with("method", it.method().name())
                .with("demandsPerYear", it.demandsPerYear())
                .with("coverage", it.coverage())
                .with("takeoverHours", it.takeoverHours())
                .with("downtimeMinutesPerYear", it.downtimeMinutesPerYear())
                .map;
    }

    private Map<String, Object> improved(Improvement it) {
        return new Fields()
                .with("kind", it.kind().name())
                .with("says", UnitNames.name(it.kind(), locale))
                .with("element", it.elementName())
                .with("elementId", it.elementId())
                .with("minutesAvoidedPerYear", it.minutesAvoidedPerYear())
                .with("userHoursAvoidedPerYear", it.userHoursAvoidedPerYear())
                .with("secondsLessLost", it.secondsLessLost())
                .with("euroPerYear", it.euroPerYear())
                .with("minutesPerEuro", it.minutesPerEuro())
                .with("costSource", it.costSource())
                .with(
                        "cost",
                        texts.text(
                                locale,
                                it.costAssumed() ? "cost.default" : "cost.stated",
                                it.costSource()))
                .map;
    }

    private static Map<String, Object> capacity(CapacityReport report) {
        List<Map<String, Object>> hosts = new ArrayList<>();
        report.hosts()
                .forEach(
                        it ->
                                hosts.add(
                                        new Fields()
                                                .with("host", it.name())
                                                .with("peakPercent", it.peakPercent())
                                                .with("targetPercent", it.targetPercent())
                                                .with("usedMemoryMiB", it.usedMemoryMiB())
                                                .with("memoryMiB", it.memoryMiB())
                                                .with("loadStated", it.loadStated())
                                                .with("coresByHour", hours(it))
                                                .map));
        List<Map<String, Object>> losses = new ArrayList<>();
        report.losses()
                .forEach(
                        it ->
                                losses.add(
                                        new Fields()
                                                .with("scope", it.scope().name())
                                                .with("lost", it.lostNames())
                                                .with("guests", it.guests())
                                                .with("verdict", it.verdict().name())
                                                .with("stranded", it.stranded())
                                                .with("unprotected", it.unprotected())
                                                .map));
        List<Map<String, Object>> growth = new ArrayList<>();
        report.growth()
                .forEach(
                        it -> {
                            Fields one = new Fields().with("host", it.name());
                            it.yearsToFullCores().ifPresent(y -> one.with("coresFullInYears", y));
                            it.yearsToFullMemory().ifPresent(y -> one.with("memoryFullInYears", y));
                            growth.add(one.map);
                        });
        return new Fields()
                .with("annualGrowthPercent", report.annualGrowthPercent())
                .with("hosts", hosts)
                .with("losses", losses)
                .with("growth", growth)
                .map;
    }

    private static List<Double> hours(CapacityReport.HostUse use) {
        List<Double> cores = new ArrayList<>();
        for (int hour = 0; hour < org.standfest.analysis.capacity.Week.HOURS; hour++) {
            cores.add(use.load().at(hour));
        }
        return cores;
    }

    private String key(int unit) {
        return result.availability().units().get(unit).key();
    }
}
