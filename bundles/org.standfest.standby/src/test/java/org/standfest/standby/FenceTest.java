package org.standfest.standby;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

class FenceTest {

    @Test
    void aBugInOneActIsWrittenDownAndTheNextActIsDone() {
        List<String> told = new ArrayList<>();
        Fence fence = new Fence((who, id, what, facts) -> told.add(id + " " + what + " " + facts));
        for (int look = 0; look < 3; look++) {
            fence.around(
                    "ledger",
                    () -> {
                        throw new IllegalArgumentException("host");
                    });
        }
        fence.around("mail", () -> told.add("mail done"));
        assertEquals(
                List.of(
                        "ledger watch.fault {why=java.lang.IllegalArgumentException: host}",
                        "mail done"),
                told);
    }

    @Test
    void theJournalHasWordsForItInBothLanguages() {
        String english = StandbyTexts.text(Locale.ENGLISH, "journal.watch.fault");
        String german = StandbyTexts.text(Locale.GERMAN, "journal.watch.fault");
        assertEquals("Fault in the program; everything else goes on", english);
        assertNotEquals(english, german);
    }
}
