package org.standfest.replication.agent;

import org.standfest.replication.engine.SessionSender;
import org.standfest.replication.protocol.FactNames;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** The work under way, with its progress told to whoever asked and to the listener. Any thread. */
final class Work {

    private static final Duration TELL_EVERY = Duration.ofMillis(200);

    private final Jobs jobs;
    private final AgentListener listener;
    private final InstantSource clock;
    private final Runnable changed;
    private final Map<String, ProgressMeter> meters = new ConcurrentHashMap<>();

    /**
     * @param changed called after the end of each piece of work
     */
    Work(Jobs jobs, AgentListener listener, InstantSource clock, Runnable changed) {
        this.jobs = jobs;
        this.listener = listener;
        this.clock = clock;
        this.changed = changed;
    }

    /** Takes steps of work that somebody waits for. */
    @FunctionalInterface
    interface Steps {
        void at(String phase, long done, long total);
    }

    /** Does one thing for a system, on a thread of its own; telling about it. */
    Jobs.Job begin(String systemId, String what, Jobs.Work work) {
        Jobs.Job job =
                jobs.begin(
                        systemId,
                        what,
                        cancellation -> {
                            listener.began(what, systemId);
                            meters.put(systemId, new ProgressMeter(clock.instant()));
                            try {
                                Outcome<Map<String, String>> result = work.run(cancellation);
                                listener.ended(what, systemId, result);
                                return result;
                            } finally {
                                meters.remove(systemId);
                            }
                        });
        job.result().thenRun(changed);
        return job;
    }

    Optional<ProgressMeter.Reading> progress(String systemId) {
        return Optional.ofNullable(meters.get(systemId))
                .map(meter -> meter.reading(clock.instant()));
    }

    /** Tells of progress, a few times a second. */
    SessionSender.Progress told(String what, String systemId, Steps steps) {
        return new Told(what, systemId, steps);
    }

    private final class Told implements SessionSender.Progress {

        private final AtomicReference<Instant> last = new AtomicReference<>(Instant.EPOCH);
        private final String what;
        private final String systemId;
        private final Steps steps;

        Told(String what, String systemId, Steps steps) {
            this.what = what;
            this.systemId = systemId;
            this.steps = steps;
        }

        @Override
        public void at(long done, long total) {
            Instant now = clock.instant();
            ProgressMeter meter = meters.get(systemId);
            if (meter != null) {
                meter.at(now, done, total);
            }
            Instant before = last.get();
            boolean due =
                    Duration.between(before, now).abs().compareTo(TELL_EVERY) >= 0
                            || done == total && total > 0;
            if (due && last.compareAndSet(before, now)) {
                steps.at(what, done, total);
                listener.progress(what, systemId, done, total);
            }
        }

        @Override
        public void waits(OptionalInt ahead) {
            ProgressMeter meter = meters.get(systemId);
            if (meter != null && meter.waits(ahead)) {
                steps.at(ahead.isPresent() ? FactNames.WAITING : what, 0, 0);
            }
        }
    }
}
