package org.standfest.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.probe.Verdict.Answer;
import org.standfest.results.Explanation;

import java.time.Duration;
import java.util.List;

class GoneRuleTest {

    private static final GoneRule RULE = new GoneRule(2);

    private static Verdict verdict(String kind, Answer answer) {
        return new Verdict(
                kind, "10.0.0.1", answer, Explanation.rendered(kind, "", "", ""), Duration.ZERO);
    }

    @Test
    void twoIndependentNegativesProve() {
        var conclusion =
                RULE.conclude(
                        List.of(verdict("arp", Answer.NEGATIVE), verdict("bind", Answer.NEGATIVE)));
        assertTrue(conclusion.proved());
        assertEquals("gone.proved", conclusion.reason().code());
    }

    @Test
    void onePositiveAmongManyNegativesMeansAlive() {
        var conclusion =
                RULE.conclude(
                        List.of(
                                verdict("arp", Answer.NEGATIVE),
                                verdict("bind", Answer.NEGATIVE),
                                verdict("ping", Answer.POSITIVE)));
        assertFalse(conclusion.proved());
        assertEquals("gone.alive", conclusion.reason().code());
        assertEquals(List.of("10.0.0.1", "ping"), conclusion.reason().arguments());
    }

    @Test
    void severalNegativesOfOneKindCountOnce() {
        var conclusion =
                RULE.conclude(
                        List.of(verdict("tcp", Answer.NEGATIVE), verdict("tcp", Answer.NEGATIVE)));
        assertEquals("gone.not-proved", conclusion.reason().code());
    }

    @Test
    void inconclusiveVerdictsAndNothingAtAllProveNothing() {
        assertFalse(RULE.conclude(List.of()).proved());
        assertFalse(
                RULE.conclude(
                                List.of(
                                        verdict("ping", Answer.INCONCLUSIVE),
                                        verdict("tcp", Answer.NEGATIVE)))
                        .proved());
    }

    @Test
    void aRuleThatNeedsNothingIsABug() {
        assertThrows(IllegalArgumentException.class, () -> new GoneRule(0));
    }
}
