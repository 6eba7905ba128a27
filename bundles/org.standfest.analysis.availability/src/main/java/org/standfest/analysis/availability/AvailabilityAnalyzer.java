package org.standfest.analysis.availability;

import org.standfest.analysis.availability.CompiledTopology.Goal;
import org.standfest.analysis.faulttree.Bounds;
import org.standfest.analysis.faulttree.CutSet;
import org.standfest.analysis.faulttree.Enclosing;
import org.standfest.analysis.faulttree.SolveLimits;
import org.standfest.analysis.faulttree.Solver;
import org.standfest.analysis.faulttree.StructureFunction;
import org.standfest.analysis.faulttree.Watcher;
import org.standfest.analysis.faulttree.formula.Formula;
import org.standfest.analysis.simulation.Aim;
import org.standfest.results.Finding;
import org.standfest.results.Severity;
import org.standfest.topology.Topology;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Analyses a topology, and analyses it again after an edit: structures that did not change are not
 * solved again, and services whose structure and figures did not change keep their result. One
 * thread at a time; the topology must not change meanwhile.
 */
public final class AvailabilityAnalyzer {

    private static final int FORMULA_SIZE_MAX = 4_000_000;
    private static final Duration TIME_FOR_BOUNDS = Duration.ofSeconds(30);
    private static final double WIDTH_WANTED = 0.001;
    private static final long SAMPLES_MAX = 1_000_000;

    private final Assumptions assumptions;
    private final int cutSetsListed;
    private final InstantSource clock;
    private final SolveLimits limits;
    private TopologyCompiler compiler = new TopologyCompiler();
    private final SolvedStructures solved;
    private final Map<Goal, Result> results = new HashMap<>();
    private final Map<Goal, Enclosing> enclosings = new HashMap<>();
    private Formula formula = new Formula();
    private boolean settled = true;
    private final GroupChains chains = new GroupChains();
    private List<TakeoverResult> lastTakeovers = List.of();
    private Optional<CompiledTopology> last = Optional.empty();

    /** A result and the figures that it was made with. */
    private record Result(ServiceAvailability availability, int[] events, double[] figures) {}

    /**
     * @param assumptions what is taken for granted
     * @param cutSetsListed how many cut sets of each service are listed, 0 for none
     * @param limits for the solution of one service
     * @param clock measures the time limit
     */
    public AvailabilityAnalyzer(
            Assumptions assumptions, int cutSetsListed, SolveLimits limits, InstantSource clock) {
        this.assumptions = assumptions;
        this.cutSetsListed = cutSetsListed;
        this.limits = limits;
        this.clock = clock;
        solved = new SolvedStructures(new Solver(limits, clock));
    }

    /**
     * Analyses.
     *
     * @param watcher told after each service; when it cancels, the report has what was done
     */
    public AvailabilityReport analyse(Topology topology, Watcher watcher) {
        if (compiler.size() > FORMULA_SIZE_MAX) {
            compiler = new TopologyCompiler();
            solved.clear();
            results.clear();
            enclosings.clear();
        }
        CompiledTopology compiled = compiler.compile(topology, assumptions);
        last = Optional.of(compiled);
        Run run = new Run(compiled, watcher);
        return run.report();
    }

    /** One analysis. */
    private final class Run {
        private final CompiledTopology compiled;
        private final Watcher watcher;
        private final List<Finding> findings;
        private final double[] down;
        private final double[] up;
        private final double[] failures;
        private final List<Unit> units;
        private final ExactServices exactly;

        /** Takeovers that could not be settled: how unavailable they make at most. */
        private final Map<Integer, Double> loose = new HashMap<>();

        Run(CompiledTopology compiled, Watcher watcher) {
            this.compiled = compiled;
            this.watcher = watcher;
            findings = new ArrayList<>(compiled.findings());
            units = new ArrayList<>(compiled.units());
            down = units.stream().mapToDouble(Unit::unavailability).toArray();
            up = units.stream().mapToDouble(Unit::availability).toArray();
            failures = units.stream().mapToDouble(Unit::failuresPerHour).toArray();
            exactly = new ExactServices(units, down, up, failures, cutSetsListed, watcher);
        }

