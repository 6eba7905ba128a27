package org.standfest.recovery.plans;

import org.standfest.recovery.Facts;
import org.standfest.recovery.Step;
import org.standfest.recovery.StepRun;
import org.standfest.results.Outcome;

import java.util.Locale;

/**
 * Replicates the primary: once while it still serves, so that the last increment is short, and for
 * the last time when it is off and nobody can write any more.
 *
 * <ul>
 *   <li>Precondition: the agent of the primary is connected.
 *   <li>Postcondition: the newest recovery point is what the primary held when the step began;
 *       after the shutdown that is everything that was ever written.
 *   <li>Undo: nothing: a recovery point more harms nobody.
 *   <li>Repeatable: yes.
 * </ul>
 */
record CopyFromPrimary(String id, PrimaryMachine primary) implements Step {

    @Override
    public String name(Locale locale) {
        return PlanTexts.step(id, locale);
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
