package org.standfest.management.guide;

import org.standfest.management.Action;
import org.standfest.results.Catalog;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A guided recovery. */
public enum GuideKind {
    /** A system has failed and is started on the standby. */
    RESTORE(Action.ACTIVATE),
    /** A system goes home to a repaired or new machine. */
    RETURN(Action.RETURN),
    /** A start is rehearsed, cut off from every network. */
    REHEARSAL(Action.REHEARSE),
    /** A healthy system is moved to the standby in good order. */
    SWITCH(Action.SWITCH);

    static final Catalog TEXTS = Catalog.beside(GuideKind.class);

    private final Action action;

    GuideKind(Action action) {
        this.action = action;
    }

    /** The action that it leads to. */
    public Action action() {
        return action;
    }

    /** The guide that leads to an action; empty for actions without one. */
    public static Optional<GuideKind> of(Action action) {
        return Arrays.stream(values()).filter(kind -> kind.action == action).findFirst();
    }

    /** Its steps in order. */
    public List<GuideStep> steps() {
        return Arrays.stream(GuideStep.values()).filter(step -> step.kind() == this).toList();
    }

    /** Its name for people. */
    public String text(Locale locale) {
        return TEXTS.text(locale, "guide." + name());
    }
}
