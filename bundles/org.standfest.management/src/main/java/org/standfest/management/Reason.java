package org.standfest.management;

import org.standfest.results.Explanation;

import java.util.Locale;
import java.util.Objects;

/**
 * An explanation whose sentences are written already, in the language of the caller.
 *
 * @param code stable code of the explanation
 * @param happened what happened
 * @param meaning what it means
 * @param next what can be done now
 */
public record Reason(String code, String happened, String meaning, String next) {

    /** Checks that nothing is missing. */
    public Reason {
        Objects.requireNonNull(code);
        Objects.requireNonNull(happened);
        Objects.requireNonNull(meaning);
        Objects.requireNonNull(next);
    }

    /** Writes an explanation out in one language. */
    public static Reason of(Explanation explanation, Locale locale) {
        return new Reason(
                explanation.code(),
                explanation.happened(locale),
                explanation.meaning(locale),
                explanation.next(locale));
    }

    /** The explanation again, in the one language it has. */
    public Explanation explanation() {
        return Explanation.rendered(code, happened, meaning, next);
    }
}
