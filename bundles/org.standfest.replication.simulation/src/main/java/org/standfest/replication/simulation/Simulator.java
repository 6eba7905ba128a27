package org.standfest.replication.simulation;

import org.standfest.replication.simulation.machine.Scheduler;
import org.standfest.replication.simulation.world.Journal;
import org.standfest.replication.simulation.world.Sabotage;
import org.standfest.replication.simulation.world.World;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** Lets many seeds live, several at a time. Safe for any thread. */
public final class Simulator {

    static final Catalog TEXTS = Catalog.beside(Simulator.class);
    private static final int MOST_SHRINKS = 80;
    private static final int LINES = 60;
    private static final int WARM_UP_SEEDS = 6;

    private final InstantSource clock;
    private final Sabotage sabotage;

    /**
     * A simulator of production code as it is.
     *
     * @param clock tells how long it took
     */
    public Simulator(InstantSource clock) {
        this(clock, Sabotage.NONE);
    }

    /**
     * A simulator of production code without one of its safeguards.
     *
     * @param sabotage what is left out
     */
    public Simulator(InstantSource clock, Sabotage sabotage) {
        this.clock = clock;
        this.sabotage = sabotage;
    }

    /**
     * What is wanted.
     *
     * @param firstSeed the first seed
     * @param seeds how many, 1 or more
     * @param world only worlds of this kind; empty: each seed chooses its own
     * @param threads how many at a time, 1 or more
     */
    public record Settings(long firstSeed, long seeds, Optional<String> world, int threads) {

        /** Checks the ranges. */
        public Settings {
            if (seeds < 1 || threads < 1) {
                throw new IllegalArgumentException(seeds + " seeds, " + threads + " threads");
            }
        }
    }

    /**
     * What came of it.
     *
     * @param seeds how many lived
     * @param points recovery points that were committed
     * @param faults faults that were done to them
     * @param fingerprint the same for the same seeds and code
     * @param tookMillis how long it took
     * @param cancelled whether seeds are missing because of that
     * @param failures what did not hold
     */
    public record Report(
            long seeds,
            long points,
            long faults,
            long fingerprint,
            long tookMillis,
            boolean cancelled,
            List<Failure> failures) {

        /** Copies. */
        public Report {
            failures = List.copyOf(failures);
        }
    }

    /**
     * A seed in which something did not hold.
     *
     * @param seed the seed
     * @param world its kind of world
     * @param property what did not hold
     * @param faults the faults that are needed for it, as few as were found cheaply
     * @param lines the last things that happened
     * @param trace where in the code
     */
    public record Failure(
            long seed,
            String world,
            String property,
            List<String> faults,
            List<String> lines,
            List<String> trace) {

        /** Copies. */
        public Failure {
            faults = List.copyOf(faults);
            lines = List.copyOf(lines);
            trace = List.copyOf(trace);
        }
    }

