package org.standfest.standby;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.standfest.management.VerificationPlan;
import org.standfest.probe.Verdict;
import org.standfest.probe.Verdict.Answer;
import org.standfest.recovery.Course;
import org.standfest.recovery.FileCourseStore;
import org.standfest.recovery.Plan;
import org.standfest.recovery.Plan.Planned;
import org.standfest.recovery.PlanKind;
import org.standfest.recovery.RecoveryEngine;
import org.standfest.recovery.RecoveryEvent;
import org.standfest.recovery.Step;
import org.standfest.recovery.StepRun;
import org.standfest.recovery.Told;
import org.standfest.recovery.plans.BootReport;
import org.standfest.recovery.plans.ServiceTest;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

class VerificationClockTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Explanation WHY = Explanation.rendered("x", "a", "b", "c");

    @TempDir Path folder;
    private final Map<String, VerificationPlan> plans = new HashMap<>();
    private final Map<String, String> points = new HashMap<>();
    private final Map<String, BootReport> proofs = new HashMap<>();
    private final List<String> acts = new ArrayList<>();
    private final List<Runnable> work = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-22T01:00:00Z");
    private Answer home = Answer.POSITIVE;
    private RecoveryEngine engine;
    private VerificationClock clock;

    /** Nothing runs by itself: an operation stays where it was begun. */
    @BeforeEach
    void twoSystems() {
        engine =
                new RecoveryEngine(
                        new FileCourseStore(folder),
                        (_, _, _, _) -> {},
                        _ -> rehearsal(),
                        () -> now,
                        work::add,
                        _ -> {},
                        () -> "op-" + acts.size());
        for (String id : List.of("ledger", "mail")) {
            engine.meet(id).orThrow();
            plans.put(id, VerificationPlan.OFF);
        }
        clock =
                new VerificationClock(
                        new VerificationClock.Ports(
                                () -> now,
                                BERLIN,
                                engine::courses,
                                plans::get,
                                id -> Optional.ofNullable(points.get(id)),
                                id -> Optional.ofNullable(proofs.get(id)),
                                new Primary(),
                                this::begin,
                                operation -> acts.add("cancel")));
    }

    private void begin(Course course) {
        acts.add(course.systemId());
        engine.begin(
                        course.systemId(),
                        PlanKind.REHEARSAL,
                        VerificationClock.WHO,
                        Map.of(),
                        List.of())
                .orThrow();
    }

    /** The operation of a system has ended with a proof of its newest point. */
    private void proved(String id) {
        proofs.put(
                id,
                new BootReport(
                        "op", points.getOrDefault(id, "p"), now, now, now, Optional.empty()));
        twoSystemsAnew();
    }

    private void twoSystemsAnew() {
        Map<String, VerificationPlan> before = new HashMap<>(plans);
        try {
            for (String id : List.of("ledger", "mail")) {
                Files.deleteIfExists(folder.resolve(id).resolve("course.json"));
            }
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        twoSystems();
        plans.putAll(before);
    }

    private final class Primary implements ServiceTest {
        @Override
        public Optional<Verdict> test(String systemId, Place place) {
            return Optional.of(new Verdict("http", "x", home, WHY, Duration.ZERO));
        }

        @Override
        public Optional<Verdict> testIsolated(String systemId, int hostPort) {
            return Optional.empty();
        }

        @Override
        public Duration limit(String systemId) {
            return Duration.ZERO;
        }
    }

    private record Nothing() implements Step {
        @Override
        public String id() {
            return "test";
        }

        @Override
        public String name(Locale locale) {
            return "test";
        }

        @Override
        public Outcome<Void> execute(StepRun run) {
            return Outcome.done();
        }

        @Override
        public Outcome<Void> undo(StepRun run) {
            return Outcome.done();
        }
    }

    private static Plan rehearsal() {
        return new Plan(
                PlanKind.REHEARSAL,
                List.of(Planned.of(new Nothing())),
                "test",
                RecoveryEvent.RehearsalBegun::new,
                _ -> new RecoveryEvent.RehearsalEnded(),
                (_, _) -> new RecoveryEvent.RehearsalEnded());
    }

    /** Lets so much time pass, minute by minute. */
    private void pass(Duration time) {
        for (long minute = time.toMinutes(); minute > 0; minute--) {
            now = now.plus(Duration.ofMinutes(1));
            clock.tick();
        }
    }

    @Test
    void anImageIsProvedAtItsHourOfTheLocalDayAndOnlyOnce() {
        plans.put("ledger", new VerificationPlan("daily 03:00,15:30"));
        pass(Duration.ofMinutes(59));
        assertEquals(List.of(), acts, "02:59 in Berlin");
        pass(Duration.ofMinutes(1));
        assertEquals(List.of("ledger"), acts);
        proved("ledger");
        pass(Duration.ofHours(12));
        assertEquals(List.of("ledger"), acts, "15:00");
        pass(Duration.ofMinutes(30));
        assertEquals(List.of("ledger", "ledger"), acts);
    }

    @Test
    void anHourThatWasMissedIsMadeUpForButNotForEver() {
        plans.put("ledger", new VerificationPlan("daily 03:00"));
        now = Instant.parse("2026-11-22T07:59:00Z");
        clock.tick();
        assertEquals(List.of("ledger"), acts, "the standby was off at three");
        twoSystemsAnew();
        acts.clear();
        now = Instant.parse("2026-11-22T08:01:00Z");
        clock.tick();
        assertEquals(List.of(), acts, "more than six hours late: not in the middle of the day");
    }

    @Test
    void eachNewPointIsProvedOnceWhateverComesOfIt() {
        plans.put("ledger", new VerificationPlan("after-replication"));
        pass(Duration.ofMinutes(5));
        assertEquals(List.of(), acts, "there is no point yet");
        points.put("ledger", "p-1");
        pass(Duration.ofMinutes(1));
        assertEquals(List.of("ledger"), acts);
        proofs.put("ledger", new BootReport("op", "p-1", now, now, now, Optional.of(Told.of(WHY))));
        twoSystemsAnew();
        pass(Duration.ofHours(2));
        assertEquals(List.of("ledger"), acts, "it failed; the same point again would fail again");
        points.put("ledger", "p-2");
        pass(Duration.ofMinutes(1));
        assertEquals(List.of("ledger", "ledger"), acts);
    }

    @Test
    void oneIsProvedAtATimeAndTheOneThatWaitedLongestIsNext() {
        plans.put("ledger", new VerificationPlan("after-replication"));
        plans.put("mail", new VerificationPlan("after-replication"));
        points.putAll(Map.of("ledger", "p-1", "mail", "m-1"));
        proofs.put("ledger", new BootReport("op", "p-0", now, now, now, Optional.empty()));
        pass(Duration.ofMinutes(10));
        assertEquals(List.of("mail"), acts);
        proved("mail");
        pass(Duration.ofMinutes(1));
        assertEquals(List.of("mail", "ledger"), acts);
    }

    @Test
    void nothingIsProvedBesideAnOutageAndWhatIsAtWorkMakesRoom() {
        plans.put("ledger", new VerificationPlan("after-replication"));
        points.put("ledger", "p-1");
        engine.outage("mail", "anna", Told.of(WHY), Optional.empty()).orThrow();
        pass(Duration.ofHours(1));
        assertEquals(List.of(), acts);
        engine.happened("mail", "watch", new RecoveryEvent.ServiceSeen());
        pass(Duration.ofMinutes(1));
        assertEquals(List.of("ledger"), acts);
        engine.outage("mail", "anna", Told.of(WHY), Optional.empty()).orThrow();
        pass(Duration.ofMinutes(1));
        assertEquals(List.of("ledger", "cancel"), acts);
    }

    @Test
    void aSystemThatFailsWhileItsImageIsProvedIsNotOverlooked() {
        plans.put("ledger", new VerificationPlan("after-replication"));
        points.put("ledger", "p-1");
        pass(Duration.ofMinutes(2));
        assertEquals(List.of("ledger"), acts);
        home = Answer.NEGATIVE;
        pass(Duration.ofMinutes(1));
        assertEquals(List.of("ledger", "cancel"), acts);
    }

    /** What was begun ends as one that was cancelled or failed early does: without a proof. */
    private void endWithoutProof() {
        List<Runnable> begun = List.copyOf(work);
        work.clear();
        begun.forEach(Runnable::run);
        assertTrue(engine.courses().values().stream().noneMatch(Course::busy));
    }

    @Test
    void whatEndedWithoutAProofIsNotBegunAgainForTheSamePoint() {
        plans.put("ledger", new VerificationPlan("after-replication"));
        points.put("ledger", "p-1");
        pass(Duration.ofMinutes(1));
        endWithoutProof();
        pass(Duration.ofHours(6));
        assertEquals(List.of("ledger"), acts, "a person cancelled it, or the disk is full");
        points.put("ledger", "p-2");
        pass(Duration.ofMinutes(1));
        assertEquals(List.of("ledger", "ledger"), acts);
    }

    @Test
    void whatEndedWithoutAProofIsNotBegunAgainBeforeItsNextHour() {
        plans.put("ledger", new VerificationPlan("daily 03:00"));
        pass(Duration.ofHours(2));
        endWithoutProof();
        pass(Duration.ofHours(22));
        assertEquals(List.of("ledger"), acts);
        pass(Duration.ofHours(2));
        assertEquals(List.of("ledger", "ledger"), acts, "three o'clock of the next day");
    }

    @Test
    void whatMadeRoomIsMadeUpForAfterTheTrouble() {
        plans.put("ledger", new VerificationPlan("after-replication"));
        points.put("ledger", "p-1");
        pass(Duration.ofMinutes(1));
        home = Answer.NEGATIVE;
        pass(Duration.ofMinutes(1));
        assertEquals(List.of("ledger", "cancel"), acts);
        home = Answer.POSITIVE;
        endWithoutProof();
        pass(Duration.ofMinutes(1));
        assertEquals(List.of("ledger", "cancel", "ledger"), acts);
    }

    @Test
    void aRehearsalThatAPersonAskedForIsLeftAlone() {
        engine.begin("mail", PlanKind.REHEARSAL, "anna", Map.of(), List.of()).orThrow();
        engine.outage("ledger", "anna", Told.of(WHY), Optional.empty()).orThrow();
        home = Answer.NEGATIVE;
        pass(Duration.ofHours(1));
        assertEquals(List.of(), acts);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "daily", "daily ", "daily 25:00", "daily 3", "daily 03:00,", "on"})
    void whatIsNoPlanIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> new VerificationPlan(text));
    }
}
