package org.standfest.recovery;

import org.standfest.results.Explanation;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * An explanation written out in both languages, so that it can be kept in a file and still be read
 * when the bundle that knows its words is gone.
 *
 * @param code stable code
 * @param arguments what fills its texts
 * @param english what happened, what it means, what to do
 * @param german the same in German
 */
public record Told(String code, List<String> arguments, List<String> english, List<String> german) {

    /** Checks that all three sentences are there. */
    public Told {
        Objects.requireNonNull(code);
        arguments = List.copyOf(arguments);
        english = List.copyOf(english);
        german = List.copyOf(german);
        if (english.size() != 3 || german.size() != 3) {
            throw new IllegalArgumentException("an explanation has three sentences");
        }
    }

    /** Writes an explanation out. */
    public static Told of(Explanation explanation) {
        return new Told(
                explanation.code(),
                explanation.arguments(),
                explanation.sentences(Locale.ENGLISH),
                explanation.sentences(Locale.GERMAN));
    }

    /** The explanation again. */
    public Explanation explanation() {
        return Explanation.rendered(code, arguments, english, german);
    }
}
