package org.standfest.management;

import java.util.Objects;

/**
 * How long a return will take, from what was measured so far.
 *
 * @param systemId the system
 * @param bulkBytes how much the first phase copies, while everybody works, in bytes; at most
 * @param bulkMillis how long that takes, milliseconds
 * @param finalBytes how much is left for the second phase, in bytes
 * @param interruptionMillis how long nobody can work in the second phase, milliseconds
 * @param bootMillis how much of the interruption is the start of the machine until its service was
 *     seen, milliseconds; -1 if it was never measured: the interruption is then without it
 * @param lineBytesPerSecond how fast the line is taken to be
 * @param changedBytesPerHour how much is written in emergency operation
 * @param lineMeasured whether the line's speed was measured; otherwise 100 Mbit/s stand in
 * @param words all this in plain words
 */
public record ReturnForecast(
        String systemId,
        long bulkBytes,
        long bulkMillis,
        long finalBytes,
        long interruptionMillis,
        long bootMillis,
        long lineBytesPerSecond,
        long changedBytesPerHour,
        boolean lineMeasured,
        Reason words) {

    /** Checks that nothing is missing. */
    public ReturnForecast {
        Objects.requireNonNull(systemId);
        Objects.requireNonNull(words);
    }
}
