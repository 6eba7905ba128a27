package org.standfest.demo;

import java.time.Duration;
import java.time.Instant;

/**
 * One phase of the journey as it went.
 *
 * @param key stable name, for {@code report.json}
 * @param title for people
 * @param startedAt when it began
 * @param duration how long it took
 * @param bytes what travelled, 0 where nothing does
 * @param verdict how it ended
 * @param detail one sentence of facts, may be empty
 */
record Phase(
        String key,
        String title,
        Instant startedAt,
        Duration duration,
        long bytes,
        Verdict verdict,
        String detail) {

    /** How a phase ended. */
    enum Verdict {
        /** It did what it promises, and that was checked. */
        PASSED,
        /** It did not. */
        FAILED,
        /** The person ended it. */
        CANCELLED
    }
}
