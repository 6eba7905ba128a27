package org.standfest.analysis.commands;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Time since it was made: by the clock, and as processor time of the whole process with the
 * compiler and the collector of the JVM, so that a busy machine does not count. One thread.
 */
final class Stopwatch {

    private final InstantSource clock;
    private final Instant start;
    private final double processorBefore;

    Stopwatch(InstantSource clock) {
        this.clock = clock;
        start = clock.instant();
        processorBefore = processor();
    }

    /** Seconds by the clock and of the processors. */
    record Times(double wall, double processor) {
        static final Times NONE = new Times(0, 0);

        Times plus(Times other) {
            return new Times(wall + other.wall, processor + other.processor);
        }

        @Override
        public String toString() {
            return "%.3g s of the processors, %.3g s by the clock".formatted(processor, wall);
        }
    }

    Times read() {
        double wall = Duration.between(start, clock.instant()).toNanos() / 1e9;
        return new Times(wall, processor() - processorBefore);
    }

    private static double processor() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis()
                / 1e3;
    }
}
