package org.standfest.standby.care;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.standfest.management.Alarm;
import org.standfest.management.CareCall;
import org.standfest.management.CareRuling;
import org.standfest.management.PointCare;
import org.standfest.management.SystemCare;
import org.standfest.replication.engine.AgentStatus;
import org.standfest.replication.protocol.Message.AgentReport;
import org.standfest.replication.protocol.Message.SystemReport;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a person is told without asking. */
@Timeout(60)
class AlarmCareTest extends CareRig {

    @Test
    void aJumpInChangesPinsTheLastGoodPointsAndStopsRetentionUntilAPersonAcknowledges() {
        ask(new CareRuling.SetPolicy(ID, policy("last 3", 0)));
        for (int i = 0; i < 12; i++) {
            session(1, 0.4);
        }
        assertEquals(List.of(12L, 11L, 10L), numbers());
        // Everything changes, nothing compresses: so looks encryption.
        session(8, 1.0);
        Alarm alarm = ask(new CareCall.Alarms(ID, false)).alarms().getFirst();
        assertEquals(Alarm.Kind.CHANGES, alarm.kind());
        assertFalse(alarm.finding().reason().happened().isBlank());
        session(1, 0.4);
        session(1, 0.4);
        assertEquals(List.of(15L, 14L, 13L, 12L, 11L, 10L), numbers(), "nothing is removed");
        SystemCare stopped = ask(new CareCall.PoolShow(ID));
        assertTrue(stopped.retentionStopped().isPresent());
        assertEquals(
                List.of(12L),
                stopped.points().stream()
                        .filter(PointCare::lastGood)
                        .map(PointCare::number)
                        .toList());
        assertTrue(stopped.points().get(3).pinned().isPresent(), "the last good one is pinned");
        refused(new CareRuling.Prune(ID, "last 1", false), "care.retention-stopped");
        refused(new CareRuling.Unpin(ID, 12, "I am in a hurry"), "care.retention-stopped");

        ask(new CareCall.Acknowledge(alarm.id(), "a new release was installed"));
        assertTrue(journal.contains("anna alarm.acknowledged"));
        session(1, 0.4);
        assertEquals(
                List.of(16L, 15L, 14L, 12L, 11L, 10L),
                numbers(),
                "retention works again; what the alarm pinned stays until a person takes the pin");
        ask(new CareRuling.Unpin(ID, 12, "not needed any more"));
        session(1, 0.4);
        assertFalse(numbers().contains(12L));
    }

    @Test
    void anOpenAlarmSurvivesARestartAndAnUnreadableBookIsNotWrittenOver() throws IOException {
        for (int i = 0; i < 12; i++) {
            session(1, 0.4);
        }
        session(8, 1.0);
        Care again = new Care(ports());
        again.open().orThrow();
        assertEquals(
                1,
                again.ask(new CareCall.Alarms(ID, false), "anna", Locale.GERMAN)
                        .orThrow()
                        .alarms()
                        .size());
        Path book = folder.resolve("home/alarms.json");
        Files.writeString(book, "{\"version\": 1, \"record\": [");
        assertInstanceOf(Outcome.Failed.class, new Care(ports()).open());
        assertTrue(Files.readString(book).endsWith("["));
    }

    @Test
    void aMissedObjectiveIsAnAlarmThatGoesByItself() {
        ask(new CareRuling.SetPolicy(ID, policy("all", Duration.ofHours(2).toMillis())));
        session(1, 0.4);
        assertEquals(List.of(), ask(new CareCall.Alarms(ID, false)).alarms());
        clock.now = clock.now.plus(Duration.ofHours(3));
        watchFor(1);
        Alarm alarm = ask(new CareCall.Alarms(ID, false)).alarms().getFirst();
        assertEquals(Alarm.Kind.RPO_MISSED, alarm.kind());
        session(1, 0.4);
        assertEquals(List.of(), ask(new CareCall.Alarms(ID, false)).alarms());
        assertEquals(
                Optional.of("standby"),
                ask(new CareCall.Alarms(ID, true)).alarms().getFirst().settledBy());
    }

