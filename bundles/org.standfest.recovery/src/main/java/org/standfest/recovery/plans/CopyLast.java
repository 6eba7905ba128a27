package org.standfest.recovery.plans;

import org.standfest.recovery.Facts;
import org.standfest.recovery.Step;
import org.standfest.recovery.StepRun;
import org.standfest.results.Outcome;

import java.util.Locale;

/**
 * Replicates for the last time, after the primary was shut down.
 *
 * <ul>
 *   <li>Precondition: the primary is off and nobody can write any more.
 *   <li>Postcondition: the newest recovery point is everything that was ever written.
 *   <li>Undo: nothing: a recovery point more harms nobody.
 *   <li>Repeatable: yes.
 * </ul>
 */
record CopyLast(PrimaryMachine primary) implements Step {

    @Override
    public String id() {
        return "last";
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
