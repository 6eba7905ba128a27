package org.standfest.analysis.faulttree;

import org.standfest.analysis.faulttree.formula.Formula;
import org.standfest.analysis.faulttree.internal.Blocks;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Solves structure functions exactly: simplifies, finds modules, and races several orders of the
 * variables for each module's decision diagram. Safe for any thread.
 */
public final class Solver {

    private final SolveLimits limits;
    private final InstantSource clock;
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
     * watcher cancels; {@link CutSetBounds} then still gives bounds.
     */
    public Outcome<StructureFunction> solve(Formula formula, int literal, Watcher watcher) {
        Instant end = clock.instant().plus(limits.time());
        BooleanSupplier stop = () -> watcher.cancelled() || clock.instant().isAfter(end);
        Optional<Blocks> blocks =
                Blocks.solve(
                        formula,
                        literal,
                        limits.nodesMax(),
                        limits.threads(),
                        stop,
                        watcher::progress);
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
}
