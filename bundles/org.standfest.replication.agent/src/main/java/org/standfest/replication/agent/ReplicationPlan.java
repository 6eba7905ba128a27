package org.standfest.replication.agent;

import org.standfest.replication.objectives.RateCalendar;
import org.standfest.replication.objectives.RpoObjective;
import org.standfest.replication.objectives.Schedule;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * When a system is replicated and compared, and what was promised.
 *
 * @param schedule when it is replicated by itself
 * @param objective how old its newest point may become; empty: nothing was promised
 * @param priority who goes first while systems wait for each other, 1 (last) to 9 (first); also its
 *     share in the line
 * @param compareEvery how long a comparison of everything with the pool may take; zero: only when
 *     asked
 * @param compareBytesPerSecond how fast it reads at most, 1 or more
 * @param rates what this system alone may send, beside what the line of the machine may
 */
public record ReplicationPlan(
        Schedule schedule,
        Optional<RpoObjective> objective,
        int priority,
        Duration compareEvery,
        long compareBytesPerSecond,
        RateCalendar rates) {

    /** The usual priority. */
    public static final int USUAL_PRIORITY = 5;

    /** The highest priority. */
    public static final int HIGHEST_PRIORITY = 9;

    /** How fast a comparison reads if nothing else is said: 32 MB a second. */
    public static final long USUAL_COMPARE_RATE = 32_000_000;

    /** Only when asked, nothing promised. */
    public static final ReplicationPlan MANUAL =
            new ReplicationPlan(
                    Schedule.MANUAL,
                    Optional.empty(),
                    USUAL_PRIORITY,
                    Duration.ZERO,
                    USUAL_COMPARE_RATE,
                    RateCalendar.UNLIMITED);

    /** Checks. */
    public ReplicationPlan {
        Objects.requireNonNull(schedule);
        Objects.requireNonNull(objective);
        Objects.requireNonNull(rates);
        if (priority < 1
                || priority > HIGHEST_PRIORITY
                || compareEvery.isNegative()
                || compareBytesPerSecond < 1) {
            throw new IllegalArgumentException(priority + ", " + compareEvery);
        }
    }

    /** The same with another schedule. */
    public ReplicationPlan with(Schedule other) {
        return new ReplicationPlan(
                other, objective, priority, compareEvery, compareBytesPerSecond, rates);
    }

    /** The same with another priority. */
    public ReplicationPlan with(int other) {
        return new ReplicationPlan(
                schedule, objective, other, compareEvery, compareBytesPerSecond, rates);
    }
}
