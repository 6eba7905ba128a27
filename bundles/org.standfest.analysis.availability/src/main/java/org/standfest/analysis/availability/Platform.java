package org.standfest.analysis.availability;

import org.standfest.analysis.availability.CompiledTopology.Goal;
import org.standfest.analysis.availability.PlatformResult.Question;
import org.standfest.analysis.faulttree.Bounds;
import org.standfest.analysis.faulttree.CutSet;
import org.standfest.analysis.faulttree.CutSetBounds;
import org.standfest.analysis.faulttree.CutSets;
import org.standfest.analysis.faulttree.Enclosing;
import org.standfest.analysis.faulttree.SolveLimits;
import org.standfest.analysis.faulttree.Solver;
import org.standfest.analysis.faulttree.StructureFunction;
import org.standfest.analysis.faulttree.Watcher;
import org.standfest.analysis.faulttree.formula.Formula;
import org.standfest.analysis.simulation.Aim;
import org.standfest.analysis.simulation.CutSetSampling;
import org.standfest.analysis.simulation.Estimate;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Questions to many services together: exact where the diagram stays small, otherwise bounds with
 * guarantee, and an estimate if asked. One thread.
 */
final class Platform {

    private static final int NODES_TRIED = 100_000;
    private static final Duration TIME_TRIED = Duration.ofSeconds(2);
    private static final Duration TIME_FOR_BOUNDS = Duration.ofSeconds(10);
    private static final Duration TIME_FOR_SAMPLES = Duration.ofSeconds(20);
    private static final int SETS_DRAWN_MAX = 300_000;
    private static final double OMITTED_SHARE = 1e-4;
    private static final double WIDTH_WANTED = 0.001;
    private static final double WIDTH_ENOUGH = 0.05;

    private final Formula formula;
    private final double[] down;
    private final Function<Goal, Optional<StructureFunction>> structures;
    private final boolean settled;
    private final SolveLimits limits;
    private final InstantSource clock;
    private final Watcher watcher;

    /**
     * @param down unavailability of each unit
     * @param settled false: some of these are not known, only the bounds of services hold
     * @param structures the solved structure of a service; nothing where it was beyond the limits
     */
    Platform(
            Formula formula,
            double[] down,
            Function<Goal, Optional<StructureFunction>> structures,
            boolean settled,
            SolveLimits limits,
            InstantSource clock,
            Watcher watcher) {
        this.settled = settled;
        this.formula = formula;
        this.down = down.clone();
        this.structures = structures;
        this.limits = limits;
        this.clock = clock;
        this.watcher = watcher;
    }

    /**
     * Answers one question.
     *
     * @param services those that it is about, at least one
     * @param seed of random samples; nothing: none are drawn
     */
    PlatformResult answer(
            Question question,
            String siteName,
            int atLeast,
            List<ServiceAvailability> services,
            Optional<Long> seed) {
        if (!settled) {
            return new PlatformResult(
                    question,
                    siteName,
                    atLeast,
                    services.size(),
                    simple(atLeast, services),
                    Optional.empty());
        }
        int[] literals = services.stream().mapToInt(it -> it.goal().down()).toArray();
        int literal = formula.atLeast(atLeast, literals);
        Optional<Double> exact = exact(literal);
        if (exact.isPresent()) {
            Bounds one = new Bounds(exact.get(), exact.get());
            return new PlatformResult(
                    question, siteName, atLeast, services.size(), one, Optional.empty());
        }
        Bounds simple = simple(atLeast, services);
        Optional<Enclosing> enclosing =
                simple.width() > WIDTH_ENOUGH && !watcher.cancelled()
                        ? Optional.of(enclose(literal))
                        : Optional.empty();
        Bounds bounds = enclosing.map(it -> both(simple, it.bounds())).orElse(simple);
        Optional<SampledEstimate> estimate =
                seed.flatMap(it -> estimate(atLeast, services, enclosing, it));
        return new PlatformResult(question, siteName, atLeast, services.size(), bounds, estimate);
    }

    private Enclosing enclose(int literal) {
        return new Solver(limits.within(least(TIME_FOR_BOUNDS)), clock)
                .enclose(formula, literal, down, WIDTH_WANTED, watcher);
    }

    private Duration least(Duration wanted) {
        return wanted.compareTo(limits.time()) < 0 ? wanted : limits.time();
    }

