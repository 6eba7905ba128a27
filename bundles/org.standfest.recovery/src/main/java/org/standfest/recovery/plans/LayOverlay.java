package org.standfest.recovery.plans;

import org.standfest.recovery.Facts;
import org.standfest.recovery.Step;
import org.standfest.recovery.StepRun;
import org.standfest.results.Outcome;

import java.util.Locale;

/**
 * Lays an overlay over the held images, so that they stay untouched.
 *
 * <ul>
 *   <li>Precondition: the newest point is held.
 *   <li>Postcondition: overlay and adapted description of the machine exist.
 *   <li>Undo: removes them.
 *   <li>Repeatable: yes, until a machine has run over the overlay.
 * </ul>
 */
record LayOverlay(EmergencyMachines machines) implements Step {

    @Override
    public String id() {
        return "overlay";
    }

    @Override
    public String name(Locale locale) {
        return PlanTexts.step(id(), locale);
    }

    @Override
    public Outcome<Void> execute(StepRun run) {
        return machines.prepare(run.systemId(), run.fact(Facts.MACHINE).orElseThrow());
    }

    @Override
    public Outcome<Void> undo(StepRun run) {
        return machines.discard(run.systemId(), run.fact(Facts.MACHINE).orElseThrow());
    }
}
