package org.standfest.analysis.availability;

import org.standfest.topology.Confidence;

import java.util.Locale;

/**
 * One figure that the results rest on and that is known only so well. Elements that share an entry
 * of the catalogue, or a default, share the datum: if it is wrong, it is wrong for all of them.
 *
 * @param origin identifies whose figure it is: the entry of the catalogue, the default, the
 *     protection
 * @param what it says
 * @param english what that is called in English
 * @param german and in German
 * @param confidence how far it can be trusted
 */
public record Datum(
        String origin, What what, String english, String german, Confidence confidence) {

    /** What a datum says. */
    public enum What {
        /** Mean time between failures. */
        MTBF,
        /** Mean time to repair. */
        MTTR,
        /** How often a takeover does not work by itself. */
        COVERAGE,
        /** How long a takeover lasts. */
        TAKEOVER_TIME,
        /** How long a person needs to take over. */
        MANUAL_TIME,
        /** The share of failures that hit a whole group. */
        COMMON_CAUSE
    }

    /** What its origin is called in a language. */
    public String name(Locale locale) {
        return locale.getLanguage().equals("de") ? german : english;
    }

    /**
     * What its 95 % quantile is a multiple of the median by, from its confidence: measured 1.5,
     * verified 2, reported 3, assumed 5. These four are Standfest's own. MTBF and MTTR each get the
     * root (in the exponent) of two, so that the unavailability, their quotient, has the factor.
     */
    double errorFactor() {
        double factor =
                switch (confidence) {
                    case MEASURED -> 1.5;
                    case VERIFIED -> 2;
                    case REPORTED -> 3;
                    case ASSUMED -> 5;
                };
        boolean half = what == What.MTBF || what == What.MTTR;
        return half ? Math.pow(factor, Math.sqrt(0.5)) : factor;
    }
}
