package org.standfest.recovery.plans;

import org.standfest.recovery.Facts;
import org.standfest.recovery.Step;
import org.standfest.recovery.StepRun;
import org.standfest.results.Outcome;

import java.util.Locale;

/**
 * Waits until a positive test has seen the service of the emergency machine.
 *
 * <ul>
 *   <li>Precondition: the machine was started.
 *   <li>Postcondition: a positive test saw the service; the times of the outage are written down.
 *   <li>Undo: nothing has to be taken back.
 *   <li>Repeatable: yes.
 * </ul>
 */
record ProveEmergency(Patience patience) implements Step {

    @Override
    public String id() {
        return "test";
    }

    @Override
    public String name(Locale locale) {
        return PlanTexts.step(id(), locale);
    }

    @Override
    public Outcome<Void> execute(StepRun run) {
        return patience.untilServed(
                run, ServiceTest.Place.EMERGENCY, run.fact(Facts.MACHINE).orElseThrow());
    }

    @Override
    public Outcome<Void> undo(StepRun run) {
        return Outcome.done();
    }
}
