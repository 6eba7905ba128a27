package org.standfest.recovery.plans;

import org.standfest.recovery.Facts;
import org.standfest.recovery.Step;
import org.standfest.recovery.StepRun;
import org.standfest.results.Outcome;

import java.util.Locale;

/**
 * Prepares the disks of the new machine and copies the bulk of the data while the emergency machine
 * serves; and copies once more what has changed since, right before the second phase.
 *
 * <ul>
 *   <li>Precondition: the agent of the new machine is connected.
 *   <li>Postcondition: a complete copy of a state not long ago lies on the new machine.
 *   <li>Undo: removes what was written there.
 *   <li>Repeatable: yes: the agent goes on where it stopped.
 * </ul>
 */
record CopyBulk(String id, HomeMachine home) implements Step {

    @Override
    public String name(Locale locale) {
        return PlanTexts.step(id, locale);
    }

    @Override
    public Outcome<Void> execute(StepRun run) {
        return home.copyBulk(
                run.systemId(),
                run.fact(Facts.AGENT).orElseThrow(),
                run.operationId(),
                run.fact(Facts.TARGET).orElse(""),
                LandingPlace.options(run),
                StepWatch.of(run));
    }

    @Override
    public Outcome<Void> undo(StepRun run) {
        return home.undo(
                run.systemId(), run.fact(Facts.AGENT).orElseThrow(), run.operationId(), true);
    }
}
