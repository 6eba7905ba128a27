package org.standfest.standby;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.results.Explanation;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

class EmergencyPointsTest {

    @Test
    void aLineToTheSecondStandbyThatHoldsUpTheNextPointIsTold() {
        Duration every = Duration.ofMinutes(15);
        assertEquals(Optional.empty(), EmergencyPoints.tooSlow("ledger", every));
        Explanation slow = EmergencyPoints.tooSlow("ledger", every.plusMinutes(7)).orElseThrow();
        assertEquals("standby.second-slow", slow.code());
        for (Locale locale : List.of(Locale.ENGLISH, Locale.GERMAN)) {
            String happened = slow.happened(locale);
            assertTrue(happened.contains("ledger") && happened.contains("22"), happened);
            assertTrue(slow.meaning(locale).contains("15"), slow.meaning(locale));
        }
    }
}
