package org.standfest.replication.objectives;

import org.standfest.results.Explanation;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;

/**
 * Which RPO a system can reach over its line, and when what waits now has travelled. Immutable.
 *
 * <p>The formula. Capacity left for the system at time t is r(t) = min(line, calendar(t)) less what
 * the other systems need; they go first with all that waits and all that changes, so the forecast
 * is a bound from above (fair shares do better). With S(t) the integral of that capacity and C(t)
 * the integral of the system's measured change by hour of the week, sessions are played through as
 * the schedule starts them: session k begins at s(k), carries D(k) = C(s(k)) - C(s(k-1)) and ends
 * at the first e(k) with S(e(k)) - S(s(k) + o) &ge; D(k), o being the time a session needs besides
 * the line. Until e(k+1) the newest point shows s(k): the reachable RPO is the largest e(k+1) -
 * s(k) of the week after the backlog. If a week changes as much as a week can carry, there is none.
 *
 * @param reachableRpo the largest age of the newest point; empty: {@code obstacle} says why
 * @param worstAt when that is; empty like it
 * @param backlogDoneAt when what waits now has travelled; empty: not within {@link #HORIZON}
 * @param weeklyChangedBytes what a week adds
 * @param weeklyCapacityBytes what a week can carry for this system
 * @param obstacle why there is no reachable RPO
 */
