package org.standfest.analysis.reports;

import org.eclipse.emf.ecore.EObject;
import org.standfest.analysis.availability.AnalysisResult;
import org.standfest.analysis.availability.ServiceAvailability;
import org.standfest.analysis.licences.LicenceModels;
import org.standfest.topology.Component;
import org.standfest.topology.Dependency;
import org.standfest.topology.Element;
import org.standfest.topology.Hardware;
import org.standfest.topology.LicenceKind;
import org.standfest.topology.Protection;
import org.standfest.topology.Service;
import org.standfest.topology.Spare;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.Topology;
import org.standfest.topology.Workload;
import org.standfest.topology.edit.ElementWords;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * Two variants of one topology side by side, figure by figure: what stands there, what it draws,
 * which licences it needs, how soon protections bring systems back and how much they lose, how
 * available each service is. The model knows no prices: machines, power and licences stand for
 * cost. Reads only; one thread.
 */
public final class VariantFigures {

    /** Which of a system's protections takes over: both its figures are that one's. */
    private static final Comparator<Protection> TAKES_OVER =
            Comparator.comparingInt(Protection::getTakeoverSeconds)
                    .thenComparingInt(VariantFigures::lossSeconds);

    /** What a figure says about the second variant. */
    public enum Verdict {
        /** The same figure. */
        SAME,
        /** The second is better. */
        BETTER,
        /** The second is worse. */
        WORSE,
        /** Another figure, which is neither. */
        OTHER
    }

    /**
     * One figure.
     *
     * @param name what is compared
     * @param before in the first variant; empty where it does not exist there
     * @param after in the second
     * @param verdict what that means
     */
    public record Row(String name, String before, String after, Verdict verdict) {}

    /** A figure before it is put into words; {@code null} where it does not exist. */
    private record Pair(Double before, Double after) {}

    private final Topology before;
    private final Topology after;
    private final FigureText figures;
    private final ElementWords words;
    private final List<Row> rows = new ArrayList<>();

    private VariantFigures(Topology before, Topology after, Locale locale) {
        this.before = before;
        this.after = after;
        this.figures = new FigureText(locale);
        this.words = new ElementWords(locale);
    }

    /**
     * Compares.
     *
     * @param before the first variant
     * @param after the second
     * @param first what was calculated of the first; empty where it was not
     * @param second what was calculated of the second; empty where it was not
     */
    public static List<Row> of(
            Topology before,
            Topology after,
            Optional<AnalysisResult> first,
            Optional<AnalysisResult> second,
            Locale locale) {
        VariantFigures compared = new VariantFigures(before, after, locale);
        compared.elements();
        compared.power();
        compared.licences();
        compared.objectives();
        compared.availability(first, second);
        return List.copyOf(compared.rows);
    }

    private void add(String name, Pair pair, boolean lessIsBetter, Words said) {
        String one = pair.before == null ? "" : said.of(pair.before);
        String other = pair.after == null ? "" : said.of(pair.after);
        rows.add(new Row(name, one, other, verdict(pair, lessIsBetter)));
    }

    /** How a figure is written. */
    private interface Words {
        String of(double value);
    }

    private static Verdict verdict(Pair pair, boolean lessIsBetter) {
        if (pair.before == null || pair.after == null) {
            return Verdict.OTHER;
        }
        int order = Double.compare(pair.before, pair.after);
        if (order == 0) {
            return Verdict.SAME;
        }
        return order > 0 == lessIsBetter ? Verdict.BETTER : Verdict.WORSE;
    }

    private void elements() {
        Map<String, int[]> counts = new TreeMap<>();
        count(before, 0, counts);
        count(after, 1, counts);
        counts.forEach(
                (type, count) ->
                        rows.add(
                                new Row(
                                        type,
                                        figures.number(count[0]),
                                        figures.number(count[1]),
                                        count[0] == count[1] ? Verdict.SAME : Verdict.OTHER)));
    }

    /** Parts of machines and catalogues are not what people compare. */
    private void count(Topology topology, int side, Map<String, int[]> counts) {
        for (EObject each : topology.eContents()) {
            if (each instanceof Element element) {
                counts.computeIfAbsent(words.type(element.eClass()), _ -> new int[2])[side]++;
            }
        }
        topology.getSites().stream()
                .flatMap(site -> site.eContents().stream())
                .filter(Element.class::isInstance)
                .forEach(
                        it ->
                                counts.computeIfAbsent(words.type(it.eClass()), _ -> new int[2])[
                                        side]++);
    }

