package org.standfest.management.guide;

import java.util.Locale;

/**
 * A step of a guided recovery: a page of the window and a step of the emergency sheet, with the
 * same number and the same title. The order of the constants is the order of the steps.
 */
public enum GuideStep {
    /** Has it really failed? */
    RESTORE_FAILED(GuideKind.RESTORE),
    /** Is the copy good enough? */
    RESTORE_COPY(GuideKind.RESTORE),
    /** What will happen, and the button. */
    RESTORE_START(GuideKind.RESTORE),
    /** The standby is at work; the old machine must be gone. */
    RESTORE_WORK(GuideKind.RESTORE),
    /** It serves again. */
    RESTORE_END(GuideKind.RESTORE),
    /** Which machine it goes home to. */
    RETURN_TARGET(GuideKind.RETURN),
    /** How long it will take, and when it may be away. */
    RETURN_WINDOW(GuideKind.RETURN),
    /** What will happen, and the button. */
    RETURN_START(GuideKind.RETURN),
    /** Both phases. */
    RETURN_WORK(GuideKind.RETURN),
    /** It serves at home. */
    RETURN_END(GuideKind.RETURN),
    /** What a rehearsal proves, and the button. */
    REHEARSAL_START(GuideKind.REHEARSAL),
    /** The isolated machine starts. */
    REHEARSAL_WORK(GuideKind.REHEARSAL),
    /** The proof. */
    REHEARSAL_END(GuideKind.REHEARSAL),
    /** What will happen, and the button. */
    SWITCH_START(GuideKind.SWITCH),
    /** The standby takes over. */
    SWITCH_WORK(GuideKind.SWITCH),
    /** It serves on the standby. */
    SWITCH_END(GuideKind.SWITCH);

    private final GuideKind kind;

    GuideStep(GuideKind kind) {
        this.kind = kind;
    }

    /** The guide it belongs to. */
    public GuideKind kind() {
        return kind;
    }

    /** Its number on window and paper, from 1. */
    public int number() {
        return kind.steps().indexOf(this) + 1;
    }

    /**
     * Its title: the question of the page.
     *
     * @param system name of the system for people
     */
    public String title(Locale locale, String system) {
        return GuideKind.TEXTS.text(locale, name() + ".title", system);
    }

    /**
     * What to do on paper, where the window cannot look for itself.
     *
     * @param system name of the system for people
     */
    public String paper(Locale locale, String system) {
        return GuideKind.TEXTS.text(locale, name() + ".paper", system);
    }
}