    @Test
    void aMissedObjectiveSaysWhy() {
        session(1, 0.4);
        ask(new CareRuling.SetPolicy(ID, policy("all", Duration.ofHours(2).toMillis())));
        clock.now = clock.now.plus(Duration.ofHours(3));
        assertEquals("care.rpo-away", missed(), "nobody has heard of an agent");
        report(Map.of("paused", "true", "pausedBecause", "the line is repaired"));
        assertEquals("care.rpo-paused", missed());
        report(Map.of("running", "replicate", "remainingSeconds", "90"));
        assertEquals("care.rpo-running", missed());
        report(Map.of("result", "FAILED", "problem", "The line broke."));
        assertEquals("care.rpo-failed", missed());
        report(Map.of("result", "DONE", "schedule", "manual"));
        assertEquals("care.rpo-manual", missed());
        report(Map.of("result", "DONE", "schedule", "every 15 min"));
        assertEquals("objectives.rpo-missed", missed());
    }

    /** The reason of an alarm that is raised now, and settled for the next one. */
    private String missed() {
        watchFor(1);
        Alarm alarm = alarms().getFirst();
        ask(new CareCall.Acknowledge(alarm.id(), "seen"));
        return alarm.finding().reason().code();
    }

    private List<Alarm> alarms() {
        return ask(new CareCall.Alarms(ID, false)).alarms();
    }

    private static Map<String, String> compared(String state, int differing, Instant proved) {
        return Map.of(
                "comparison",
                state,
                "differingBlocks",
                Integer.toString(differing),
                "differing",
                "disk0:5 files:/etc/passwd",
                "provedAtMillis",
                Long.toString(proved.toEpochMilli()));
    }

    @Test
    void pain12ADifferenceThatTheRollingComparisonFindsIsAnAlarmBeforeItsRoundIsOver() {
        session(1, 0.4);
        Instant proved = clock.now.minus(Duration.ofDays(1));
        report(compared("RUNNING", 0, proved));
        assertEquals(List.of(), alarms());
        assertEquals(Optional.of(proved), ask(new CareCall.PoolShow(ID)).provedAt());
        report(compared("RUNNING", 1, proved));
        Alarm alarm = alarms().getFirst();
        assertEquals(Alarm.Kind.DIFFERENT, alarm.kind());
        assertTrue(alarm.finding().reason().happened().contains("files:/etc/passwd"));
        assertEquals(Optional.of(proved), ask(new CareCall.PoolShow(ID)).provedAt());
        ask(new CareCall.Acknowledge(alarm.id(), "the memory was replaced"));
        report(compared("DIFFERENT", 1, proved));
        assertEquals(List.of(), alarms(), "the same difference needs no second word");
        report(compared("RUNNING", 2, proved));
        assertEquals(1, alarms().size(), "one more is another");
    }

    @Test
    void aProofOutlivesTheAgentAndTheStandbysRestart() {
        session(1, 0.4);
        Instant proved = clock.now.minus(Duration.ofMinutes(5));
        report(compared("IDENTICAL", 0, proved));
        agents.clear();
        assertEquals(Optional.of(proved), ask(new CareCall.PoolShow(ID)).provedAt());
        Care again = new Care(ports());
        assertEquals(
                Optional.of(proved),
                again.ask(new CareCall.PoolShow(ID), "anna", Locale.ENGLISH).orThrow().provedAt());
    }

    @Test
    void anAgentThatDoesNotProtectTheSystemProvesNothing() {
        session(1, 0.4);
        report(Map.of());
        AgentStatus other =
                new AgentStatus(
                        "mallory",
                        true,
                        clock.now,
                        new AgentReport(
                                "elsewhere",
                                "test",
                                List.of(),
                                List.of(
                                        new SystemReport(
                                                ID,
                                                "Ledger",
                                                List.of(),
                                                0,
                                                "",
                                                "",
                                                compared("DIFFERENT", 3, clock.now)))));
        care.reported(other);
        assertEquals(List.of(), alarms());
        assertEquals(Optional.empty(), ask(new CareCall.PoolShow(ID)).provedAt());
    }
}
