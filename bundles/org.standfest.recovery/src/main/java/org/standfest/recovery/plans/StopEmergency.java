package org.standfest.recovery.plans;

import org.standfest.recovery.Facts;
import org.standfest.recovery.Step;
import org.standfest.recovery.StepRun;
import org.standfest.results.Outcome;

import java.util.Locale;

/**
 * Ends the emergency machine, after shutting it down if it obeys.
 *
 * <ul>
 *   <li>Precondition: a person has given their word that what was written in emergency operation
 *       may go.
 *   <li>Postcondition: no emergency machine runs.
 *   <li>Undo: nothing: it is the commit step of its plan.
 *   <li>Repeatable: yes.
 * </ul>
 */
record StopEmergency(EmergencyMachines machines) implements Step {

    @Override
    public String id() {
        return "stop";
    }

    @Override
    public String name(Locale locale) {
        return PlanTexts.step(id(), locale);
    }

    @Override
    public Outcome<Void> execute(StepRun run) {
        String machine = run.fact(Facts.MACHINE).orElseThrow();
        machines.shutDown(run.systemId(), machine);
        return machines.end(run.systemId(), machine);
    }

    @Override
    public Outcome<Void> undo(StepRun run) {
        return Outcome.done();
    }
}