    private void power() {
        add(
                figures.text("variant.power"),
                new Pair(watts(before), watts(after)),
                true,
                it -> figures.number(it) + "\u00a0W");
    }

    private static double watts(Topology topology) {
        double watts = 0;
        for (Iterator<EObject> all = topology.eAllContents(); all.hasNext(); ) {
            EObject each = all.next();
            if (each instanceof Hardware hardware && !(each instanceof Spare)) {
                watts += hardware.getPowerWatts();
            }
        }
        return watts;
    }

    private void licences() {
        Map<LicenceKind, Integer> one = needed(before);
        Map<LicenceKind, Integer> other = needed(after);
        for (LicenceKind kind : LicenceKind.values()) {
            int first = one.getOrDefault(kind, 0);
            int second = other.getOrDefault(kind, 0);
            if (first + second > 0) {
                add(
                        figures.text("variant.licences", words.literal(kind)),
                        new Pair((double) first, (double) second),
                        true,
                        figures::number);
            }
        }
    }

    private static Map<LicenceKind, Integer> needed(Topology topology) {
        return LicenceModels.builtIn().of(topology).map(it -> it.needed(topology)).orElse(Map.of());
    }

    /** The quickest protection of the slowest system, and the loss of the worst one. */
    private void objectives() {
        for (String service : services()) {
            Pair takeover = new Pair(rto(before, service), rto(after, service));
            if (takeover.before != null || takeover.after != null) {
                add(figures.text("variant.back", service), takeover, true, this::seconds);
                Pair loss = new Pair(rpo(before, service), rpo(after, service));
                add(figures.text("variant.loss", service), loss, true, this::seconds);
            }
        }
    }

    private String seconds(double seconds) {
        return Double.isInfinite(seconds)
                ? figures.text("variant.unprotected")
                : figures.minutes(seconds / 60);
    }

    private List<String> services() {
        Map<String, Boolean> names = new LinkedHashMap<>();
        before.getServices().forEach(it -> names.put(String.valueOf(it.getName()), true));
        after.getServices().forEach(it -> names.put(String.valueOf(it.getName()), true));
        return List.copyOf(names.keySet());
    }

    private static Optional<Service> service(Topology topology, String name) {
        return topology.getServices().stream()
                .filter(it -> name.equals(String.valueOf(it.getName())))
                .findFirst();
    }

    private static Double rto(Topology topology, String name) {
        return service(topology, name)
                .map(it -> worst(topology, it, Protection::getTakeoverSeconds))
                .orElse(null);
    }

    private static Double rpo(Topology topology, String name) {
        return service(topology, name)
                .map(it -> worst(topology, it, VariantFigures::lossSeconds))
                .orElse(null);
    }

    private static int lossSeconds(Protection protection) {
        return protection instanceof StandbyProtection standby ? standby.getIntervalSeconds() : 0;
    }

    private static Double worst(
            Topology topology, Service service, ToIntFunction<Protection> seconds) {
        double worst = Double.NEGATIVE_INFINITY;
        for (Dependency dependency : service.getDependencies()) {
            for (Component target : dependency.getTargets()) {
                if (target instanceof Workload workload) {
                    double best =
                            topology.getProtections().stream()
                                    .filter(it -> it.getWorkloads().contains(workload))
                                    .min(TAKES_OVER)
                                    .map(it -> (double) seconds.applyAsInt(it))
                                    .orElse(Double.POSITIVE_INFINITY);
                    worst = Math.max(worst, best);
                }
            }
        }
        return worst == Double.NEGATIVE_INFINITY ? null : worst;
    }

    private void availability(Optional<AnalysisResult> first, Optional<AnalysisResult> second) {
        for (String service : services()) {
            Double one = first.map(it -> down(it, service)).orElse(null);
            Double other = second.map(it -> down(it, service)).orElse(null);
            if (one != null || other != null) {
                add(
                        figures.text("variant.availability", service),
                        new Pair(one, other),
                        true,
                        figures::availability);
            }
        }
    }

    private static Double down(AnalysisResult result, String service) {
        return AnalysisDocument.worstFirst(result).stream()
                .filter(it -> it.goal().serviceName().equals(service))
                .map(ServiceAvailability::unavailability)
                .findFirst()
                .orElse(null);
    }
}
