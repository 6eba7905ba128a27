package org.standfest.replication.simulation.machine;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * Runs production code with all its threads in one order that a seed decides: every thread is a
 * virtual one, one at a time runs, and where several could go on, chance chooses. Virtual threads
 * that production code starts inherit this scheduler from the thread that starts them, so that
 * locks, queues and pools of the JDK need no seam.
 *
 * <p>Time passes only when nobody can go on. What waits for real time (a time-out in production
 * code that no clock was given to) is waited for, and counted: it must not be usual.
 *
 * <p>The JDK gives virtual threads a scheduler only through a constructor meant for its own tests:
 * {@code --add-opens java.base/java.lang=ALL-UNNAMED}.
 */
public final class Scheduler implements Executor {

    private static final long PATIENCE_SECONDS = 12;
    private static final long MONITOR_SECONDS = 2;

    private final RandomGenerator random;
    private final SimClock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final List<Runnable> ready = new ArrayList<>();
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Constructor<?> builders;
    private final Monitors monitors;
    private long numbers;
    private long waits;
    private int threads;

    private record Event(long nanos, long number, Runnable act) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return nanos != other.nanos
                    ? Long.compare(nanos, other.nanos)
                    : Long.compare(number, other.number);
        }
    }

    /**
     * @param random decides who goes on
     * @throws UnsupportedOperationException the JDK was started without the word named above
     */
    public Scheduler(RandomGenerator random, SimClock clock) {
        this.random = random;
        this.clock = clock;
        try {
            builders =
                    Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
                            .getDeclaredConstructor(Executor.class);
            builders.setAccessible(true);
            monitors = new Monitors();
        } catch (ReflectiveOperationException | RuntimeException closed) {
            throw new UnsupportedOperationException(
                    "needs --add-opens java.base/java.lang=ALL-UNNAMED", closed);
        }
    }

    /** Whether this JVM was started so that worlds with threads can be. */
    public static boolean isPossible() {
        try {
            return new Scheduler(new java.util.SplittableRandom(0), new SimClock()) != null;
        } catch (UnsupportedOperationException closed) {
            return false;
        }
    }

    /** Called by the JDK for every thread that can go on. */
    @Override
    public void execute(Runnable step) {
        lock.lock();
        try {
            ready.add(step);
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Starts a thread. */
    public void start(String name, Runnable body) {
        Thread.Builder.OfVirtual builder;
        try {
            builder = (Thread.Builder.OfVirtual) builders.newInstance(this);
        } catch (InstantiationException
                | IllegalAccessException
                | InvocationTargetException impossible) {
            throw new IllegalStateException(impossible);
        }
        threads++;
        builder.name(name)
                .start(
                        () -> {
                            try {
                                body.run();
                            } finally {
                                threads--;
                            }
                        });
    }

    /** Does something when so much time has passed. */
    public void after(Duration time, Runnable act) {
        events.add(new Event(clock.getAsLong() + Math.max(0, time.toNanos()), ++numbers, act));
    }

    /** How often the world waited for real time. */
    public long waits() {
        return waits;
    }

    /**
     * Lets the world run until none of its threads is left.
     *
     * @return false when threads are left that nobody will ever wake: a hang
     */
    public boolean run() {
        while (true) {
            Runnable next = next();
            if (next != null) {
                go(next);
            } else if (!events.isEmpty()) {
                Event event = events.remove();
                clock.pass(Duration.ofNanos(Math.max(0, event.nanos - clock.getAsLong())));
                event.act.run();
            } else if (threads == 0) {
                return true;
            } else if (!waitForReality()) {
                return false;
            }
        }
    }

    /**
     * Lets one thread go on until it waits for something of its world. What it waits for outside (a
     * class that another world is loading) must not decide who comes next.
     */
    private void go(Runnable step) {
        step.run();
        while (monitors.waits(step)) {
            if (!comesBack(step)) {
                return;
            }
            step.run();
        }
    }

    /** False: somebody of this world has the monitor, so others have to go on. */
    private boolean comesBack(Runnable step) {
        lock.lock();
        try {
            long rest = TimeUnit.SECONDS.toNanos(MONITOR_SECONDS);
            while (!ready.remove(step)) {
                if (rest <= 0) {
                    waits++;
                    return false;
                }
                rest = arrived.awaitNanos(rest);
            }
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private Runnable next() {
        lock.lock();
        try {
            if (ready.isEmpty()) {
                return null;
            }
            int chosen = random.nextInt(ready.size());
            Runnable last = ready.removeLast();
            return chosen == ready.size() ? last : ready.set(chosen, last);
        } finally {
            lock.unlock();
        }
    }

    private boolean waitForReality() {
        waits++;
        lock.lock();
        try {
            long rest = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (ready.isEmpty() && rest > 0) {
                rest = arrived.awaitNanos(rest);
            }
            return !ready.isEmpty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