        AvailabilityReport report() {
            formula = compiled.formula();
            TakeoverFigures takeovers = new TakeoverFigures(down, up, failures, chains);
            for (Takeover takeover : compiled.takeovers()) {
                if (watcher.cancelled()) {
                    break;
                }
                int[] needs = Support.of(compiled.formula(), takeover.demand());
                Optional<StructureFunction> demand = solve(takeover.demand());
                if (demand.isPresent() && Arrays.stream(needs).noneMatch(loose::containsKey)) {
                    takeovers.settle(takeover, demand.get());
                } else {
                    loose.put(
                            takeover.unit(), takeover.unavailabilityAtMost(needs, down, failures));
                }
            }
            settleStates(takeovers);
            lastTakeovers = takeovers.results();
            settled = loose.isEmpty();
            units.replaceAll(it -> it.with(down[it.index()], up[it.index()], failures[it.index()]));
            List<ServiceAvailability> services = new ArrayList<>();
            Map<Goal, Result> kept = new HashMap<>();
            int done = 0;
            for (Goal goal : compiled.services()) {
                if (watcher.cancelled()) {
                    break;
                }
                Result result = result(goal);
                if (watcher.cancelled() && result.availability().bounds().width() == 1) {
                    break;
                }
                if (!watcher.cancelled()) {
                    // What a cancel cut short is shown, but not kept.
                    kept.put(goal, result);
                }
                services.add(result.availability());
                watcher.progress(++done, compiled.services().size());
            }
            tellWhatIsNotExact(done);
            boolean complete = done == compiled.services().size();
            if (complete && !watcher.cancelled()) {
                results.clear();
                enclosings.keySet().retainAll(kept.keySet());
            }
            results.putAll(kept);
            return new AvailabilityReport(units, services, findings, complete);
        }

        /** Groups that are no modules: beyond the limits they count from never to always. */
        private void settleStates(TakeoverFigures takeovers) {
            StateFigures figures = new StateFigures(down, up, failures, takeovers);
            Map<Integer, Takeover> byUnit = new HashMap<>();
            compiled.takeovers().forEach(it -> byUnit.put(it.unit(), it));
            for (GroupState state : compiled.states()) {
                Optional<StructureFunction> tooMany = solve(state.tooMany());
                Optional<StructureFunction> either = solve(state.either());
                boolean settled =
                        !loose.containsKey(state.takeover())
                                && tooMany.isPresent()
                                && either.isPresent()
                                && Arrays.stream(either.get().events())
                                        .noneMatch(loose::containsKey);
                if (watcher.cancelled() || !settled) {
                    loose.put(state.unit(), 1.0);
                } else {
                    figures.settle(
                            state, byUnit.get(state.takeover()), tooMany.get(), either.get());
                }
            }
        }

        private Optional<StructureFunction> solve(int literal) {
            return solved.solve(compiled.formula(), literal, watcher);
        }

        /** Said in every analysis that rests on it, not only in the one that tried to solve it. */
        private void tellWhatIsNotExact(int done) {
            Stream.concat(
                            compiled.takeovers().stream().map(Takeover::demand),
                            compiled.services().stream().limit(done).map(Goal::down))
                    .distinct()
                    .flatMap(literal -> solved.why(literal).stream())
                    .map(why -> new Finding(Severity.WARNING, "", "", why))
                    .forEach(findings::add);
        }

        private Result result(Goal goal) {
            Result before = results.get(goal);
            if (before != null && Arrays.equals(before.figures, figures(before.events))) {
                return before;
            }
            Optional<StructureFunction> structure = solve(goal.down());
            int[] events =
                    structure
                            .map(StructureFunction::events)
                            .orElseGet(() -> Support.of(compiled.formula(), goal.down()));
            ServiceAvailability availability =
                    structure
                            .map(
                                    it ->
                                            Arrays.stream(events).anyMatch(loose::containsKey)
                                                    ? between(goal, it)
                                                    : exactly.of(goal, it))
                            .orElseGet(() -> bounded(goal, events));
            return new Result(availability, events, figures(events));
        }

        /** Two numbers for each unit that matters: what a result depends on. */
        private double[] figures(int[] events) {
            double[] figures = new double[2 * events.length];
            for (int i = 0; i < events.length; i++) {
                figures[2 * i] = down[events[i]] + loose.getOrDefault(events[i], 0.0);
                figures[2 * i + 1] = failures[events[i]];
            }
            return figures;
        }

        /** Beyond the limits: bounds with guarantee, as close as the time allows. */
        private ServiceAvailability bounded(Goal goal, int[] events) {
            Enclosing least = enclose(goal, down);
            enclosings.put(goal, least);
            if (Arrays.stream(events).noneMatch(loose::containsKey)) {
                return within(goal, least.bounds());
            }
            enclosings.remove(goal);
            double upper = enclose(goal, worst()).bounds().upper();
            return within(goal, new Bounds(least.bounds().lower(), upper));
        }

        private Enclosing enclose(Goal goal, double[] unavailabilities) {
            Duration time =
                    limits.time().compareTo(TIME_FOR_BOUNDS) < 0 ? limits.time() : TIME_FOR_BOUNDS;
            return new Solver(limits.within(time), clock)
                    .enclose(
                            compiled.formula(),
                            goal.down(),
                            unavailabilities,
                            WIDTH_WANTED,
                            watcher::cancelled);
        }

        /** The structure is solved, but not how often its takeovers are needed. */
        private ServiceAvailability between(Goal goal, StructureFunction structure) {
            double lower = structure.probability(down).value();
            return within(goal, new Bounds(lower, structure.probability(worst()).value()));
        }

        private double[] worst() {
            double[] worst = down.clone();
            loose.forEach((unit, most) -> worst[unit] = Math.max(worst[unit], most));
            return worst;
        }

