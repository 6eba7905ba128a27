package org.standfest.analysis.classes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.standfest.analysis.classes.DataCentreClass.SiteFacts;

import java.util.List;
import java.util.Locale;

class ClassesTest {

    @ParameterizedTest
    @CsvSource({
        "1, VK_0",
        "0.05, VK_0",
        "0.0100001, VK_0",
        "0.01, VK_1",
        "0.001, VK_2",
        "0.00101, VK_1",
        "1e-4, VK_3",
        "1.1e-4, VK_2",
        "1e-5, VK_4",
        "1e-12, VK_4",
        "0, VK_4"
    })
    void theLimitBelongsToTheBetterClass(double unavailability, BsiClass expected) {
        assertEquals(expected, BsiClass.of(unavailability));
    }

    @Test
    void theSentenceNamesTheDowntimeInBothLanguages() {
        Rating rating = BsiClass.rate(1 - 0.9999);
        assertEquals("VK 3", rating.grade());
        assertTrue(rating.explanation().inFull(Locale.ENGLISH).contains("About 53 minutes"));
        assertTrue(rating.explanation().inFull(Locale.GERMAN).contains("Etwa 53 Minuten"));
    }

    @Test
    void everyClassHasItsSentences() {
        for (double unavailability : new double[] {1, 1e-2, 1e-3, 1e-4, 1e-5}) {
            assertWhole(BsiClass.rate(unavailability));
        }
        for (int paths = 0; paths < 3; paths++) {
            for (boolean redundant : new boolean[] {false, true}) {
                DataCentreClass.hints(new SiteFacts(paths, redundant, true))
                        .forEach(ClassesTest::assertWhole);
            }
        }
    }

    private static void assertWhole(Rating rating) {
        for (Locale locale : List.of(Locale.ENGLISH, Locale.GERMAN)) {
            String text = rating.explanation().inFull(locale);
            assertFalse(text.contains("!") || text.contains("{"), text);
        }
    }

    @Test
    void aSecondPathIsClassThreeAndHintsAreMarkedAsQuoted() {
        List<Rating> hints = DataCentreClass.hints(new SiteFacts(2, true, false));
        assertEquals(List.of("AC 3", "III"), hints.stream().map(Rating::grade).toList());
        assertTrue(hints.stream().allMatch(it -> it.support() == Rating.Support.COMMONLY_QUOTED));
        assertEquals(
                "AC 1", DataCentreClass.hints(new SiteFacts(1, false, true)).getFirst().grade());
        assertEquals(
                "AC 2", DataCentreClass.hints(new SiteFacts(1, true, true)).getFirst().grade());
        assertEquals(
                "AC 4", DataCentreClass.hints(new SiteFacts(2, true, true)).getFirst().grade());
    }
}
