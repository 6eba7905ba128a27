package org.standfest.probe;

import org.standfest.results.Explanation;

import java.time.Duration;
import java.util.Objects;

/**
 * What one test says.
 *
 * @param probe {@link Probe#kind()}, or the name of another source of evidence
 * @param target what was looked at, for people
 * @param answer what was found
 * @param reason why it says so, one sentence for a layperson
 * @param took how long the test took
 */
public record Verdict(
        String probe, String target, Answer answer, Explanation reason, Duration took) {

    /** Checks that nothing is missing. */
    public Verdict {
        Objects.requireNonNull(probe);
        Objects.requireNonNull(target);
        Objects.requireNonNull(answer);
        Objects.requireNonNull(reason);
        Objects.requireNonNull(took);
    }

    /** What a test found. The same words for every kind: does something live there? */
    public enum Answer {
        /** Something lives there: it answered, or it holds the address, the port or the image. */
        POSITIVE,
        /** The test really looked and nothing lives there. */
        NEGATIVE,
        /** The test could not look, or what it saw proves nothing. */
        INCONCLUSIVE
    }
}
