package org.standfest.analysis.faulttree;

import org.standfest.analysis.faulttree.formula.Formula;
import org.standfest.analysis.faulttree.internal.Blocks;
import org.standfest.analysis.faulttree.internal.Enclosure;
import org.standfest.analysis.faulttree.internal.KnownParts;
import org.standfest.analysis.faulttree.internal.Race;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Solves structure functions exactly: simplifies, finds modules, and races several orders of the
 * variables for each module's decision diagram. Structures that one solver solves share what is
 * made alike in them. Safe for any thread.
 */
public final class Solver {

    /** About 15 MB, whatever an exact solution may cost. */
    private static final int NODES_FOR_BOUNDS = 600_000;

    private final SolveLimits limits;
    private final InstantSource clock;
    private final KnownParts known = new KnownParts();
    private final Catalog catalog = Catalog.beside(Solver.class);

    /**
     * @param limits what a solution may cost
     * @param clock measures the time limit
     */
    public Solver(SolveLimits limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Solves what a literal of a formula stands for. Fails when the limits are reached or the
     * watcher cancels; {@link #bound} then still gives bounds, and {@link CutSetBounds} for many
     * structures together.
     */
    public Outcome<StructureFunction> solve(Formula formula, int literal, Watcher watcher) {
        Instant end = clock.instant().plus(limits.time());
        BooleanSupplier stop = () -> watcher.cancelled() || clock.instant().isAfter(end);
        Race race = new Race(limits.nodesMax(), limits.threads(), stop, known);
        Optional<Blocks> blocks = Blocks.solve(formula, literal, race, watcher::progress);
        if (blocks.isPresent()) {
            return Outcome.done(new StructureFunction(blocks.get(), limits));
        }
        if (watcher.cancelled()) {
            return Outcome.failed(catalog.explain("solve.cancelled"));
        }
        return clock.instant().isAfter(end)
                ? Outcome.failed(catalog.explain("solve.time", limits.time().toSeconds()))
                : Outcome.failed(catalog.explain("solve.nodes", limits.nodesMax()));
    }

    /**
     * Bounds with guarantee for what is too entangled for {@link #solve}: decision diagrams of
     * functions that are true less often and more often than the given one, made finer until the
     * bounds are close enough or the time is over. Each rounding replaces what is reached with the
     * least probability by a constant. Guaranteed but for the rounding of the arithmetic; useful
     * for structures with few negations only.
     *
     * @param probabilities by index of the event, 0 to 1, independent of each other
     * @param width how far the bounds may lie apart, relative to the upper one; above 0
     */
    public Bounds bound(
            Formula formula, int literal, double[] probabilities, double width, Watcher watcher) {
        return enclose(formula, literal, probabilities, width, watcher).bounds();
    }

    /** As {@link #bound}, and from the same diagrams what random samples need. */
    public Enclosing enclose(
            Formula formula, int literal, double[] probabilities, double width, Watcher watcher) {
        Instant end = clock.instant().plus(limits.time());
        BooleanSupplier stop = () -> watcher.cancelled() || clock.instant().isAfter(end);
        return new Enclosing(
                new Enclosure(Math.max(limits.nodesMax(), NODES_FOR_BOUNDS), width, stop)
                        .of(formula, literal, probabilities));
    }
}
