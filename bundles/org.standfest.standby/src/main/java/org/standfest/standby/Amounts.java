package org.standfest.standby;

import java.util.List;

/** Amounts of bytes as people read them. Stateless. */
final class Amounts {

    private Amounts() {}

    /** In the largest unit of which there is one, without a fraction. */
    static String of(long bytes) {
        return bytes >= 1L << 30
                ? (bytes >> 30) + " GiB"
                : bytes >= 1L << 20 ? (bytes >> 20) + " MiB" : (bytes >> 10) + " KiB";
    }

    /** In the largest unit of which it is a multiple, so that it can be taken at its word. */
    static String exactly(long bytes) {
        int unit = Math.min(3, Long.numberOfTrailingZeros(bytes) / 10);
        return (bytes >> 10 * unit) + List.of(" B", " KiB", " MiB", " GiB").get(unit);
    }
}
