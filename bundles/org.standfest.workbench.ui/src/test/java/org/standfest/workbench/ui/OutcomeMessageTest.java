package org.standfest.workbench.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;
import org.standfest.workbench.ui.look.Light;

import java.io.IOException;
import java.util.Locale;

class OutcomeMessageTest {

    private final Explanation why =
            Explanation.rendered(
                    "pool.disk-full", "It is full.", "Nothing was lost.", "Make room.");

    @Test
    void saysNothingOfASuccess() {
        assertTrue(OutcomeMessage.of(Outcome.done("x"), Locale.ENGLISH).isEmpty());
    }

    @Test
    void tellsWhatHappenedWhatItMeansAndWhatToDo() {
        OutcomeMessage message =
                OutcomeMessage.of(Outcome.refused(why), Locale.GERMAN).orElseThrow();
        assertEquals("Das geht im Moment nicht", message.title());
        assertEquals("It is full.", message.happened());
        assertEquals("Nothing was lost.", message.meaning());
        assertEquals("Make room.", message.next());
        assertEquals("pool.disk-full", message.code());
        assertEquals(Light.ATTENTION, message.light());
    }

    @Test
    void keepsTheCauseForThePersonOnThePhone() {
        Throwable cause = new IllegalStateException("outer", new IOException("no space left"));
        OutcomeMessage message =
                OutcomeMessage.of(Outcome.failed(why, cause), Locale.ENGLISH).orElseThrow();
        assertTrue(message.details().contains("no space left"));
        assertTrue(message.asText(Locale.ENGLISH).contains("Code: pool.disk-full"));
        assertEquals(Light.DOWN, message.light());
    }

    @Test
    void tellsOfABugInPeoplesWords() {
        OutcomeMessage message =
                OutcomeMessage.ofBug(new NullPointerException("x"), Locale.ENGLISH);
        assertTrue(message.happened().contains("NullPointerException"));
        assertEquals("workbench.bug", message.code());
    }
}
