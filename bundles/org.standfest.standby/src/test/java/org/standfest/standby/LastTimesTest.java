package org.standfest.standby;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.recovery.PlanKind;
import org.standfest.recovery.journal.Journal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

class LastTimesTest {

    @TempDir Path folder;

    private static void took(Journal journal, String operation, String step, long millis)
            throws IOException {
        Map<String, String> details = new HashMap<>();
        details.put("operation", operation);
        details.put("plan", "RETURN");
        details.put("tookMillis", Long.toString(millis));
        if (!step.isEmpty()) {
            details.put("step", step);
        }
        journal.append("standby", "ledger", "step.done", details);
    }

    @Test
    void waitingForTheNightIsNotHowLongAReturnTakes() throws IOException {
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-22T05:00:00Z"));
        Journal journal = Journal.open(folder.resolve("journal.jsonl"), clock).orThrow();
        took(journal, "op-1", "bulk", 60_000);
        took(journal, "op-1", "window", 9 * 3_600_000);
        took(journal, "op-1", "test-home", 20_000);
        took(journal, "op-1", "", 9 * 3_600_000 + 80_000);
        // one that was cancelled while it waited says nothing about the whole
        took(journal, "op-2", "bulk", 50_000);
        took(journal, "op-2", "window", 60_000);
        Map<String, Long> last = new LastTimes(journal).of("ledger", PlanKind.RETURN);
        assertEquals(Map.of("bulk", 50_000L, "test-home", 20_000L, "", 80_000L), last);
    }
}
