package org.standfest.restore.ui.internal.view;

import org.standfest.restore.ui.internal.overview.Glance;
import org.standfest.restore.ui.internal.overview.StandbyWatch;

import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Looks at the standby every few seconds, away from the user interface thread. */
final class Background implements AutoCloseable {

    private static final long CALM_MILLIS = 3_000;
    private static final long BUSY_MILLIS = 1_000;

    private final StandbyWatch watch;
    private final Consumer<Glance> seen;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    task -> Thread.ofPlatform().daemon().name("standby-watch").unstarted(task));

    /**
     * @param watch what looks
     * @param seen told of each look, in the background thread
     */
    Background(StandbyWatch watch, Consumer<Glance> seen) {
        this.watch = watch;
        this.seen = seen;
    }

    StandbyWatch watch() {
        return watch;
    }

    void start() {
        run(this::turn);
    }

    /** One look more, as soon as the thread is free. */
    void soon() {
        run(() -> seen.accept(watch.look()));
    }

    void run(Runnable work) {
        try {
            thread.execute(work);
        } catch (RejectedExecutionException closed) {
            // The page is gone; so is whoever waits for this.
            return;
        }
    }

    private void turn() {
        Glance glance = watch.look();
        seen.accept(glance);
        boolean busy = glance instanceof Glance.Seen now && !now.operations().isEmpty();
        try {
            thread.schedule(this::turn, busy ? BUSY_MILLIS : CALM_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            return;
        }
    }

    @Override
    public void close() {
        thread.execute(watch::disconnected);
        thread.shutdown();
    }
}
