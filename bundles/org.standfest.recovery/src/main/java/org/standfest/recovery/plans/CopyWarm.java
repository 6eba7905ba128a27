package org.standfest.recovery.plans;

import org.standfest.recovery.Facts;
import org.standfest.recovery.Step;
import org.standfest.recovery.StepRun;
import org.standfest.results.Outcome;

import java.util.Locale;

/**
 * Replicates while the primary still serves, so that the last increment is short.
 *
 * <ul>
 *   <li>Precondition: the primary serves.
 *   <li>Postcondition: the newest recovery point is not long old.
 *   <li>Undo: nothing: a recovery point more harms nobody.
 *   <li>Repeatable: yes.
 * </ul>
 */
record CopyWarm(PrimaryMachine primary) implements Step {

    @Override
    public String id() {
        return "warm";
    }

    @Override
    public String name(Locale locale) {
        return PlanTexts.step(id(), locale);
    }

    @Override
    public Outcome<Void> execute(StepRun run) {
        return primary.replicate(
                run.systemId(), run.fact(Facts.AGENT).orElseThrow(), StepWatch.of(run));
    }

    @Override
    public Outcome<Void> undo(StepRun run) {
        return Outcome.done();
    }
}