        private static ServiceAvailability within(Goal goal, Bounds bounds) {
            return new ServiceAvailability(
                    goal, Optional.empty(), bounds, List.of(), List.of(), List.of(), List.of(), 0);
        }
    }

    /**
     * The most probable cut sets of a service of the last report of this analyzer; empty when the
     * structure was beyond the limits.
     *
     * @param most how many at most
     */
    public List<CutSet> cutSets(AvailabilityReport report, Goal goal, int most, Watcher watcher) {
        double[] down = report.units().stream().mapToDouble(Unit::unavailability).toArray();
        return solved.find(goal.down())
                .flatMap(it -> it.cutSets(watcher))
                .map(it -> it.mostProbable(most, down))
                .orElse(List.of());
    }

    /** The groups of the last analysis that wait, switch or queue. */
    public List<TakeoverResult> takeovers() {
        return lastTakeovers;
    }

    /**
     * Where the probability lies that at least one service is down where it runs: from the cut sets
     * of all services of the last report of this analyzer. A second for a thousand services.
     */
    public Bounds anyServiceDown(AvailabilityReport report, Watcher watcher) {
        List<ServiceAvailability> home =
                report.services().stream().filter(it -> it.goal().siteId().isEmpty()).toList();
        return platform(report, watcher).any(home);
    }

    /** For questions to many services of the last report of this analyzer. */
    Platform platform(AvailabilityReport report, Watcher watcher) {
        double[] down = report.units().stream().mapToDouble(Unit::unavailability).toArray();
        return new Platform(
                formula, down, goal -> solved.find(goal.down()), settled, limits, clock, watcher);
    }

    /**
     * An estimate of what is beyond the limits, for a service of the last report of this analyzer:
     * conditional Monte Carlo between its bounds, with an interval of 99 % confidence.
     *
     * @param seed the same seed gives the same estimate
     * @return nothing for a service with an exact result, or where no bounds were found
     */
    public Optional<SampledEstimate> estimate(Goal goal, long seed, Watcher watcher) {
        Aim usual = Aim.ONE_PERCENT;
        Aim aim =
                new Aim(
                        usual.confidence(),
                        usual.relativeHalfWidth(),
                        SAMPLES_MAX,
                        watcher::cancelled);
        return Optional.ofNullable(enclosings.get(goal))
                .flatMap(it -> SampledEstimate.between(it, seed, aim));
    }

    /**
     * The unavailability of every service of the last report of this analyzer if some units were
     * always down, or always up: conditioning, without solving anything again.
     *
     * @param fixed index of a unit, and its unavailability from now on, 0 to 1
     */
    public Map<Goal, Double> whatIf(AvailabilityReport report, Map<Integer, Double> fixed) {
        double[] down = report.units().stream().mapToDouble(Unit::unavailability).toArray();
        double[] up = report.units().stream().mapToDouble(Unit::availability).toArray();
        fixed.forEach(
                (unit, unavailability) -> {
                    down[unit] = unavailability;
                    up[unit] = 1 - unavailability;
                });
        Map<Goal, Double> result = new HashMap<>();
        for (ServiceAvailability service : report.services()) {
            solved.find(service.goal().down())
                    .ifPresent(it -> result.put(service.goal(), it.probability(down, up).value()));
        }
        return result;
    }

    /**
     * How far results can be trusted when the data scatter as their confidence says. For services
     * of the last report of this analyzer; those whose structure was beyond the limits have none.
     *
     * @param draws 20 or more; a thousand give a band that is good to a few per cent
     * @param seed the same seed gives the same bands
     * @param watcher may cancel: then the bands have the draws made until then
     */
    public Map<Goal, UncertaintyBand> uncertainty(
            AvailabilityReport report, int draws, long seed, Watcher watcher) {
        if (last.isEmpty()) {
            return Map.of();
        }
        Scatter scatter = new Scatter(last.get(), literal -> solved.find(literal).orElse(null));
        List<Goal> goals = report.services().stream().map(ServiceAvailability::goal).toList();
        return scatter.bands(goals, draws, seed, watcher);
    }

    /**
     * The services of the last analysis whose results are somewhat worse than they should be,
     * because a group of several that they share machines with counts as down as a whole.
     */
    Set<Goal> atMost() {
        return last.map(CompiledTopology::atMost).orElse(Set.of());
    }

    /**
     * What happens to every service while a unit is down: all N-1 at once from Birnbaum's measure,
     * P(f | down) = P + (1 - p)·dP/dp. For several units {@link Losses} answers at once.
     *
     * @return for each service of the report that the unit matters to, its unavailability meanwhile
     */
    public static Map<Goal, Double> during(AvailabilityReport report, int unit) {
        Map<Goal, Double> result = new HashMap<>();
        for (Losses.Loss loss : Losses.of(report).whileDown(unit)) {
            result.put(loss.service().goal(), loss.unavailability());
        }
        return result;
    }
}