public record RpoForecast(
        Optional<Duration> reachableRpo,
        Optional<Instant> worstAt,
        Optional<Instant> backlogDoneAt,
        double weeklyChangedBytes,
        double weeklyCapacityBytes,
        Obstacle obstacle) {

    /** How far a forecast looks: two years. */
    public static final Duration HORIZON = Duration.ofDays(728);

    private static final Duration PLAYED = Duration.ofDays(8);
    private static final int MOST_SESSIONS = 250_000;

    /** Why there is no reachable RPO. */
    public enum Obstacle {
        /** There is one. */
        NONE,
        /** Nothing is ever due by itself. */
        NOT_SCHEDULED,
        /** The line cannot carry what changes. */
        LINE_TOO_SLOW,
        /** The backlog takes longer than {@link #HORIZON}. */
        BEYOND_HORIZON
    }

    /**
     * What a forecast starts from.
     *
     * @param lineBytesPerSecond what the line can, above 0
     * @param change what the system itself adds
     * @param backlogBytes what waits now
     * @param othersChange what the other systems of the line add
     * @param othersBacklogBytes what waits of them now
     * @param sessionOverhead the time a session needs besides the line: snapshot, scan, commit
     */
    public record Situation(
            Instant now,
            ZoneId zone,
            double lineBytesPerSecond,
            RateCalendar calendar,
            Schedule schedule,
            ChangeProfile change,
            long backlogBytes,
            ChangeProfile othersChange,
            long othersBacklogBytes,
            Duration sessionOverhead) {

        /** Checks. */
        public Situation {
            Objects.requireNonNull(now);
            if (!(lineBytesPerSecond > 0)
                    || backlogBytes < 0
                    || othersBacklogBytes < 0
                    || sessionOverhead.isNegative()) {
                throw new IllegalArgumentException(
                        lineBytesPerSecond + " B/s, " + backlogBytes + ", " + othersBacklogBytes);
            }
        }
    }

    /** Works the formula out. */
    public static RpoForecast of(Situation situation) {
        LineTimeline line = LineTimeline.of(situation, HORIZON);
        double weekly = line.changedBetween(HORIZON.minusDays(7), HORIZON);
        double capacity = line.carriedBetween(HORIZON.minusDays(7), HORIZON);
        double overhead = situation.sessionOverhead().toNanos() / 1e9;
        double backlogSeconds = line.whenCarried(overhead, situation.backlogBytes());
        Optional<Instant> backlogDone =
                Double.isFinite(backlogSeconds)
                        ? Optional.of(line.instant(backlogSeconds))
                        : Optional.empty();
        Obstacle obstacle = obstacle(situation, weekly, capacity, backlogDone);
        Worst worst =
                obstacle == Obstacle.NONE
                        ? play(situation, line, backlogSeconds, overhead)
                        : new Worst(0, 0, true);
        if (obstacle == Obstacle.NONE && worst.lost()) {
            obstacle = Obstacle.LINE_TOO_SLOW;
        }
        boolean reachable = obstacle == Obstacle.NONE;
        return new RpoForecast(
                reachable
                        ? Optional.of(Duration.ofMillis(Math.round(worst.seconds() * 1000)))
                        : Optional.empty(),
                reachable ? Optional.of(line.instant(worst.at())) : Optional.empty(),
                backlogDone,
                weekly,
                capacity,
                obstacle);
    }

    private static Obstacle obstacle(
            Situation situation, double weekly, double capacity, Optional<Instant> backlogDone) {
        boolean scheduled =
                situation
                        .schedule()
                        .nextDue(
                                Optional.empty(),
                                Optional.empty(),
                                situation.now(),
                                situation.zone())
                        .isPresent();
        if (!scheduled) {
            return Obstacle.NOT_SCHEDULED;
        }
        if (weekly >= capacity) {
            return Obstacle.LINE_TOO_SLOW;
        }
        return backlogDone.isEmpty() ? Obstacle.BEYOND_HORIZON : Obstacle.NONE;
    }

    private record Worst(double seconds, double at, boolean lost) {}

    private static Worst play(
            Situation situation, LineTimeline line, double backlogSeconds, double overhead) {
        double start = 0;
        double end = backlogSeconds;
        double until = backlogSeconds + PLAYED.toSeconds();
        double worst = 0;
        double worstAt = 0;
        for (int session = 0; session < MOST_SESSIONS && end < until; session++) {
            Instant ended = line.instant(end);
            Optional<Instant> due =
                    situation
                            .schedule()
                            .nextDue(
                                    Optional.of(line.instant(start)),
                                    Optional.of(ended),
                                    ended,
                                    situation.zone());
            if (due.isEmpty()) {
                return new Worst(0, 0, true);
            }
            double next = Math.max(end, line.seconds(due.get()));
            double bytes = line.changed(next) - line.changed(start);
            double nextEnd = line.whenCarried(next + overhead, bytes);
            if (!Double.isFinite(nextEnd)) {
                return new Worst(0, 0, true);
            }
            // What was left over by the first copy is history and says nothing about the weeks to
            // come: its own session is not counted.
            if (session > 0 && nextEnd - start > worst) {
                worst = nextEnd - start;
                worstAt = nextEnd;
            }
            start = next;
            end = nextEnd;
        }
        return new Worst(worst, worstAt, false);
    }

    /** Whether an objective can be kept. */
    public boolean keeps(RpoObjective objective) {
        return reachableRpo.filter(rpo -> rpo.compareTo(objective.limit()) <= 0).isPresent();
    }

    /** What stands against an objective, in words; empty: nothing. */
    public Optional<Explanation> against(RpoObjective objective, String system) {
        if (keeps(objective)) {
            return Optional.empty();
        }
        String limit = Durations.text(objective.limit());
        return Optional.of(
                switch (obstacle) {
                    case NONE ->
                            TextFault.TEXTS.explain(
                                    "objectives.forecast-misses",
                                    system,
                                    Durations.text(roundedUp(reachableRpo.orElseThrow())),
                                    limit);
                    case NOT_SCHEDULED ->
                            TextFault.TEXTS.explain("objectives.forecast-manual", system, limit);
                    case LINE_TOO_SLOW ->
                            TextFault.TEXTS.explain(
                                    "objectives.forecast-too-slow",
                                    system,
                                    Math.round(weeklyChangedBytes / 1e6),
                                    Math.round(weeklyCapacityBytes / 1e6));
                    case BEYOND_HORIZON ->
                            TextFault.TEXTS.explain("objectives.forecast-beyond", system);
                });
    }

    private static Duration roundedUp(Duration span) {
        return Duration.ofSeconds((span.toMillis() + 999) / 1000);
    }
}
