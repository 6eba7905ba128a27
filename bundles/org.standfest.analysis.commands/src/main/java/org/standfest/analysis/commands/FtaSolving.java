package org.standfest.analysis.commands;

import org.standfest.analysis.availability.SampledEstimate;
import org.standfest.analysis.faulttree.CutSet;
import org.standfest.analysis.faulttree.CutSets;
import org.standfest.analysis.faulttree.Enclosing;
import org.standfest.analysis.faulttree.FaultTree;
import org.standfest.analysis.faulttree.SolveLimits;
import org.standfest.analysis.faulttree.Solver;
import org.standfest.analysis.faulttree.StructureFunction;
import org.standfest.analysis.faulttree.Watcher;
import org.standfest.analysis.simulation.Aim;
import org.standfest.command.Invocation;
import org.standfest.results.Outcome;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Solves the tops of a fault tree; what is beyond the limits, or cancelled, gets bounds with
 * guarantee and, if asked, an estimate. One thread.
 */
final class FtaSolving {

    private static final Duration TIME_FOR_BOUNDS = Duration.ofSeconds(60);
    private static final Duration TIME_WHEN_CANCELLED = Duration.ofSeconds(3);
    private static final Duration TIME_FOR_SAMPLES = Duration.ofSeconds(20);
    private static final double WIDTH_WANTED = 0.01;

    private final Invocation call;
    private final FaultTree tree;
    private final SolveLimits limits;
    private final int listed;
    private final Optional<Long> seed;
    private final InstantSource clock;
    private final Watcher watcher;

    FtaSolving(
            Invocation call,
            FaultTree tree,
            SolveLimits limits,
            int listed,
            Optional<Long> seed,
            InstantSource clock,
            Watcher watcher) {
        this.call = call;
        this.tree = tree;
        this.limits = limits;
        this.listed = listed;
        this.seed = seed;
        this.clock = clock;
        this.watcher = watcher;
    }

    /** What is to be told of a top; the key "problem" says why it is not exact. */
    Map<String, Object> answer(String top) {
        Outcome<StructureFunction> solved =
                new Solver(limits, clock).solve(tree.formula(), tree.literal(top), watcher);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("name", top);
        if (solved instanceof Outcome.Done<StructureFunction>(StructureFunction function)) {
            describe(function, answer);
        } else {
            enclose(top, answer);
            solved.problem().ifPresent(it -> answer.put("problem", it.inFull(call.locale())));
        }
        return answer;
    }

    private void describe(StructureFunction function, Map<String, Object> answer) {
        double[] p = tree.probabilities();
        answer.put("probability", function.probability(p).value());
        Optional<CutSets> cutSets = function.cutSets(watcher);
        if (cutSets.isEmpty()) {
            return;
        }
        List<BigInteger> byOrder = cutSets.get().byOrder();
        answer.put("cutSets", Counts.json(Counts.total(byOrder)));
        answer.put("cutSetsByOrder", Counts.fromOrderOne(byOrder));
        if (listed > 0) {
            answer.put(
                    "mostProbable",
                    cutSets.get().mostProbable(listed, p).stream().map(this::cutSet).toList());
        }
    }

    private Map<String, Object> cutSet(CutSet set) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("probability", set.probability());
        result.put("events", Arrays.stream(set.events()).mapToObj(tree.events()::get).toList());
        return result;
    }

    /** Who cancelled still gets what can be said within three seconds. */
    private void enclose(String top, Map<String, Object> answer) {
        boolean cancelled = watcher.cancelled();
        Duration usual =
                limits.time().compareTo(TIME_FOR_BOUNDS) < 0 ? limits.time() : TIME_FOR_BOUNDS;
        Duration time = cancelled ? TIME_WHEN_CANCELLED : usual;
        Instant last = clock.instant().plus(usual).plus(TIME_WHEN_CANCELLED);
        Watcher patient = cancelled ? Watcher.patient() : watcher;
        Enclosing enclosing =
                new Solver(limits.within(time), clock)
                        .enclose(
                                tree.formula(),
                                tree.literal(top),
                                tree.probabilities(),
                                WIDTH_WANTED,
                                () -> patient.cancelled() || clock.instant().isAfter(last));
        answer.put("exact", false);
        answer.put("lower", enclosing.bounds().lower());
        answer.put("upper", enclosing.bounds().upper());
        if (!watcher.cancelled()) {
            seed.flatMap(it -> estimate(enclosing, it)).ifPresent(it -> answer.put("estimate", it));
        }
    }

    private Optional<SampledEstimate> estimate(Enclosing enclosing, long number) {
        Instant end = clock.instant().plus(TIME_FOR_SAMPLES);
        Aim usual = Aim.ONE_PERCENT;
        Aim aim =
                new Aim(
                        usual.confidence(),
                        usual.relativeHalfWidth(),
                        usual.mostSamples(),
                        () -> watcher.cancelled() || clock.instant().isAfter(end));
        return SampledEstimate.between(enclosing, number, aim);
    }
}
