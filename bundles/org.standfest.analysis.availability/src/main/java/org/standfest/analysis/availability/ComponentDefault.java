package org.standfest.analysis.availability;

import org.standfest.topology.Confidence;

import java.util.Locale;

/**
 * What is assumed of a kind of component where nothing is stated.
 *
 * @param key the kind, for example {@code link.fibre}
 * @param english its English name
 * @param german its German name
 * @param mtbfHours mean time between failures, above 0
 * @param mttrHours mean time to repair, above 0
 * @param confidence how far the figures can be trusted
 * @param source where they come from; empty where nobody can be named
 */
public record ComponentDefault(
        String key,
        String english,
        String german,
        double mtbfHours,
        double mttrHours,
        Confidence confidence,
        String source) {

    /** The name in a language. */
    public String name(Locale locale) {
        return locale.getLanguage().equals("de") ? german : english;
    }

    /** Whether somebody can be named for the figures. */
    public boolean hasSource() {
        return !source.isBlank();
    }
}
