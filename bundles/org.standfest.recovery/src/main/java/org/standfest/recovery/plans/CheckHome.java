package org.standfest.recovery.plans;

import org.standfest.recovery.Facts;
import org.standfest.recovery.Step;
import org.standfest.recovery.StepRun;
import org.standfest.results.Outcome;

import java.util.Locale;

/**
 * Checks what the way home needs.
 *
 * <ul>
 *   <li>Precondition: emergency operation.
 *   <li>Postcondition: the emergency machine runs and the agent of the new machine is connected.
 *   <li>Undo: nothing has to be taken back.
 *   <li>Repeatable: yes.
 * </ul>
 */
record CheckHome(EmergencyMachines machines, HomeMachine home) implements Step {

    @Override
    public String id() {
        return "check";
    }

    @Override
    public String name(Locale locale) {
        return PlanTexts.step(id(), locale);
    }

    @Override
    public Outcome<Void> execute(StepRun run) {
        if (!machines.running(run.systemId(), run.fact(Facts.MACHINE).orElseThrow())) {
            return Outcome.refused(PlanTexts.explain("plan.not-running", run.systemId()));
        }
        return home.ready(run.systemId(), run.fact(Facts.AGENT).orElseThrow());
    }

    @Override
    public Outcome<Void> undo(StepRun run) {
        return Outcome.done();
    }
}
