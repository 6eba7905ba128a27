package org.standfest.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

import java.util.Locale;

class CatalogTest {

    private final Catalog catalog = Catalog.beside(CatalogTest.class);

    @Test
    void sameExplanationSpeaksBothLanguages() {
        Explanation closed = catalog.explain("shop.closed", "Corner", "9:00");
        assertEquals("The shop Corner is closed.", closed.happened(Locale.ENGLISH));
        assertEquals("You can't buy anything there now.", closed.meaning(Locale.UK));
        assertEquals("Der Laden Corner ist geschlossen.", closed.happened(Locale.GERMANY));
        assertEquals("Kommen Sie um 9:00 wieder.", closed.next(Locale.GERMAN));
        assertEquals(
                "The shop Corner is closed. You can't buy anything there now. Come back at 9:00.",
                closed.inFull(Locale.ENGLISH));
    }

    @Test
    void anExplanationAmongTheArgumentsSpeaksTheReadersLanguage() {
        Explanation inner = catalog.explain("shop.closed", "Corner", "9:00");
        Explanation outer = catalog.explain("shop.closed", inner, "9:00");
        assertEquals(
                "The shop The shop Corner is closed. is closed.", outer.happened(Locale.ENGLISH));
        assertEquals(
                "Der Laden Der Laden Corner ist geschlossen. ist geschlossen.",
                outer.happened(Locale.GERMAN));
    }

    @Test
    void unknownLanguageReadsEnglishWhateverTheMachineSpeaks() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertEquals("Good day, Ada.", catalog.text(Locale.ENGLISH, "greeting", "Ada"));
            assertEquals("Good day, Ada.", catalog.text(Locale.JAPANESE, "greeting", "Ada"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void missingKeyIsVisibleAndHarmless() {
        assertEquals("!nowhere!", catalog.text(Locale.ENGLISH, "nowhere"));
        assertEquals("!shop.gone.happened!", catalog.explain("shop.gone").happened(Locale.GERMAN));
        assertEquals("Here only.", catalog.text(Locale.GERMAN, "only-english"));
    }

    @Test
    void explanationsAreEqualByCodeAndArguments() {
        assertEquals(
                catalog.explain("shop.closed", "A", 1), catalog.explain("shop.closed", "A", "1"));
        assertNotEquals(catalog.explain("shop.closed", "A"), catalog.explain("shop.closed", "B"));
        assertEquals("x", Explanation.rendered("c", "x", "y", "z").happened(Locale.GERMAN));
    }
}
