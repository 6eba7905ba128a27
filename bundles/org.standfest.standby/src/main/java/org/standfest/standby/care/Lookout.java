package org.standfest.standby.care;

import org.standfest.management.Alarm;
import org.standfest.management.TaskKind;
import org.standfest.recovery.Sleeper;
import org.standfest.replication.objectives.RpoObjective;
import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.PoolSpace;
import org.standfest.replication.pool.PooledSystem;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.results.Finding;
import org.standfest.results.Severity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Looks after what nobody asks for: objectives that are missed, space that becomes short, scrubs
 * whose time has come. One thread runs {@link #run}.
 */
final class Lookout {

    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration SPACE_EVERY = Duration.ofMinutes(5);
    private static final double QUOTA_SHARE = 0.9;

    private final ImagePool pool;
    private final CareBooks books;
    private final AlarmBook alarms;
    private final MissedObjective objectives;
    private final Scrubber scrubber;
    private final Tasks tasks;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private final Runnable eachTick;
    private volatile boolean stopping;

    /**
     * @param eachTick what else must look at the time every second
     */
    Lookout(
            ImagePool pool,
            CareBooks books,
            AlarmBook alarms,
            MissedObjective objectives,
            Scrubber scrubber,
            Tasks tasks,
            InstantSource clock,
            Sleeper sleeper,
            Runnable eachTick) {
        this.pool = pool;
        this.books = books;
        this.alarms = alarms;
        this.objectives = objectives;
        this.scrubber = scrubber;
        this.tasks = tasks;
        this.clock = clock;
        this.sleeper = sleeper;
        this.eachTick = eachTick;
    }

    void run() throws InterruptedException {
        Instant spaceAt = clock.instant().plus(TICK);
        while (!stopping) {
            eachTick.run();
            pool.systems().forEach(this::look);
            Instant now = clock.instant();
            if (!now.isBefore(spaceAt)) {
                spaceAt = now.plus(SPACE_EVERY);
                pool.space().result().ifPresent(this::look);
            }
            scrubWhenDue();
            sleeper.sleep(TICK);
        }
    }

    void stop() {
        stopping = true;
    }

    /** Whether a system's objective is kept. */
    void look(PooledSystem system) {
        long limit = books.get(system.id()).policy().rpoMillis();
        boolean missed = false;
        if (limit >= 1000) {
            RpoObjective.State state =
                    new RpoObjective(Duration.ofMillis(limit))
                            .at(clock.instant(), system.newest().map(RecoveryPoint::takenAt));
            missed =
                    state.standing() == RpoObjective.Standing.MISSED
                            || state.standing() == RpoObjective.Standing.NO_POINT;
            if (missed) {
                alarms.raise(
                        Alarm.Kind.RPO_MISSED,
                        new Finding(
                                Severity.ERROR,
                                system.id(),
                                system.name(),
                                objectives.of(system.id(), system.name(), state)));
            }
        }
        if (!missed) {
            alarms.over(Alarm.Kind.RPO_MISSED, system.id());
        }
    }

    /** Whether there is space enough for some time. */
    void look(PoolSpace space) {
        if (space.usableBytes() < PoolViews.warnBytes(space)) {
            alarms.raise(
                    Alarm.Kind.SPACE,
                    new Finding(
                            Severity.WARNING,
                            "",
                            "",
                            CareTexts.explain(
                                    "care.space",
                                    mebibytes(space.usableBytes()),
                                    mebibytes(space.reserveBytes()))));
        } else {
            alarms.over(Alarm.Kind.SPACE, "");
        }
        for (PoolSpace.SystemSpace one : space.systems()) {
            Optional<PooledSystem> system = pool.system(one.systemId());
            if (system.isPresent()
                    && one.quotaBytes() > 0
                    && one.usedBytes() > QUOTA_SHARE * one.quotaBytes()) {
                alarms.raise(
                        Alarm.Kind.QUOTA,
                        new Finding(
                                Severity.WARNING,
                                one.systemId(),
                                system.get().name(),
                                CareTexts.explain(
                                        "care.quota",
                                        system.get().name(),
                                        mebibytes(one.usedBytes()),
                                        mebibytes(one.quotaBytes()))));
            } else {
                alarms.over(Alarm.Kind.QUOTA, one.systemId());
            }
        }
    }

    private static long mebibytes(long bytes) {
        return bytes >> 20;
    }

    private void scrubWhenDue() {
        if (tasks.running(TaskKind.SCRUB).isPresent()) {
            return;
        }
        scrubber.next()
                .ifPresent(
                        systemId ->
                                tasks.begin(
                                        TaskKind.SCRUB,
                                        systemId,
                                        "standby",
                                        Locale.ENGLISH,
                                        watch -> scrubber.run(List.of(systemId), watch)));
    }
}
