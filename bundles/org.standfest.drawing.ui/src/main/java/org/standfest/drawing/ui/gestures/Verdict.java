package org.standfest.drawing.ui.gestures;

import java.util.Objects;

/**
 * Whether something may be done here, asked while it is still in the hand.
 *
 * @param allowed whether it may
 * @param words what would happen, or why it must not; shown at the pointer, empty for nothing
 */
public record Verdict(boolean allowed, String words) {

    /** It may, and there is nothing to say. */
    public static final Verdict FINE = new Verdict(true, "");

    /** Checks that nothing is missing. */
    public Verdict {
        Objects.requireNonNull(words);
    }

    /** It may. */
    public static Verdict fine(String words) {
        return new Verdict(true, words);
    }

    /** It must not. */
    public static Verdict refused(String why) {
        return new Verdict(false, why);
    }
}
