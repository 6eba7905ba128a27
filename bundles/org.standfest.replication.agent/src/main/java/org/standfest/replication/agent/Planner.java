package org.standfest.replication.agent;

import org.standfest.replication.objectives.Schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Decides which systems to replicate now: those that are due, the highest priority first, among
 * equals the one that has used most of its objective. A run that failed comes again after a pause
 * that doubles, whatever its schedule says; a line that comes back ends the pause.
 */
final class Planner {

    private final ZoneId zone;
    private final Duration firstRetry;
    private final Duration longestRetry;
    private final int atOnce;

    Planner(ZoneId zone, Duration firstRetry, Duration longestRetry, int atOnce) {
        this.zone = zone;
        this.firstRetry = firstRetry;
        this.longestRetry = longestRetry;
        this.atOnce = atOnce;
    }

    record Candidate(ProtectedSystem system, RunTimes times) {}

    /** When a system is due; empty: never by itself. */
    Optional<Instant> due(Candidate candidate, Instant now) {
        RunTimes times = candidate.times();
        Schedule schedule = candidate.system().plan().schedule();
        if (times.paused().isPresent()) {
            return Optional.empty();
        }
        Optional<Instant> regular = schedule.nextDue(times.started(), times.ended(), now, zone);
        if (times.failures() == 0 || regular.isEmpty()) {
            return regular;
        }
        Instant ended = times.ended().filter(now::isAfter).orElse(now);
        Instant again = ended.plus(pauseAfter(times.failures()));
        return schedule.window().firstFrom(again.isBefore(now) ? now : again, zone);
    }

    private Duration pauseAfter(int failures) {
        int doublings = Math.min(failures - 1, 20);
        Duration pause = firstRetry.multipliedBy(1L << doublings);
        return pause.compareTo(longestRetry) > 0 ? longestRetry : pause;
    }

    /**
     * Which to start now.
     *
     * @param running how many of those it started are not over yet
     * @param idle systems of which none is
     */
    List<ProtectedSystem> toStart(List<Candidate> idle, int running, Instant now) {
        List<Candidate> due = new ArrayList<>();
        for (Candidate candidate : idle) {
            if (due(candidate, now).filter(at -> !at.isAfter(now)).isPresent()) {
                due.add(candidate);
            }
        }
        due.sort(
                Comparator.comparingInt((Candidate one) -> -one.system().plan().priority())
                        .thenComparingDouble(one -> -used(one, now))
                        .thenComparing(one -> one.system().id()));
        return due.stream().limit(Math.max(0, atOnce - running)).map(Candidate::system).toList();
    }

    /** How much of its objective a system has used; of a day where nothing was promised. */
    private static double used(Candidate candidate, Instant now) {
        Duration limit =
                candidate
                        .system()
                        .plan()
                        .objective()
                        .map(rpo -> rpo.limit())
                        .orElse(Duration.ofDays(1));
        return candidate
                .times()
                .taken()
                .map(at -> Duration.between(at, now).toMillis() / (double) limit.toMillis())
                .orElse(Double.MAX_VALUE);
    }
}
