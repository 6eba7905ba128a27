package org.standfest.analysis.commands;

import org.standfest.analysis.availability.AvailabilityReport;
import org.standfest.analysis.availability.CompiledTopology.Goal;
import org.standfest.analysis.availability.ServiceAvailability;
import org.standfest.analysis.availability.UncertaintyBand;
import org.standfest.analysis.availability.Unit;
import org.standfest.analysis.availability.Weakness;
import org.standfest.analysis.classes.BsiClass;
import org.standfest.analysis.classes.Rating;
import org.standfest.analysis.commands.AnalyseCommand.Changed;
import org.standfest.analysis.faulttree.Bounds;
import org.standfest.analysis.faulttree.CutSet;
import org.standfest.analysis.faulttree.Renewal;
import org.standfest.command.Invocation;
import org.standfest.results.Catalog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The result of an analysis in sentences or as JSON. One thread, used once. */
final class AnalysisText {

    private static final int WEAKNESSES_SHOWN = 5;
    private static final double MINUTES_PER_YEAR = 8760 * 60;

    private final Catalog texts;
    private final Invocation call;
    private final Locale locale;
    private final AvailabilityReport report;
    private final Map<Goal, UncertaintyBand> bands;

    /**
     * @param bands of the services for which uncertainty was asked for
     */
    AnalysisText(
            Catalog texts,
            Invocation call,
            AvailabilityReport report,
            Map<Goal, UncertaintyBand> bands) {
        this.bands = bands;
        this.texts = texts;
        this.call = call;
        this.locale = call.locale();
        this.report = report;
    }

    void show(List<ServiceAvailability> services, Bounds any, Optional<Changed> changed) {
        if (call.json()) {
            call.printJson(json(services, any, changed));
            return;
        }
        report.findings().forEach(it -> call.err().println(it.explanation().inFull(locale)));
        for (ServiceAvailability service : services) {
            print(service, changed);
        }
        line("analyse.any", number("%.3e", any.lower()), number("%.3e", any.upper()));
        long unsourced =
                report.units().stream().filter(Unit::assumed).filter(Unit::unsourced).count();
        long assumed = report.units().stream().filter(Unit::assumed).count();
        line("analyse.data", report.units().size(), assumed, unsourced);
    }

    private void line(String key, Object... arguments) {
        call.out().println(texts.text(locale, key, arguments));
    }

    private String number(String format, double value) {
        return String.format(locale, format, value);
    }

    private void print(ServiceAvailability service, Optional<Changed> changed) {
        boolean home = service.goal().siteId().isEmpty();
        line(
                home ? "analyse.service" : "analyse.from-site",
                service.goal().serviceName(),
                service.goal().siteName());
        if (service.renewal().isEmpty()) {
            line("analyse.not-exact");
            return;
        }
        Renewal renewal = service.renewal().get();
        Rating bsi = BsiClass.rate(renewal.unavailability());
        line(
                "analyse.figures",
                number("%.7f", 100 * renewal.availability()),
                number("%.3e", renewal.unavailability()),
                number("%.1f", service.downtimeMinutesPerYear()),
                bsi.grade(),
                Math.round(100 * service.assumedShare()));
        line(
                "analyse.renewal",
                number("%.0f", renewal.meanTimeBetweenFailuresHours()),
                number("%.2f", renewal.meanDownTimeHours()));
        changed.map(it -> it.unavailability().get(service.goal()))
                .ifPresent(
                        it ->
                                line(
                                        "analyse.changed",
                                        changed.get().text(),
                                        number("%.3e", it),
                                        number("%.1f", it * MINUTES_PER_YEAR)));
        UncertaintyBand band = bands.get(service.goal());
        if (band != null) {
            line(
                    "analyse.band",
                    number("%.3e", band.low()),
                    number("%.3e", band.high()),
                    number("%.3e", band.median()),
                    name(band.drivers().getFirst().unit()));
        }
        if (home) {
            details(service);
        }
    }

    private void details(ServiceAvailability service) {
        List<String> singles = service.singlePoints().stream().map(this::name).toList();
        line(
                singles.isEmpty() ? "analyse.no-single" : "analyse.single",
                String.join(", ", singles));
        for (Weakness it : service.weaknesses().stream().limit(WEAKNESSES_SHOWN).toList()) {
            line(
                    "analyse.weakness",
                    name(it.unit()),
                    number("%.2f", it.downtimeHoursPerYear() * 60),
                    number("%.1f", 100 * it.importance().criticality()));
        }
        line("analyse.cut-sets", Counts.fromOrderOne(service.cutSetsByOrder()));
        for (CutSet set : service.cutSets()) {
            line("analyse.cut-set", number("%.3e", set.probability()), names(set));
        }
    }

    private String names(CutSet set) {
        return String.join(" + ", Arrays.stream(set.events()).mapToObj(this::name).toList());
    }

