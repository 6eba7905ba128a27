package org.standfest.analysis.faulttree.internal;

import org.standfest.analysis.faulttree.internal.Orders.Kind;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * Finds the decision diagram of a part: several orders run against each other with a budget that
 * grows from round to round; the first to arrive ends the race. Safe for any thread.
 */
final class Race {

    private static final long FIRST_STEPS = 60_000;
    private static final long GROWTH = 6;
    private static final long STACK_BYTES = 512L << 20;
    private static final Kind[] KINDS = Kind.values();

    private final int nodesMax;
    private final int threads;
    private final BooleanSupplier cancelled;

    Race(int nodesMax, int threads, BooleanSupplier cancelled) {
        this.nodesMax = nodesMax;
        this.threads = threads;
        this.cancelled = cancelled;
    }

    /** A diagram and the order it was made with: leaves from the top level down. */
    record Winner(Diagram diagram, int[] order, Kind kind) {}

    /** The winner, or nothing when the limits or the caller ended the race. */
    Optional<Winner> run(Part part) {
        Orders orders = new Orders(part);
        Optional<Winner> quick =
                attempt(part, orders.order(KINDS[0]), KINDS[0], FIRST_STEPS, cancelled);
        if (quick.isPresent() || cancelled.getAsBoolean()) {
            return quick;
        }
        int[][] candidates = new int[KINDS.length][];
        for (int i = 0; i < KINDS.length; i++) {
            candidates[i] = orders.order(KINDS[i]);
        }
        for (long steps = FIRST_STEPS * GROWTH; steps < Long.MAX_VALUE / GROWTH; steps *= GROWTH) {
            Optional<Winner> winner = round(part, candidates, steps);
            if (winner.isPresent() || cancelled.getAsBoolean()) {
                return winner;
            }
            if (steps > 400L * nodesMax) {
                break;
            }
        }
        return Optional.empty();
    }

    private Optional<Winner> round(Part part, int[][] candidates, long steps) {
        AtomicInteger next = new AtomicInteger();
        AtomicReference<Winner> first = new AtomicReference<>();
        BooleanSupplier stop = () -> first.get() != null || cancelled.getAsBoolean();
        Runnable runner =
                () -> {
                    for (int i = next.getAndIncrement();
                            i < candidates.length;
                            i = next.getAndIncrement()) {
                        attempt(part, candidates[i], KINDS[i], steps, stop)
                                .ifPresent(it -> first.compareAndSet(null, it));
                        if (stop.getAsBoolean()) {
                            return;
                        }
                    }
                };
        runAll(runner, Math.min(threads, candidates.length));
        return Optional.ofNullable(first.get());
    }

    private static void runAll(Runnable runner, int threads) {
        AtomicReference<Throwable> bug = new AtomicReference<>();
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(null, runner, "decision diagram " + i, STACK_BYTES);
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler((_, thrown) -> bug.set(thrown));
            thread.start();
            running.add(thread);
        }
        boolean interrupted = false;
        for (Thread thread : running) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException asked) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (bug.get() != null) {
            throw new IllegalStateException(bug.get());
        }
    }

    private Optional<Winner> attempt(
            Part part, int[] order, Kind kind, long steps, BooleanSupplier stop) {
        try {
            Budget budget = new Budget(nodesMax, steps, stop);
            return Optional.of(
                    new Winner(new PartCompiler(part, order, budget).compile(), order, kind));
        } catch (Budget.Exhausted over) {
            return Optional.empty();
        }
    }
}
