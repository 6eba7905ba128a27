package org.standfest.replication.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.replication.objectives.RateCalendar;
import org.standfest.replication.objectives.RpoObjective;
import org.standfest.replication.objectives.Schedule;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.VolumeSource;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A virtual clock: hours pass in microseconds. */
class PlannerTest {

    private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");
    private final Planner planner =
            new Planner(ZoneOffset.UTC, Duration.ofSeconds(10), Duration.ofMinutes(10), 2);

    private static ProtectedSystem system(String id, String schedule, int priority, String rpo) {
        ReplicationPlan plan =
                new ReplicationPlan(
                        Schedule.parse(schedule).orThrow(),
                        Optional.of(rpo)
                                .filter(text -> !text.isEmpty())
                                .map(text -> RpoObjective.parse(text).orThrow()),
                        priority,
                        Duration.ZERO,
                        1,
                        RateCalendar.UNLIMITED);
        return new ProtectedSystem(
                id,
                id,
                List.of(new VolumeSource("d", VolumeKind.DISK, "file", "/x")),
                plan,
                Map.of());
    }

    private static RunTimes done(Instant started) {
        return RunTimes.NEVER.startedAt(started).doneAt(started.plusSeconds(5), started);
    }

    private List<String> toStart(int running, Instant now, Planner.Candidate... candidates) {
        return planner.toStart(List.of(candidates), running, now).stream()
                .map(ProtectedSystem::id)
                .toList();
    }

    @Test
    void theHighestPriorityGoesFirstThenWhoHasUsedMostOfItsObjective() {
        Planner.Candidate late =
                new Planner.Candidate(
                        system("late", "every 1 min", 5, "10 min"), done(START.minusSeconds(500)));
        Planner.Candidate later =
                new Planner.Candidate(
                        system("later", "every 1 min", 5, "1 h"), done(START.minusSeconds(900)));
        Planner.Candidate important =
                new Planner.Candidate(
                        system("important", "every 1 min", 9, ""), done(START.minusSeconds(61)));
        Planner.Candidate notYet =
                new Planner.Candidate(
                        system("not-yet", "every 1 h", 9, ""), done(START.minusSeconds(61)));
        assertEquals(
                List.of("important", "late"), toStart(0, START, later, late, notYet, important));
        assertEquals(List.of("important"), toStart(1, START, later, late, important));
        assertEquals(List.of(), toStart(2, START, later, late, important));
    }

    @Test
    void pausesDoubleAfterFailuresAndEndWithTheLine() {
        ProtectedSystem system = system("s", "continuous", 5, "");
        RunTimes times = RunTimes.NEVER;
        List<Long> pauses = new ArrayList<>();
        Instant now = START;
        for (int run = 0; run < 9; run++) {
            times = times.startedAt(now).failedAt(now);
            Instant due = planner.due(new Planner.Candidate(system, times), now).orElseThrow();
            pauses.add(Duration.between(now, due).toSeconds());
            now = due;
        }
        assertEquals(List.of(10L, 20L, 40L, 80L, 160L, 320L, 600L, 600L, 600L), pauses);
        Instant again =
                planner.due(new Planner.Candidate(system, times.withoutFailures()), now)
                        .orElseThrow();
        assertEquals(now, again);
    }

    @Test
    void aPausedSystemIsNeverDueAndARestartForgetsNothing() {
        ProtectedSystem system = system("s", "every 1 min", 5, "");
        RunTimes paused = done(START.minusSeconds(999)).pausedBecause(Optional.of("holidays"));
        assertTrue(planner.due(new Planner.Candidate(system, paused), START).isEmpty());
        RunTimes read = RunTimes.of(paused.properties());
        assertEquals(paused, read);
        assertEquals(
                Optional.of(START),
                planner.due(
                        new Planner.Candidate(system, read.pausedBecause(Optional.empty())),
                        START));
    }

    @Test
    void manySystemsAllGetTheirTurnOverAWeek() {
        Map<String, RunTimes> times = new HashMap<>();
        List<ProtectedSystem> systems = new ArrayList<>();
        for (int number = 0; number < 50; number++) {
            systems.add(system("s" + number, "every 1 h", 1 + number % 9, ""));
        }
        Map<String, Integer> runs = new HashMap<>();
        for (int minute = 0; minute < 7 * 24 * 60; minute++) {
            Instant now = START.plus(Duration.ofMinutes(minute));
            List<Planner.Candidate> idle =
                    systems.stream()
                            .map(
                                    one ->
                                            new Planner.Candidate(
                                                    one,
                                                    times.getOrDefault(one.id(), RunTimes.NEVER)))
                            .toList();
            for (ProtectedSystem one : planner.toStart(idle, 0, now)) {
                times.put(one.id(), done(now));
                runs.merge(one.id(), 1, Integer::sum);
            }
        }
        assertEquals(50, runs.size());
        assertTrue(runs.values().stream().allMatch(count -> count >= 160), runs::toString);
    }
}