    private String name(int unit) {
        Unit it = report.units().get(unit);
        String name = it.elementName();
        if (it.role() != Unit.Role.ITSELF) {
            name += texts.text(locale, "role." + it.role().name());
        }
        return it.assumed() ? name + "*" : name;
    }

    private Map<String, Object> json(
            List<ServiceAvailability> services, Bounds any, Optional<Changed> changed) {
        Map<String, Object> answer = new LinkedHashMap<>();
        List<Map<String, Object>> all = new ArrayList<>();
        services.forEach(it -> all.add(json(it, changed)));
        answer.put("services", all);
        answer.put("anyServiceDown", Map.of("lower", any.lower(), "upper", any.upper()));
        answer.put(
                "findings",
                report.findings().stream().map(it -> it.explanation().inFull(locale)).toList());
        List<Map<String, Object>> units = new ArrayList<>();
        for (Unit it : report.units()) {
            Map<String, Object> unit = new LinkedHashMap<>();
            unit.put("key", it.key());
            unit.put("name", it.elementName());
            unit.put("role", it.role().name());
            unit.put("unavailability", it.unavailability());
            unit.put("failuresPerHour", it.failuresPerHour());
            unit.put("assumed", it.assumed());
            unit.put("source", it.source());
            units.add(unit);
        }
        answer.put("units", units);
        return answer;
    }

    private Map<String, Object> json(ServiceAvailability service, Optional<Changed> changed) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("id", service.goal().serviceId());
        one.put("name", service.goal().serviceName());
        if (!service.goal().siteId().isEmpty()) {
            one.put("siteId", service.goal().siteId());
            one.put("site", service.goal().siteName());
        }
        one.put("exact", service.isExact());
        service.renewal().ifPresent(it -> figures(service, it, one));
        changed.map(it -> it.unavailability().get(service.goal()))
                .ifPresent(it -> one.put("unavailabilityWhatIf", it));
        UncertaintyBand band = bands.get(service.goal());
        if (band != null) {
            Map<String, Object> uncertainty = new LinkedHashMap<>();
            uncertainty.put("low", band.low());
            uncertainty.put("median", band.median());
            uncertainty.put("high", band.high());
            uncertainty.put("draws", band.draws());
            Map<String, Object> drivers = new LinkedHashMap<>();
            band.drivers().stream()
                    .limit(WEAKNESSES_SHOWN)
                    .forEach(it -> drivers.put(key(it.unit()), it.rankCorrelation()));
            uncertainty.put("drivers", drivers);
            one.put("uncertainty", uncertainty);
        }
        return one;
    }

    private void figures(ServiceAvailability service, Renewal renewal, Map<String, Object> one) {
        one.put("unavailability", renewal.unavailability());
        one.put("availability", renewal.availability());
        one.put("downtimeMinutesPerYear", service.downtimeMinutesPerYear());
        one.put("failuresPerHour", renewal.failuresPerHour());
        if (renewal.failuresPerHour() > 0) {
            one.put("meanTimeBetweenFailuresHours", renewal.meanTimeBetweenFailuresHours());
            one.put("meanUpTimeHours", renewal.meanUpTimeHours());
            one.put("meanDownTimeHours", renewal.meanDownTimeHours());
        }
        one.put("bsiClass", BsiClass.rate(renewal.unavailability()).grade());
        one.put("assumedShare", service.assumedShare());
        one.put("singlePoints", service.singlePoints().stream().map(this::key).toList());
        one.put("cutSets", Counts.json(Counts.total(service.cutSetsByOrder())));
        one.put("cutSetsByOrder", Counts.fromOrderOne(service.cutSetsByOrder()));
        List<Map<String, Object>> sets = new ArrayList<>();
        for (CutSet set : service.cutSets()) {
            Map<String, Object> it = new LinkedHashMap<>();
            it.put("probability", set.probability());
            it.put("units", Arrays.stream(set.events()).mapToObj(this::key).toList());
            sets.add(it);
        }
        one.put("mostProbable", sets);
        List<Map<String, Object>> weak = new ArrayList<>();
        for (Weakness it : service.weaknesses()) {
            weak.add(weakness(it));
        }
        one.put("importance", weak);
    }

    private Map<String, Object> weakness(Weakness it) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("unit", key(it.unit()));
        one.put("birnbaum", it.importance().birnbaum());
        one.put("criticality", it.importance().criticality());
        one.put("fussellVesely", it.importance().fussellVesely());
        one.put("riskAchievementWorth", it.importance().riskAchievementWorth());
        double reduction = it.importance().riskReductionWorth();
        if (!Double.isInfinite(reduction)) {
            one.put("riskReductionWorth", reduction);
        }
        one.put("barlowProschan", it.initiates());
        one.put("downtimeHoursPerYear", it.downtimeHoursPerYear());
        return one;
    }

    private String key(int unit) {
        return report.units().get(unit).key();
    }
}
