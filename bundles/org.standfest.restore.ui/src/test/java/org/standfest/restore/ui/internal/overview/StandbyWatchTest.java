package org.standfest.restore.ui.internal.overview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.management.Action;
import org.standfest.management.StandbyClient;
import org.standfest.management.rehearsed.RehearsedStandby;
import org.standfest.restore.ui.internal.access.StandbyAccess;
import org.standfest.restore.ui.internal.access.StandbyAddress;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

class StandbyWatchTest {

    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-11-22T12:00:00Z"));

    /** A way to a standby that can be cut. */
    private static final class Cuttable implements StandbyAccess {

        private final StandbyClient standby = new RehearsedStandby(Locale.ENGLISH, CLOCK);
        private boolean enrolled = true;
        private boolean cut;
        private int opened;

        @Override
        public Optional<StandbyAddress> enrolledAt() {
            return enrolled ? Optional.of(new StandbyAddress("standby", 1)) : Optional.empty();
        }

        @Override
        public Outcome<StandbyAddress> enrol(StandbyAddress at, String code) {
            enrolled = true;
            return Outcome.done(at);
        }

        @Override
        public Outcome<StandbyClient> open() {
            opened++;
            return cut
                    ? Outcome.failed(Explanation.rendered("transport.unreachable", "a", "b", "c"))
                    : Outcome.done(standby);
        }

        @Override
        public Outcome<Void> forget() {
            enrolled = false;
            return Outcome.done();
        }
    }

    private final Cuttable access = new Cuttable();
    private final StandbyWatch watch = new StandbyWatch(access, CLOCK);

    @Test
    void seesAllSystems() {
        Glance.Seen seen = assertInstanceOf(Glance.Seen.class, watch.look());
        assertEquals(6, seen.systems().size());
    }

    @Test
    void keepsTheConnectionBetweenTwoLooks() {
        watch.look();
        watch.look();
        assertEquals(1, access.opened);
    }

    @Test
    void saysThatItIsNotEnrolled() {
        access.enrolled = false;
        assertInstanceOf(Glance.NotEnrolled.class, watch.look());
    }

    @Test
    void remembersWhatWasKnownWhenTheStandbyFallsSilent() {
        watch.look();
        watch.disconnected();
        access.cut = true;
        Glance.Lost lost = assertInstanceOf(Glance.Lost.class, watch.look());
        assertEquals("transport.unreachable", lost.why().code());
        assertTrue(lost.last().isPresent());
    }

    @Test
    void comesBackByItself() {
        access.cut = true;
        assertInstanceOf(Glance.Lost.class, watch.look());
        access.cut = false;
        assertInstanceOf(Glance.Seen.class, watch.look());
    }

    @Test
    void showsWhatIsUnderWay() {
        assertTrue(watch.begin("ledger", Action.REPLICATE).isDone());
        Glance.Seen seen = assertInstanceOf(Glance.Seen.class, watch.look());
        assertTrue(seen.operations().containsKey("ledger"));
    }
}
