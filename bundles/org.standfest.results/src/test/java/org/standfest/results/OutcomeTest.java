package org.standfest.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.Optional;

class OutcomeTest {

    private static final Explanation WHY = Explanation.rendered("c", "a", "b", "c");

    @Test
    void successPassesItsValueOn() {
        assertEquals(Outcome.done(6), Outcome.done(3).map(three -> three * 2));
        assertEquals(Outcome.done("3"), Outcome.done(3).then(three -> Outcome.done("" + three)));
        assertEquals(Optional.empty(), Outcome.done().result());
        assertTrue(Outcome.done().isDone());
    }

    @Test
    void refusalAndFailureStopTheCourseAndKeepTheirReason() {
        Outcome<Integer> refused = Outcome.refused(WHY);
        Exception cause = new Exception("x");
        Outcome<Integer> failed = Outcome.failed(WHY, cause);
        assertEquals(refused, refused.map(any -> any + 1));
        assertEquals(failed, failed.then(any -> Outcome.done(any)));
        assertSame(WHY, refused.problem().orElseThrow());
        assertFalse(failed.isDone());
        assertSame(cause, assertThrows(IllegalStateException.class, failed::orThrow).getCause());
        assertThrows(IllegalStateException.class, refused::orThrow);
    }
}
