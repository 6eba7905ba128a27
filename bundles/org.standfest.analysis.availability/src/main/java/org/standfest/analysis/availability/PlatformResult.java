package org.standfest.analysis.availability;

import org.standfest.analysis.faulttree.Bounds;

import java.util.Objects;
import java.util.Optional;

/**
 * How probably several services together are down.
 *
 * @param question what is asked
 * @param siteName the site for {@link Question#ANY_FROM_SITE}, otherwise empty
 * @param atLeast how many of them have to be down
 * @param services how many there are
 * @param bounds where the probability lies, with guarantee; both ends equal when it is exact
 * @param estimate from random samples; only if asked for and where there is no exact result
 */
public record PlatformResult(
        Question question,
        String siteName,
        int atLeast,
        int services,
        Bounds bounds,
        Optional<SampledEstimate> estimate) {

    /** What can be asked. */
    public enum Question {
        /** Any service is down where it runs. */
        ANY,
        /** So many services are down where they run. */
        AT_LEAST,
        /** Any service cannot be used from a site. */
        ANY_FROM_SITE
    }

    /** Checks. */
    public PlatformResult {
        Objects.requireNonNull(question);
        Objects.requireNonNull(bounds);
    }

    /** Whether the bounds are one exact number. */
    public boolean isExact() {
        return bounds.lower() == bounds.upper();
    }
}
