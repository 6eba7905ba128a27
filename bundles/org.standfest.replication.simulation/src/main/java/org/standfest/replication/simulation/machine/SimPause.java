package org.standfest.replication.simulation.machine;

import org.standfest.replication.agent.Pause;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Waits for simulated time. */
public final class SimPause implements Pause {

    private final Scheduler scheduler;
    private final BooleanSupplier alive;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition changed = lock.newCondition();
    private boolean stopped;
    private long rings;

    /**
     * @param alive whether the process lives that waits
     */
    public SimPause(Scheduler scheduler, BooleanSupplier alive) {
        this.scheduler = scheduler;
        this.alive = alive;
    }

    @Override
    public boolean goOnAfter(Duration time) {
        lock.lock();
        try {
            boolean[] rung = new boolean[1];
            scheduler.after(time, () -> ring(rung));
            while (!rung[0] && !stopped && alive.getAsBoolean()) {
                changed.awaitUninterruptibly();
            }
            return !stopped && alive.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }

    private void ring(boolean[] rung) {
        lock.lock();
        try {
            rung[0] = true;
            rings++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void stop() {
        lock.lock();
        try {
            stopped = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean stopped() {
        return stopped;
    }

    /** How often somebody waited to the end. */
    public long rings() {
        return rings;
    }
}
