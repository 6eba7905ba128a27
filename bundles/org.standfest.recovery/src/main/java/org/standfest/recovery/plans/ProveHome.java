package org.standfest.recovery.plans;

import org.standfest.recovery.Step;
import org.standfest.recovery.StepRun;
import org.standfest.results.Outcome;

import java.util.Locale;

/**
 * Waits until a positive test has seen the service of the new machine.
 *
 * <ul>
 *   <li>Precondition: it was started there.
 *   <li>Postcondition: a positive test saw the service; from now on the new machine's history is
 *       the system's.
 *   <li>Undo: nothing has to be taken back.
 *   <li>Repeatable: yes.
 * </ul>
 */
record ProveHome(Patience patience) implements Step {

    @Override
    public String id() {
        return "test-home";
    }

    @Override
    public String name(Locale locale) {
        return PlanTexts.step(id(), locale);
    }

    @Override
    public Outcome<Void> execute(StepRun run) {
        return patience.untilServed(run, ServiceTest.Place.HOME, "");
    }

    @Override
    public Outcome<Void> undo(StepRun run) {
        return Outcome.done();
    }
}
