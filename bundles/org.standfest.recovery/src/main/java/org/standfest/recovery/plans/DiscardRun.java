package org.standfest.recovery.plans;

import org.standfest.recovery.Facts;
import org.standfest.recovery.Step;
import org.standfest.recovery.StepRun;
import org.standfest.results.Outcome;

import java.util.Locale;

/**
 * Removes overlay and description of a machine that has ended.
 *
 * <ul>
 *   <li>Precondition: the machine has ended, and its data is elsewhere or a person has given their
 *       word.
 *   <li>Postcondition: they are gone.
 *   <li>Undo: nothing: it comes after the commit step.
 *   <li>Repeatable: yes.
 * </ul>
 */
record DiscardRun(EmergencyMachines machines) implements Step {

    @Override
    public String id() {
        return "discard";
    }

    @Override
    public String name(Locale locale) {
        return PlanTexts.step(id(), locale);
    }

    @Override
    public Outcome<Void> execute(StepRun run) {
        return machines.discard(run.systemId(), run.fact(Facts.MACHINE).orElseThrow());
    }

    @Override
    public Outcome<Void> undo(StepRun run) {
        return Outcome.done();
    }
}
