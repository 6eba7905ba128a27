package org.standfest.recovery.plans;

import org.standfest.recovery.Facts;
import org.standfest.recovery.Step;
import org.standfest.recovery.StepRun;
import org.standfest.results.Outcome;

import java.util.Locale;

/**
 * Waits until a positive test has seen the service of the isolated machine.
 *
 * <ul>
 *   <li>Precondition: it was started isolated.
 *   <li>Postcondition: a positive test saw the service: the image is proved to start.
 *   <li>Undo: nothing has to be taken back.
 *   <li>Repeatable: yes.
 * </ul>
 */
record ProveIsolated(Patience patience) implements Step {

    @Override
    public String id() {
        return "test-isolated";
    }

    @Override
    public String name(Locale locale) {
        return PlanTexts.step(id(), locale);
    }

    @Override
    public Outcome<Void> execute(StepRun run) {
        return patience.untilServedIsolated(run, run.fact(Facts.MACHINE).orElseThrow());
    }

    @Override
    public Outcome<Void> undo(StepRun run) {
        return Outcome.done();
    }
}