    private Optional<Double> exact(int literal) {
        SolveLimits tried =
                new SolveLimits(
                        Math.min(NODES_TRIED, limits.nodesMax()),
                        least(TIME_TRIED),
                        limits.threads());
        return new Solver(tried, clock)
                .solve(formula, literal, watcher::cancelled)
                .result()
                .map(it -> it.probability(down).value());
    }

    /** From cut sets for one of many; for several the mean number of those down, over theirs. */
    private Bounds simple(int atLeast, List<ServiceAvailability> services) {
        Bounds any = any(services);
        if (atLeast == 1) {
            return any;
        }
        double sum = services.stream().mapToDouble(it -> it.bounds().upper()).sum();
        return new Bounds(0, Math.min(any.upper(), sum / atLeast));
    }

    /** That any is down: what could not be solved counts by its own bounds. */
    Bounds any(List<ServiceAvailability> services) {
        CutSetBounds sets = new CutSetBounds(down);
        double lower = 0;
        double upper = 0;
        for (ServiceAvailability service : services) {
            Optional<CutSets> cutSets = settled ? cutSets(service) : Optional.empty();
            cutSets.ifPresent(sets::add);
            lower = Math.max(lower, service.bounds().lower());
            upper += cutSets.isPresent() ? 0 : service.bounds().upper();
        }
        Bounds solved = sets.any();
        return new Bounds(Math.max(lower, solved.lower()), Math.min(1, upper + solved.upper()));
    }

    private Optional<CutSets> cutSets(ServiceAvailability service) {
        return structures
                .apply(service.goal())
                .filter(StructureFunction::isCoherent)
                .flatMap(it -> it.cutSets(watcher));
    }

    private static Bounds both(Bounds one, Bounds other) {
        return new Bounds(
                Math.max(one.lower(), other.lower()), Math.min(one.upper(), other.upper()));
    }

    private Optional<SampledEstimate> estimate(
            int atLeast,
            List<ServiceAvailability> services,
            Optional<Enclosing> enclosing,
            long seed) {
        if (watcher.cancelled()) {
            return Optional.empty();
        }
        if (services.stream().allMatch(it -> cutSets(it).isPresent())) {
            return Optional.of(fromCutSets(atLeast, services, seed));
        }
        return enclosing.flatMap(it -> SampledEstimate.between(it, seed, aim()));
    }

    private Aim aim() {
        Instant end = clock.instant().plus(TIME_FOR_SAMPLES);
        BooleanSupplier stop = () -> watcher.cancelled() || clock.instant().isAfter(end);
        return new Aim(
                Aim.ONE_PERCENT.confidence(),
                Aim.ONE_PERCENT.relativeHalfWidth(),
                Aim.ONE_PERCENT.mostSamples(),
                stop);
    }

    /** A cut set fails, and with it the services that it belongs to. */
    private SampledEstimate fromCutSets(
            int atLeast, List<ServiceAvailability> services, long seed) {
        Map<int[], List<Integer>> groups = new TreeMap<>(Arrays::compare);
        double omitted = 0;
        int each = SETS_DRAWN_MAX / services.size() + 1;
        for (int service = 0; service < services.size(); service++) {
            CutSets all = cutSets(services.get(service)).orElseThrow();
            double total = all.sumOfProbabilities(down);
            double listed = 0;
            var sets = all.byProbability(down);
            for (int i = 0;
                    sets.hasNext() && i < each && total - listed > OMITTED_SHARE * total;
                    i++) {
                CutSet next = sets.next();
                listed += next.probability();
                groups.computeIfAbsent(next.events(), _ -> new ArrayList<>()).add(service);
            }
            omitted += sets.hasNext() ? Math.max(0, total - listed) : 0;
        }
        if (groups.isEmpty()) {
            return new SampledEstimate(0, 0, omitted, aim().confidence(), 0, seed);
        }
        int[][] sets = groups.keySet().toArray(int[][]::new);
        int[][] owners =
                groups.values().stream()
                        .map(it -> it.stream().mapToInt(Integer::intValue).toArray())
                        .toArray(int[][]::new);
        Estimate estimate =
                new CutSetSampling(down, sets).estimateAtLeast(owners, atLeast, seed, aim());
        return SampledEstimate.of(estimate, omitted, new Bounds(0, 1), seed);
    }
}
