package org.standfest.replication.transport;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Looks at all channels of one owner every so often: breaks those whose write is stuck or whose
 * greeting takes too long, lets the silent ones send a keep-alive. The only place where transport
 * measures time by itself.
 */
final class Watchdog implements AutoCloseable {

    private static final long PERIOD_MILLIS = 500;

    private final Set<FramedChannel> channels = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer;

    Watchdog(String name) {
        timer =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name(name).factory());
        timer.scheduleWithFixedDelay(
                this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    void watch(FramedChannel channel) {
        channels.add(channel);
        channel.whenClosed(() -> channels.remove(channel));
    }

    private void look() {
        long now = System.nanoTime();
        for (FramedChannel channel : channels) {
            channel.look(now);
        }
    }

    Set<FramedChannel> channels() {
        return Set.copyOf(channels);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
