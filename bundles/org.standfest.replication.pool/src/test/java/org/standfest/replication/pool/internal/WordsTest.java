package org.standfest.replication.pool.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.util.Locale;

final class WordsTest {

    @Test
    void aFullDiskAndDamageAreExplainedAsSuch() {
        Outcome<Object> full =
                Words.outcome(
                        () -> {
                            throw new IOException("No space left on device");
                        });
        assertEquals("pool.disk-full-while-writing", full.problem().orElseThrow().code());
        Explanation damage =
                Words.<Object>outcome(
                                () -> {
                                    throw new Damage("manifest ends early");
                                })
                        .problem()
                        .orElseThrow();
        assertTrue(damage.happened(Locale.GERMAN).contains("manifest ends early"));
    }
}
