package org.standfest.standby;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.management.PositiveTest;
import org.standfest.management.StandbyHardware;
import org.standfest.management.SystemSettings;
import org.standfest.management.SystemState;
import org.standfest.probe.Verdict;
import org.standfest.probe.Verdict.Answer;
import org.standfest.recovery.FileCourseStore;
import org.standfest.recovery.RecoveryEngine;
import org.standfest.recovery.plans.ServiceTest;
import org.standfest.replication.engine.AgentStatus;
import org.standfest.replication.protocol.Message;
import org.standfest.results.Explanation;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class WatchTest {

    private static final Explanation WHY = Explanation.rendered("x", "a", "b", "c");

    @TempDir Path folder;
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<SystemState> seen = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-22T03:00:00Z");
    private int presence;
    private SystemRecords records;
    private RecoveryEngine engine;

    @BeforeEach
    void oneSystemWithATestEverySecond() {
        records = new SystemRecords(new StandbyHome(folder));
        engine =
                new RecoveryEngine(
                        new FileCourseStore(folder.resolve("systems")),
                        (_, _, _, _) -> {},
                        _ -> {
                            throw new IllegalStateException("no plan here");
                        },
                        () -> now,
                        Runnable::run,
                        _ -> {},
                        () -> "id");
        engine.meet("ledger").orThrow();
        tested(Optional.of(new PositiveTest("http", "192.0.2.1", 80, "/", 1_000, 500)));
    }

    private void tested(Optional<PositiveTest> test) {
        SystemSettings settings =
                new SystemSettings(
                        test, Optional.empty(), List.of(), StandbyHardware.AS_DESCRIBED, 1_000);
        records.change("ledger", record -> record.with(settings)).orThrow();
    }

    /** Lets the watch run until all answers are used up, and notes the state after each. */
    private void watch(Answer... inOrder) {
        answers.addAll(List.of(inOrder));
        Watch[] watch = new Watch[1];
        int[] ticks = {inOrder.length * 10 + 30};
        watch[0] =
                new Watch(
                        engine,
                        records,
                        new Answers(),
                        null,
                        _ -> Optional.of(agent()),
                        () -> now,
                        time -> {
                            now = now.plus(time);
                            if (--ticks[0] <= 0 || answers.isEmpty() && inOrder.length > 0) {
                                watch[0].stop();
                            }
                        },
                        task -> {
                            task.run();
                            seen.add(state());
                        });
        try {
            watch[0].run();
        } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private SystemState state() {
        return engine.course("ledger").orThrow().state().word();
    }

    private AgentStatus agent() {
        return new AgentStatus(
                "agent-1",
                true,
                now,
                new Message.AgentReport(
                        "host",
                        "agent",
                        List.of(),
                        List.of(
                                new Message.SystemReport(
                                        "ledger", "Ledger", List.of(), presence, "", "",
                                        Map.of()))));
    }

    private final class Answers implements ServiceTest {
        @Override
        public Optional<Verdict> test(String systemId, Place place) {
            return records.settings(systemId).primaryTest().isEmpty() || answers.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new Verdict(
                                    "http", "there", answers.removeFirst(), WHY, Duration.ZERO));
        }

        @Override
        public Optional<Verdict> testIsolated(String systemId, int hostPort) {
            return Optional.empty();
        }

        @Override
        public Duration limit(String systemId) {
            return Duration.ofSeconds(1);
        }
    }

    @Test
    void oneNegativeTestIsNoOutageTwoInARowAre() {
        watch(Answer.POSITIVE, Answer.NEGATIVE, Answer.POSITIVE, Answer.NEGATIVE);
        assertEquals(SystemState.NORMAL_OPERATION, state());
        Instant lastPositive = now;
        watch(Answer.POSITIVE, Answer.NEGATIVE, Answer.NEGATIVE);
        assertEquals(SystemState.OUTAGE, state());
        var measured = engine.course("ledger").orThrow().measured();
        assertEquals(lastPositive, measured.lastPositiveAt().orElseThrow());
        assertEquals(
                2_000,
                Duration.between(
                                measured.lastPositiveAt().orElseThrow(),
                                measured.noticedAt().orElseThrow())
                        .toMillis());
    }

    @Test
    void theAgentsWordShortensItAndAloneIsEnoughOnlyWithoutATest() {
        presence = 1;
        watch(Answer.POSITIVE);
        assertEquals(SystemState.NORMAL_OPERATION, state());
        watch(Answer.NEGATIVE);
        assertEquals(SystemState.OUTAGE, state());
    }

    @Test
    void withoutATestTheAgentsWordIsAnOutage() {
        tested(Optional.empty());
        watch();
        assertEquals(SystemState.NORMAL_OPERATION, state());
        presence = 1;
        watch();
        assertEquals(SystemState.OUTAGE, state());
    }

    @Test
    void testsThatCouldNotLookAreNotTakenForAnOutageTooSoon() {
        watch(Answer.INCONCLUSIVE, Answer.INCONCLUSIVE, Answer.INCONCLUSIVE, Answer.INCONCLUSIVE);
        assertEquals(SystemState.NORMAL_OPERATION, state());
    }

    @Test
    void aTestThatNeverPassedProvesNoOutage() {
        watch(Answer.NEGATIVE, Answer.NEGATIVE, Answer.NEGATIVE);
        assertEquals(SystemState.NORMAL_OPERATION, state());
    }

    @Test
    void aServiceThatComesBackByItselfEndsTheOutageAfterTwoPositiveTests() {
        watch(Answer.POSITIVE, Answer.NEGATIVE, Answer.NEGATIVE);
        assertEquals(SystemState.OUTAGE, state());
        seen.clear();
        watch(Answer.POSITIVE, Answer.NEGATIVE, Answer.POSITIVE, Answer.POSITIVE);
        assertEquals(SystemState.NORMAL_OPERATION, state());
        assertEquals(
                List.of(
                        SystemState.OUTAGE,
                        SystemState.OUTAGE,
                        SystemState.OUTAGE,
                        SystemState.NORMAL_OPERATION),
                seen);
    }
}
