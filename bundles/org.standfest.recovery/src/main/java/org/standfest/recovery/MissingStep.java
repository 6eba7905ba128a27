package org.standfest.recovery;

import org.standfest.results.Outcome;

import java.util.Locale;

/** Stands for a step whose bundle has gone: nothing can be said about what it did. */
record MissingStep(String id) implements Step {

    @Override
    public String name(Locale locale) {
        return id;
    }

    @Override
    public Outcome<Void> execute(StepRun run) {
        return Outcome.failed(RecoveryTexts.CATALOG.explain("recovery.step-unknown", id));
    }

    /** Why an operation stops before this step. */
    Told neverBegun() {
        return Told.of(RecoveryTexts.CATALOG.explain("recovery.step-gone", id));
    }

    @Override
    public Outcome<Void> undo(StepRun run) {
        return Outcome.failed(RecoveryTexts.CATALOG.explain("recovery.step-unknown", id));
    }
}
