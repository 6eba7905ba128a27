package org.standfest.standby.care;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.standfest.management.CareCall;
import org.standfest.management.CarePolicy;
import org.standfest.management.CareRuling;
import org.standfest.management.PrunePlan;
import org.standfest.management.SystemCare;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which points stay. */
@Timeout(60)
class RetentionCareTest extends CareRig {

    @Test
    void retentionIsAppliedAfterEveryCommitAndNeverToPinnedPoints() {
        session(1, 0.4);
        session(1, 0.4);
        ask(new CareCall.Pin(ID, 1, "before the update"));
        ask(new CareRuling.SetPolicy(ID, policy("last 2", 0)));
        assertEquals(List.of(2L, 1L), numbers(), "setting a rule removes nothing by itself");
        session(1, 0.4);
        session(1, 0.4);
        assertEquals(List.of(4L, 3L, 1L), numbers());
        assertTrue(journal.contains("standby prune.done"));
        PrunePlan plan = ask(new CareRuling.Prune(ID, "last 1", true));
        assertEquals(1, plan.going());
        assertEquals(List.of(4L, 3L, 1L), numbers(), "a dry run removes nothing");
        ask(new CareRuling.Unpin(ID, 1, "not needed"));
        assertEquals(2, ask(new CareRuling.Prune(ID, "last 1", false)).going());
        assertEquals(List.of(4L), numbers());
    }

    @Test
    void aLockedPointStaysWhateverIsAskedFor() {
        session(1, 0.4);
        session(1, 0.4);
        SystemCare locked = ask(new CareRuling.Lock(ID, 1, clock.now.plus(Duration.ofDays(7))));
        assertEquals(
                Optional.of(clock.now.plus(Duration.ofDays(7))),
                locked.points().getLast().lockedUntil());
        ask(new CareRuling.Prune(ID, "last 1", false));
        assertEquals(List.of(2L, 1L), numbers());
        ask(new CareRuling.Lock(ID, 1, clock.now.plus(Duration.ofDays(1))));
        assertEquals(
                Optional.of(clock.now.plus(Duration.ofDays(7))),
                ask(new CareCall.PoolShow(ID)).points().getLast().lockedUntil(),
                "a lock is never made shorter");
    }

    @Test
    void aPolicyIsCheckedBeforeItIsKeptAndReachesThePool() {
        refused(new CareRuling.SetPolicy(ID, policy("none", 0)), "objectives.retention");
        CarePolicy wanted = new CarePolicy("daily 7", 0, 86_400_000, 1L << 40, "town", "", 20, 3);
        ask(new CareRuling.SetPolicy(ID, wanted));
        assertEquals("town", pool.rules(ID).orThrow().customer());
        assertEquals(1L << 40, pool.rules(ID).orThrow().quotaBytes());
        session(1, 0.4);
        assertTrue(
                ask(new CareCall.PoolShow(ID)).points().getFirst().lockedUntil().isPresent(),
                "new points are locked");
        Care again = new Care(ports());
        assertEquals(
                wanted,
                again.ask(new CareCall.PoolShow(ID), "anna", Locale.ENGLISH).orThrow().policy());
    }
}
