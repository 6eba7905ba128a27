package org.standfest.probe;

import org.standfest.results.Explanation;

import java.time.Duration;
import java.util.Optional;

/**
 * One kind of test whether something lives at a place. Partners implement it and register it as an
 * OSGi service.
 *
 * <p>A probe never throws and always answers within its limit (plus at most half a second of its
 * own). It says {@link Verdict.Answer#INCONCLUSIVE} whenever it could not really look, never a
 * comfortable guess. Called off the UI thread, possibly by several threads at once.
 */
public interface Probe {

    /** The stable name of this kind, lower case, for example {@code tcp}; recorded in journals. */
    String kind();

    /**
     * Tests.
     *
     * @param target where to look; a target that lacks what this kind needs (a port, an expected
     *     answer) is inconclusive
     * @param limit positive; how long the test may take
     */
    Verdict test(ProbeTarget target, Duration limit);

    /**
     * Why this probe can never test such a target on this host: a question it does not understand,
     * a program that is missing. Empty if nothing stands in the way; nothing is asked over the
     * network.
     */
    default Optional<Explanation> problem(ProbeTarget target) {
        return Optional.empty();
    }
}
