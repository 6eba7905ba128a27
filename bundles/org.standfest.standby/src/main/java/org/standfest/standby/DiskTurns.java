package org.standfest.standby;

import org.standfest.replication.engine.RestoreView;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Lets one at a time open the disks of a system's emergency machine: a provider ends its older
 * snapshot when a younger one is taken, and would settle one under the name of the other. Safe for
 * any thread.
 */
final class DiskTurns {

    private final Map<String, Semaphore> turns = new ConcurrentHashMap<>();

    /**
     * Opens when nobody else has them open any more.
     *
     * @param patience how long to wait for who has them open
     * @param opener opens them; the turn ends when its view is closed, or when there is none
     * @return refused as {@code standby.disks-open} when they were still open after that time
     */
    Outcome<RestoreView> open(
            String systemId, Duration patience, Supplier<Outcome<RestoreView>> opener) {
        Semaphore turn = turns.computeIfAbsent(systemId, _ -> new Semaphore(1));
        if (!taken(turn, patience)) {
            return Outcome.refused(StandbyTexts.explain("standby.disks-open", systemId));
        }
        boolean open = false;
        try {
            Outcome<RestoreView> view = opener.get();
            open = view.isDone();
            return view.map(one -> new Turn(one, new AtomicBoolean(), turn));
        } finally {
            if (!open) {
                turn.release();
            }
        }
    }

    private static boolean taken(Semaphore turn, Duration patience) {
        try {
            return turn.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private record Turn(RestoreView view, AtomicBoolean over, Semaphore turn)
            implements RestoreView {

        @Override
        public Snapshot snapshot() {
            return view.snapshot();
        }

        @Override
        public List<VolumeSource> volumes() {
            return view.volumes();
        }

        @Override
        public long epoch() {
            return view.epoch();
        }

        @Override
        public void close() {
            view.close();
            if (over.compareAndSet(false, true)) {
                turn.release();
            }
        }
    }
}
