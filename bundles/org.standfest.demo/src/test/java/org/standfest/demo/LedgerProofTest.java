package org.standfest.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

class LedgerProofTest {

    private static final Instant START = Instant.parse("2026-11-22T03:00:00Z");
    private static final Instant POINT = START.plusSeconds(10);
    private static final Instant OUTAGE = START.plusSeconds(14);

    private final List<Entry> written =
            List.of(
                    entry("b1", Entry.Era.BEFORE, 5),
                    entry("b2", Entry.Era.BEFORE, 10),
                    entry("b3", Entry.Era.BEFORE, 12),
                    new Entry("b4", Entry.Era.BEFORE, START, null),
                    entry("e1", Entry.Era.EMERGENCY, 30),
                    entry("h1", Entry.Era.HOME, 60));

    private static Entry entry(String text, Entry.Era era, int second) {
        Instant at = START.plusSeconds(second);
        return new Entry(text, era, at, at);
    }

    private LedgerProof proof(String... ledger) {
        return LedgerProof.of(written, List.of(ledger), POINT, OUTAGE);
    }

    @Test
    void tellsWhatFellBetweenPointAndOutageAndHoldsOtherwise() {
        LedgerProof proof = proof("b1", "b2", "e1", "h1");
        assertTrue(proof.holds());
        assertEquals(2, proof.acknowledgedBeforePoint());
        assertEquals(List.of("b3"), proof.lost());
        assertEquals(1, proof.acknowledgedInGap());
        assertEquals(Duration.ofSeconds(4), proof.recoveryPointActual());
    }

    @Test
    void entrySentButNeverAcknowledgedMayBeThereOrNot() {
        assertTrue(proof("b1", "b2", "b4", "e1", "h1").holds());
    }

    @Test
    void anyLossOfAPromisedEntryBreaksTheProof() {
        for (String missing : List.of("b1", "b2", "e1", "h1")) {
            List<String> ledger = new ArrayList<>(List.of("b1", "b2", "e1", "h1"));
            ledger.remove(missing);
            assertFalse(proof(ledger.toArray(String[]::new)).holds(), missing);
        }
    }

    @Test
    void inventedAndDoubledEntriesBreakTheProof() {
        assertEquals(List.of("x"), proof("b1", "b2", "e1", "h1", "x").foreign());
        assertFalse(proof("b1", "b2", "e1", "h1", "x").holds());
        assertFalse(proof("b1", "b2", "b2", "e1", "h1").holds());
    }
}
