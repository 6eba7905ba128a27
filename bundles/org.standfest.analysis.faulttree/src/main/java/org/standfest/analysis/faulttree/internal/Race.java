package org.standfest.analysis.faulttree.internal;

import org.standfest.analysis.faulttree.internal.Orders.Kind;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * Finds the decision diagram of a part: several orders run against each other with a budget that
 * grows from round to round. The first to arrive ends the race; those that got least far drop out.
 * What is known already does not run again. Safe for any thread.
 */
public final class Race {

    private static final long FIRST_STEPS = 60_000;
    private static final long GROWTH = 8;
    private static final long STACK_BYTES = 512L << 20;
    private static final int STAY_MIN = 2;

    private final int nodesMax;
    private final int threads;
    private final BooleanSupplier cancelled;
    private final KnownParts known;

    /**
     * @param nodesMax the most nodes of one diagram
     * @param threads how many orders are tried at the same time
     * @param cancelled asked often, by several threads
     * @param known what was solved before
     */
    public Race(int nodesMax, int threads, BooleanSupplier cancelled, KnownParts known) {
        this.nodesMax = nodesMax;
        this.threads = threads;
        this.cancelled = cancelled;
        this.known = known;
    }

    /** A diagram and the order it was made with: leaves from the top level down. */
    private record Winner(Diagram diagram, int[] order) {}

    /** An order in the race, and how many gates it got done within the last budget. */
    private static final class Runner {
        private final int[] order;
        private volatile int done;

        Runner(int[] order) {
            this.order = order;
        }
    }

    /** The part's diagram, or nothing when the limits or the caller ended the race. */
    Optional<Solution> run(Part part) {
        Optional<Solution> before = known.find(part);
        if (before.isPresent()) {
            return before;
        }
        Optional<Solution> found =
                winner(part).map(it -> new Solution(it.order, it.diagram, part.isMonotone()));
        found.ifPresent(it -> known.keep(part, it));
        return found;
    }

    private Optional<Winner> winner(Part part) {
        Orders orders = new Orders(part);
        Runner first = new Runner(orders.order(Kind.DEPTH_FIRST));
        Optional<Winner> quick = attempt(part, first, FIRST_STEPS, cancelled);
        if (quick.isPresent() || cancelled.getAsBoolean()) {
            return quick;
        }
        List<Runner> field = new ArrayList<>(List.of(first));
        for (Kind kind : Kind.values()) {
            int[] order = orders.order(kind);
            if (field.stream().noneMatch(it -> Arrays.equals(it.order, order))) {
                field.add(new Runner(order));
            }
        }
        long steps = FIRST_STEPS * GROWTH;
        while (steps < 400L * nodesMax) {
            Optional<Winner> winner = round(part, field, steps);
            if (winner.isPresent() || cancelled.getAsBoolean()) {
                return winner;
            }
            field.sort(Comparator.comparingInt((Runner it) -> it.done).reversed());
            field = new ArrayList<>(field.subList(0, staying(field.size())));
            steps *= GROWTH;
        }
        return Optional.empty();
    }

    private static int staying(int size) {
        return Math.min(size, Math.max(STAY_MIN, (size + 1) / 2));
    }

    private Optional<Winner> round(Part part, List<Runner> field, long steps) {
        AtomicInteger next = new AtomicInteger();
        AtomicReference<Winner> first = new AtomicReference<>();
        BooleanSupplier stop = () -> first.get() != null || cancelled.getAsBoolean();
        Runnable lane =
                () -> {
                    for (int i = next.getAndIncrement();
                            i < field.size();
                            i = next.getAndIncrement()) {
                        attempt(part, field.get(i), steps, stop)
                                .ifPresent(it -> first.compareAndSet(null, it));
                        if (stop.getAsBoolean()) {
                            return;
                        }
                    }
                };
        runAll(lane, Math.min(threads, field.size()));
        return Optional.ofNullable(first.get());
    }

    /** Runs it in so many threads with room for deep recursion, and waits for all of them. */
    static void runAll(Runnable lane, int threads) {
        AtomicReference<Throwable> bug = new AtomicReference<>();
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(null, lane, "decision diagram " + i, STACK_BYTES);
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

    private Optional<Winner> attempt(Part part, Runner runner, long steps, BooleanSupplier stop) {
        Budget budget = new Budget(nodesMax, steps, stop);
        PartCompiler compiler = new PartCompiler(part, runner.order, budget);
        try {
            return Optional.of(new Winner(compiler.compile(), runner.order));
        } catch (Budget.Exhausted over) {
            runner.done = compiler.gatesDone();
            return Optional.empty();
        }
    }
}
