package org.standfest.analysis.distributions;

/** What a distribution cannot be made of is a bug of the caller, who checks data first. */
final class Ranges {

    private Ranges() {}

    static void finite(String name, double value) {
        check(value >= 0 && value < Double.POSITIVE_INFINITY, name, value);
    }

    static void positive(String name, double value) {
        check(value > 0 && value < Double.POSITIVE_INFINITY, name, value);
    }

    static void check(boolean holds, String name, double value) {
        if (!holds) {
            throw new IllegalArgumentException(name + ": " + value);
        }
    }
}
