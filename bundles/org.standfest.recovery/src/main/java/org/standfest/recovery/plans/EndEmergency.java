package org.standfest.recovery.plans;

import org.standfest.recovery.Facts;
import org.standfest.recovery.Step;
import org.standfest.recovery.StepRun;
import org.standfest.results.Outcome;

import java.util.Locale;

/**
 * Ends the process of the emergency machine.
 *
 * <ul>
 *   <li>Precondition: the new machine serves.
 *   <li>Postcondition: no emergency machine is left.
 *   <li>Undo: nothing: it comes after the commit step.
 *   <li>Repeatable: yes.
 * </ul>
 */
record EndEmergency(EmergencyMachines machines) implements Step {

    @Override
    public String id() {
        return "end";
    }

    @Override
    public String name(Locale locale) {
        return PlanTexts.step(id(), locale);
    }

    @Override
    public Outcome<Void> execute(StepRun run) {
        return machines.end(run.systemId(), run.fact(Facts.MACHINE).orElseThrow());
    }

    @Override
    public Outcome<Void> undo(StepRun run) {
        return Outcome.done();
    }
}
