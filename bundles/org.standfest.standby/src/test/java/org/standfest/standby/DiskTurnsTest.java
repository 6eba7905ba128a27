package org.standfest.standby;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.recovery.Course;
import org.standfest.recovery.RecoveryState;
import org.standfest.replication.engine.RestoreView;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

class DiskTurnsTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final DiskTurns turns = new DiskTurns();
    private final List<String> acts = Collections.synchronizedList(new ArrayList<>());

    private final class View implements RestoreView {
        private final String name;

        View(String name) {
            this.name = name;
        }

        @Override
        public Snapshot snapshot() {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<VolumeSource> volumes() {
            return List.of();
        }

        @Override
        public long epoch() {
            return 7;
        }

        @Override
        public void close() {
            acts.add(name + " closed");
        }
    }

    private Outcome<RestoreView> opened(String name) {
        acts.add(name + " opened");
        return Outcome.done(new View(name));
    }

    @Test
    void aReturnWaitsUntilThePointHasClosedTheDisks() throws InterruptedException {
        RestoreView point = turns.open("ledger", Duration.ZERO, () -> opened("point")).orThrow();
        CountDownLatch begun = new CountDownLatch(1);
        Thread bulk =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    begun.countDown();
                                    turns.open("ledger", LONG, () -> opened("bulk")).orThrow();
                                });
        begun.await();
        while (bulk.getState() != Thread.State.TIMED_WAITING
                && bulk.getState() != Thread.State.TERMINATED) {
            Thread.onSpinWait();
        }
        point.close();
        bulk.join();
        assertEquals(List.of("point opened", "point closed", "bulk opened"), acts);
    }

    @Test
    void whoHasNoPatienceIsRefusedAndOtherSystemsDoNotWait() {
        RestoreView first = turns.open("ledger", Duration.ZERO, () -> opened("first")).orThrow();
        assertEquals(
                "standby.disks-open",
                turns.open("ledger", Duration.ZERO, () -> opened("second"))
                        .problem()
                        .orElseThrow()
                        .code());
        assertTrue(turns.open("mail", Duration.ZERO, () -> opened("mail")).isDone());
        assertEquals(List.of("first opened", "mail opened"), acts);
        first.close();
        first.close();
        turns.open("ledger", Duration.ZERO, () -> opened("third")).orThrow();
        assertFalse(
                turns.open("ledger", Duration.ZERO, () -> opened("fourth")).isDone(),
                "closed twice is one turn");
    }

    @Test
    void whatCouldNotBeOpenedIsNobodysTurn() {
        Explanation why = Explanation.rendered("x", "a", "b", "c");
        assertFalse(turns.open("ledger", Duration.ZERO, () -> Outcome.refused(why)).isDone());
        assertThrows(
                IllegalStateException.class,
                () ->
                        turns.open(
                                "ledger",
                                Duration.ZERO,
                                () -> {
                                    throw new IllegalStateException();
                                }));
        assertTrue(turns.open("ledger", Duration.ZERO, () -> opened("next")).isDone());
    }

    @Test
    void aPointGivesWayAsSoonAsItsMachineDoesNotServeAloneAnyMore() {
        Instant now = Instant.EPOCH;
        Course met = Course.begin("ledger", now);
        assertTrue(EmergencyPoints.givesWay(met, "m"));
        Course serves = in(met, new RecoveryState.EmergencyOperation("m", false, Optional.empty()));
        assertFalse(EmergencyPoints.givesWay(serves, "m"));
        assertTrue(EmergencyPoints.givesWay(serves, "another"));
        assertTrue(EmergencyPoints.givesWay(in(met, new RecoveryState.Restoration("r", "m")), "m"));
    }

    private static Course in(Course course, RecoveryState state) {
        return new Course(
                course.systemId(),
                state,
                course.since(),
                course.operation(),
                course.measured(),
                course.provedToStartAt());
    }
}
