package org.standfest.standby;

import org.standfest.management.PositiveTest;
import org.standfest.management.SystemSettings;
import org.standfest.probe.Verdict;
import org.standfest.recovery.Course;
import org.standfest.recovery.RecoveryEngine;
import org.standfest.recovery.RecoveryEvent;
import org.standfest.recovery.RecoveryState;
import org.standfest.recovery.Sleeper;
import org.standfest.recovery.Told;
import org.standfest.recovery.plans.EmergencyMachines;
import org.standfest.recovery.plans.ServiceTest;
import org.standfest.replication.engine.AgentStatus;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Looks after all systems, so that an outage is noticed and not only reported.
 *
 * <ul>
 *   <li>Normal operation: two negative tests one after the other are an outage; one is enough when
 *       the agent says at the same time that the source is gone. Five inconclusive ones count like
 *       two negative ones. A test that never passed proves nothing. Without a test the agent's word
 *       alone is an outage.
 *   <li>Outage: two positive tests one after the other are normal operation again.
 *   <li>Emergency operation: the machine is looked after, and its service tested.
 * </ul>
 *
 * One thread runs {@link #run}; tests of different systems do not wait for each other.
 */
final class Watch {

    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration RESUME_INTERVAL = Duration.ofSeconds(5);
    private static final Duration MACHINE_INTERVAL = Duration.ofSeconds(2);
    private static final int NEGATIVES = 2;
    private static final int INCONCLUSIVES = 5;
    private static final int POSITIVES = 2;

    private final RecoveryEngine engine;
    private final SystemRecords records;
    private final ServiceTest service;
    private final EmergencyMachines machines;
    private final Function<String, Optional<AgentStatus>> agentOf;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private final Executor threads;
    private final Map<String, Looked> looked = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    Watch(
            RecoveryEngine engine,
            SystemRecords records,
            ServiceTest service,
            EmergencyMachines machines,
            Function<String, Optional<AgentStatus>> agentOf,
            InstantSource clock,
            Sleeper sleeper,
            Executor threads) {
        this.engine = engine;
        this.records = records;
        this.service = service;
        this.machines = machines;
        this.agentOf = agentOf;
        this.clock = clock;
        this.sleeper = sleeper;
        this.threads = threads;
    }

    /** What was seen of one system; changed by the one test of it that runs at a time. */
    private static final class Looked {
        private Instant next = Instant.MIN;
        private boolean busy;
        private int negatives;
        private int inconclusives;
        private int positives;
        private Instant lastPositive;
        private Class<?> state;
    }

    /** Watches until it is stopped. */
    void run() throws InterruptedException {
        Instant resumeAt = clock.instant();
        while (!stopping) {
            Instant now = clock.instant();
            if (!now.isBefore(resumeAt)) {
                engine.resume();
                resumeAt = now.plus(RESUME_INTERVAL);
            }
            new HashMap<>(engine.courses()).values().forEach(course -> visit(course, now));
            sleeper.sleep(TICK);
        }
    }

    void stop() {
        stopping = true;
    }

    /** What is looked for has changed: does not wait for the next time. */
    void lookSoon(String systemId) {
        Looked seen = looked.computeIfAbsent(systemId, _ -> new Looked());
        synchronized (seen) {
            seen.next = Instant.MIN;
        }
    }

    /** The last time that a system's service was seen. */
    Optional<Instant> lastPositive(String systemId) {
        Looked seen = looked.get(systemId);
        if (seen == null) {
            return Optional.empty();
        }
        synchronized (seen) {
            return Optional.ofNullable(seen.lastPositive);
        }
    }

    private void visit(Course course, Instant now) {
        Looked seen = looked.computeIfAbsent(course.systemId(), _ -> new Looked());
        synchronized (seen) {
            if (seen.busy || now.isBefore(seen.next) || course.busy()) {
                return;
            }
            if (seen.state != course.state().getClass()) {
                seen.state = course.state().getClass();
                seen.negatives = 0;
                seen.positives = 0;
                seen.inconclusives = 0;
            }
            seen.next = now.plus(interval(course));
            seen.busy = true;
        }
        threads.execute(
                () -> {
                    try {
                        look(course, seen);
                    } finally {
                        synchronized (seen) {
                            seen.busy = false;
                        }
                    }
                });
    }

    private Duration interval(Course course) {
        SystemSettings settings = records.settings(course.systemId());
        Duration test =
                settings.primaryTest()
                        .map(PositiveTest::intervalMillis)
                        .map(Duration::ofMillis)
                        .orElse(MACHINE_INTERVAL);
        return course.state() instanceof RecoveryState.EmergencyOperation
                        && test.compareTo(MACHINE_INTERVAL) < 0
                ? MACHINE_INTERVAL
                : test;
    }

    private void look(Course course, Looked seen) {
        switch (course.state()) {
            case RecoveryState.NormalOperation _ -> lookAtPrimary(course, seen);
            case RecoveryState.Outage _ -> lookForReturn(course, seen);
            case RecoveryState.EmergencyOperation serving -> lookAtMachine(course, serving, seen);
            case RecoveryState.Restart _,
                    RecoveryState.Switching _,
                    RecoveryState.Restoration _,
                    RecoveryState.Return _,
                    RecoveryState.Rehearsal _,
                    RecoveryState.Blocked _ -> {
                // an operation or a person looks after it
            }
        }
    }

    private void lookAtPrimary(Course course, Looked seen) {
        String systemId = course.systemId();
        Optional<Verdict> verdict = service.test(systemId, ServiceTest.Place.HOME);
        boolean gone = agentSaysGone(systemId);
        if (verdict.isEmpty()) {
            if (gone && records.settings(systemId).primaryTest().isEmpty()) {
                noticed(course, Told.of(StandbyTexts.explain("standby.outage-agent", systemId)));
            }
            return;
        }
        count(verdict.get(), seen);
        boolean passed = records.get(systemId).testPassed();
        if (!passed && verdict.get().answer() == Verdict.Answer.POSITIVE) {
            records.change(systemId, SystemRecords.SystemRecord::passed);
        }
        boolean out;
        synchronized (seen) {
            out =
                    passed && seen.negatives >= NEGATIVES
                            || passed && seen.inconclusives >= INCONCLUSIVES
                            || seen.negatives >= 1 && gone;
        }
        if (out) {
            noticed(
                    course,
                    Told.of(
                            StandbyTexts.explain(
                                    gone ? "standby.outage-both" : "standby.outage-test",
                                    systemId,
                                    verdict.get().target(),
                                    verdict.get().reason())));
        }
    }

    private void noticed(Course course, Told why) {
        engine.outage(course.systemId(), "watch", why, lastPositive(course.systemId()));
    }

    private boolean agentSaysGone(String systemId) {
        return agentOf.apply(systemId).filter(AgentStatus::connected).stream()
                .flatMap(status -> status.report().systems().stream())
                .anyMatch(system -> system.systemId().equals(systemId) && system.presence() == 1);
    }

    private void lookForReturn(Course course, Looked seen) {
        Optional<Verdict> verdict = service.test(course.systemId(), ServiceTest.Place.HOME);
        if (verdict.isEmpty()) {
            return;
        }
        count(verdict.get(), seen);
        boolean back;
        synchronized (seen) {
            back = seen.positives >= POSITIVES;
        }
        if (back) {
            engine.happened(course.systemId(), "watch", new RecoveryEvent.ServiceSeen());
        }
    }

    private void lookAtMachine(
            Course course, RecoveryState.EmergencyOperation serving, Looked seen) {
        String systemId = course.systemId();
        boolean running = machines.running(systemId, serving.machineId());
        if (running == serving.down()) {
            engine.happened(
                    systemId,
                    "watch",
                    new RecoveryEvent.EmergencyTrouble(
                            running
                                    ? Optional.empty()
                                    : Optional.of(
                                            Told.of(
                                                    StandbyTexts.explain(
                                                            "standby.emergency-down", systemId)))));
        }
        if (running) {
            service.test(systemId, ServiceTest.Place.EMERGENCY)
                    .ifPresent(verdict -> count(verdict, seen));
        }
    }

    private void count(Verdict verdict, Looked seen) {
        synchronized (seen) {
            switch (verdict.answer()) {
                case POSITIVE -> {
                    seen.positives++;
                    seen.negatives = 0;
                    seen.inconclusives = 0;
                    seen.lastPositive = clock.instant();
                }
                case NEGATIVE -> {
                    seen.negatives++;
                    seen.positives = 0;
                }
                case INCONCLUSIVE -> {
                    seen.inconclusives++;
                    seen.positives = 0;
                }
            }
        }
    }
}
