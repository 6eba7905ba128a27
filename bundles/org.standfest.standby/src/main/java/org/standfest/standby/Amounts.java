package org.standfest.standby;

/** Amounts of bytes as people read them. Stateless. */
final class Amounts {

    private Amounts() {}

    /** In the largest unit of which there is one, without a fraction. */
    static String of(long bytes) {
        return bytes >= 1L << 30
                ? (bytes >> 30) + " GiB"
                : bytes >= 1L << 20 ? (bytes >> 20) + " MiB" : (bytes >> 10) + " KiB";
    }
}
