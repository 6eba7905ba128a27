package org.standfest.analysis.commands;

import org.standfest.analysis.commands.BenchRow.Verdict;
import org.standfest.analysis.commands.Stopwatch.Times;
import org.standfest.analysis.faulttree.Bounds;
import org.standfest.analysis.faulttree.CutSet;
import org.standfest.analysis.faulttree.CutSetBounds;
import org.standfest.analysis.faulttree.CutSets;
import org.standfest.analysis.faulttree.FaultTree;
import org.standfest.analysis.faulttree.SolveLimits;
import org.standfest.analysis.faulttree.Solver;
import org.standfest.analysis.faulttree.Watcher;
import org.standfest.analysis.markov.Effort;
import org.standfest.analysis.markov.StateSpace;
import org.standfest.analysis.markov.SteadyState;
import org.standfest.analysis.simulation.Aim;
import org.standfest.analysis.simulation.CutSetSampling;
import org.standfest.analysis.simulation.Estimate;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Closed forms, the large chain, and what random samples promise. One thread, used once. */
final class OraclesBench {

    private static final double DIGITS = 1e-12;
    private static final int WORKSTATIONS = 128;
    private static final int STATES = 597_012;
    private static final double PREMIUM_LOW = 0.9979378910002062;
    private static final double PREMIUM_HIGH = 0.9979378911997938;
    private static final int SEEDS = 500;
    private static final int SEEDS_COVERED = 490;
    private static final double[] BRIDGE = {0.01, 0.02, 0.03, 0.04, 0.05};
    private static final int[][] BRIDGE_CUTS = {{0, 1}, {3, 4}, {0, 2, 4}, {1, 2, 3}};
    private static final double BRIDGE_DOWN = 0.002236284;
    private static final double RARE = 1e-9;
    private static final int SERVICES = 100;
    private static final int SETS_MAX = 300_000;
    private static final long SEED = 1;

    private final BenchCases cases;
    private final InstantSource clock;

    OraclesBench(BenchCases cases, InstantSource clock) {
        this.cases = cases;
        this.clock = clock;
    }

    BenchRow closedForms() {
        List<ClosedForms.Answer> answers =
                new ClosedForms(clock).compare(cases.lines("closed-forms.csv"));
        double worst = answers.stream().mapToDouble(ClosedForms.Answer::error).max().orElse(1);
        double least =
                answers.stream().mapToDouble(ClosedForms.Answer::unavailability).min().orElse(1);
        return new BenchRow(
                "closed forms",
                "U and frequency to 1e-12 relative, down to U = 1e-16",
                "",
                "%d forms down to U = %.1e, worst %.1e".formatted(answers.size(), least, worst),
                Verdict.of(worst <= DIGITS, true),
                Map.of("forms", answers.size(), "worst", worst));
    }

    BenchRow chain() {
        Stopwatch watch = new Stopwatch(clock);
        StateSpace<WorkstationCluster.State> space = new WorkstationCluster(WORKSTATIONS).explore();
        SteadyState steady = SteadyState.of(space.chain(), Effort.STANDARD);
        double premium = steady.of(space.where(state -> state.serves(WORKSTATIONS)));
        Times times = watch.read();
        boolean right =
                space.states().size() == STATES
                        && premium >= PREMIUM_LOW
                        && premium <= PREMIUM_HIGH;
        return new BenchRow(
                "Markov",
                "reference values; 597,012 states in 120 s",
                "60 s",
                "%,d states in %s, premium service %.13f (reference %.13f to %.13f)"
                        .formatted(
                                space.states().size(), times, premium, PREMIUM_LOW, PREMIUM_HIGH),
                Verdict.of(right && times.processor() <= 120, times.processor() <= 60),
                Map.of("seconds", times.wall(), "processorSeconds", times.processor()));
    }

    BenchRow coverage() {
        CutSetSampling sampling = new CutSetSampling(BRIDGE, BRIDGE_CUTS);
        Aim aim = new Aim(0.99, 0.005, 200_000, () -> false);
        int covered = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            covered += sampling.estimate(seed, aim).covers(BRIDGE_DOWN) ? 1 : 0;
        }
        return new BenchRow(
                "simulation: coverage",
                "99 % interval covers the exact value in at least 98 % of 500 seeds",
                "",
                covered + " of " + SEEDS,
                Verdict.of(covered >= SEEDS_COVERED, true),
                Map.of("covered", covered));
    }

    /** Any of a hundred services, every figure so much better that it is down 1e-9 of the time. */
    BenchRow rare() {
        FaultTree tree = cases.tree("ha/ha_1k");
        double[] p = tree.probabilities();
        scale(tree, p);
        Stopwatch watch = new Stopwatch(clock);
        CutSetBounds bounds = new CutSetBounds(p);
        Set<CutSet> sets = new TreeSet<>((a, b) -> Arrays.compare(a.events(), b.events()));
        double omitted = 0;
        for (CutSets one : cutSets(tree)) {
            bounds.add(one);
            List<CutSet> listed = one.mostProbable(SETS_MAX / SERVICES, p);
            double sum = listed.stream().mapToDouble(CutSet::probability).sum();
            omitted += Math.max(0, one.sumOfProbabilities(p) - sum);
            sets.addAll(listed);
        }
        int[][] events = sets.stream().map(CutSet::events).toArray(int[][]::new);
        Estimate estimate = new CutSetSampling(p, events).estimate(SEED, Aim.ONE_PERCENT);
        Times times = watch.read();
        Bounds exact = bounds.any();
        boolean right =
                estimate.high() + omitted >= exact.lower() && estimate.low() <= exact.upper();
        return new BenchRow(
                "simulation: rare event",
                "",
                "1 % half-width at U = 1e-9 in 10 s",
                "any of 100 services: %.4e, half width %.2f %% in %s; guaranteed %.4e to %.4e"
                        .formatted(
                                estimate.value(),
                                100 * estimate.relativeHalfWidth(),
                                times,
                                exact.lower(),
                                exact.upper()),
                Verdict.of(right, estimate.finished() && times.processor() <= 10),
                Map.of("seconds", times.wall(), "seed", SEED));
    }

    private List<CutSets> cutSets(FaultTree tree) {
        Solver solver = new Solver(SolveLimits.STANDARD, clock);
        List<CutSets> all = new ArrayList<>();
        for (int i = 0; i < SERVICES; i++) {
            solver.solve(tree.formula(), tree.literal("svc" + i), Watcher.patient())
                    .orThrow()
                    .cutSets(Watcher.patient())
                    .ifPresent(all::add);
        }
        return all;
    }

    /** Divides until the sum of all cut sets is about what is wanted. */
    private void scale(FaultTree tree, double[] p) {
        double[] given = tree.probabilities();
        List<CutSets> all = cutSets(tree);
        double low = 1e-9;
        double high = 1;
        for (int step = 0; step < 40; step++) {
            double factor = Math.sqrt(low * high);
            for (int i = 0; i < p.length; i++) {
                p[i] = given[i] * factor;
            }
            double sum = all.stream().mapToDouble(it -> it.sumOfProbabilities(p)).max().orElse(0);
            if (sum > RARE) {
                high = factor;
            } else {
                low = factor;
            }
        }
    }
}
