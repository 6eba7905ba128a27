package org.standfest.management;

import java.time.Instant;
import java.util.Objects;

/**
 * The window of time in which a return may begin its second phase, in which nobody can work for a
 * while.
 *
 * @param from not before this instant
 * @param until not after this instant; later than {@code from}
 */
public record ReturnWindow(Instant from, Instant until) {

    /** Checks that it has a length. */
    public ReturnWindow {
        Objects.requireNonNull(from);
        Objects.requireNonNull(until);
        if (!until.isAfter(from)) {
            throw new IllegalArgumentException("a window that ends before it begins");
        }
    }
}
