package org.standfest.recovery.plans;

import org.standfest.recovery.Facts;
import org.standfest.recovery.Step;
import org.standfest.recovery.StepRun;
import org.standfest.results.Outcome;

import java.util.Locale;

/**
 * Releases the held recovery point, so that replication goes on.
 *
 * <ul>
 *   <li>Precondition: no machine runs over it any more.
 *   <li>Postcondition: it is not held by this machine.
 *   <li>Undo: nothing: it comes after the commit step.
 *   <li>Repeatable: yes.
 * </ul>
 */
record ReleasePoint(Images images) implements Step {

    @Override
    public String id() {
        return "release";
    }

    @Override
    public String name(Locale locale) {
        return PlanTexts.step(id(), locale);
    }

    @Override
    public Outcome<Void> execute(StepRun run) {
        return images.release(run.systemId(), run.fact(Facts.MACHINE).orElseThrow());
    }

    @Override
    public Outcome<Void> undo(StepRun run) {
        return Outcome.done();
    }
}
