package org.standfest.designer.ui.internal.steps;

import java.util.Locale;
import java.util.Optional;

/** The steps to a first design: a town hall with two servers in step. */
enum Step {
    SHEET("begin"),
    SITES(""),
    HOSTS(""),
    POWER(""),
    SYSTEMS(""),
    PAIR("pattern"),
    SERVICE(""),
    FINDINGS("show.findings"),
    WHAT_IF("show.whatif"),
    AVAILABILITY("show.availability"),
    SAVE("save");

    /** The view that step {@link #WHAT_IF} opens. */
    static final String WHAT_IF_VIEW = "org.standfest.designer.ui.whatif";

    private static final String OWN = "org.standfest.designer.ui.";

    private final String word;

    Step(String word) {
        this.word = word;
    }

    /** The command that does it or leads to it; empty if it is done in the drawing. */
    Optional<String> command() {
        if (word.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(this == SAVE ? "org.eclipse.ui.file.save" : OWN + word);
    }

    /** What its texts begin with. */
    String key() {
        return "step." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