    /**
     * Lets the seeds live.
     *
     * @param progress takes how many are over; called by several threads, must return at once
     * @param cancelled asked before each seed
     * @return refused when the kind of world is unknown or this JVM cannot hold worlds
     */
    public Outcome<Report> run(
            Settings settings, LongConsumer progress, BooleanSupplier cancelled) {
        if (!Scheduler.isPossible()) {
            return Outcome.refused(TEXTS.explain("simulation.jvm"));
        }
        if (settings.world().isPresent() && Worlds.named(settings.world().get()).isEmpty()) {
            return Outcome.refused(
                    TEXTS.explain("simulation.world", settings.world().get(), Worlds.names()));
        }
        long began = clock.millis();
        warmUp(settings);
        Tally tally = new Tally();
        AtomicLong next = new AtomicLong();
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < settings.threads(); i++) {
            workers.add(
                    Thread.ofPlatform()
                            .daemon()
                            .name("seeds")
                            .start(() -> work(settings, next, tally, progress, cancelled)));
        }
        boolean interrupted = false;
        for (Thread worker : workers) {
            try {
                worker.join();
            } catch (InterruptedException _) {
                next.set(settings.seeds());
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return Outcome.done(tally.report(clock.millis() - began, settings.seeds()));
    }

    /**
     * While two threads load the same class, one of them waits for the other in a way that no seed
     * decides; so the classes are loaded by one before.
     */
    private static void warmUp(Settings settings) {
        for (int i = 1; i <= WARM_UP_SEEDS && settings.threads() > 1; i++) {
            World world = world(settings, -i);
            try {
                world.live(-i, Set.of(), Sabotage.NONE, new Journal(0));
            } catch (Throwable broken) {
                // a seed that counts will say it
                return;
            }
        }
    }

    private void work(
            Settings settings,
            AtomicLong next,
            Tally tally,
            LongConsumer progress,
            BooleanSupplier cancelled) {
        long number = next.getAndIncrement();
        while (number < settings.seeds() && !cancelled.getAsBoolean()) {
            long seed = settings.firstSeed() + number;
            live(seed, world(settings, seed), tally);
            progress.accept(tally.seeds());
            number = next.getAndIncrement();
        }
    }

    private static World world(Settings settings, long seed) {
        return settings.world().flatMap(Worlds::named).orElseGet(() -> Worlds.of(seed));
    }

    private void live(long seed, World world, Tally tally) {
        Journal journal = new Journal(LINES);
        try {
            World.Result result = world.live(seed, Set.of(), sabotage, journal);
            tally.lived(seed, result, journal);
        } catch (Throwable broken) {
            // whatever it is: a worker that dies of it would take its seed along in silence
            tally.failed(shrunk(seed, world, broken, journal));
        }
    }

    /** Leaves out faults one by one, as long as the same goes wrong. */
    private Failure shrunk(long seed, World world, Throwable broken, Journal journal) {
        Set<Integer> without = new HashSet<>();
        Throwable shown = broken;
        Journal last = journal;
        for (int fault = 0; fault < Math.min(MOST_SHRINKS, last.faults()); fault++) {
            Set<Integer> fewer = new HashSet<>(without);
            fewer.add(fault);
            Journal again = new Journal(LINES);
            try {
                world.live(seed, fewer, sabotage, again);
            } catch (Throwable still) {
                if (still.getClass() == broken.getClass()) {
                    without = fewer;
                    shown = still;
                    last = again;
                }
            }
        }
        return new Failure(
                seed,
                world.name(),
                String.valueOf(shown),
                last.faultsDone(),
                last.lines(),
                trace(shown));
    }

    private static List<String> trace(Throwable broken) {
        List<String> lines = new ArrayList<>();
        for (Throwable at = broken; at != null && lines.size() < 40; at = at.getCause()) {
            lines.add(at.toString());
            for (StackTraceElement element : at.getStackTrace()) {
                if (element.getClassName().startsWith("org.standfest") && lines.size() < 40) {
                    lines.add("  at " + element);
                }
            }
        }
        return lines;
    }

    /** Counts what several threads bring. */
    private static final class Tally {

        private final List<Failure> failures = new ArrayList<>();
        private long seeds;
        private long points;
        private long faults;
        private long fingerprint;

        synchronized void lived(long seed, World.Result result, Journal journal) {
            seeds++;
            points += result.points();
            faults += result.faults();
            // a sum, because the seeds end in any order
            fingerprint += journal.fingerprint() * (2 * seed + 1);
        }

        synchronized void failed(Failure failure) {
            seeds++;
            failures.add(failure);
        }

        synchronized long seeds() {
            return seeds;
        }

        synchronized Report report(long tookMillis, long wanted) {
            failures.sort((a, b) -> Long.compare(a.seed(), b.seed()));
            return new Report(
                    seeds, points, faults, fingerprint, tookMillis, seeds < wanted, failures);
        }
    }
}
