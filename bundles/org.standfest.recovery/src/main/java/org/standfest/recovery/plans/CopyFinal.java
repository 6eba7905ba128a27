package org.standfest.recovery.plans;

import org.standfest.recovery.Facts;
import org.standfest.recovery.Step;
import org.standfest.recovery.StepRun;
import org.standfest.results.Outcome;

import java.util.Locale;

/**
 * Copies what has changed since the bulk copy.
 *
 * <ul>
 *   <li>Precondition: the emergency machine is off and its disks are readable.
 *   <li>Postcondition: the new machine has everything, byte for byte.
 *   <li>Undo: nothing: the bulk copy's undo removes everything.
 *   <li>Repeatable: yes.
 * </ul>
 */
record CopyFinal(HomeMachine home) implements Step {

    @Override
    public String id() {
        return "final";
    }

    @Override
    public String name(Locale locale) {
        return PlanTexts.step(id(), locale);
    }

    @Override
    public Outcome<Void> execute(StepRun run) {
        return home.copyFinal(
                run.systemId(),
                run.fact(Facts.AGENT).orElseThrow(),
                run.operationId(),
                StepWatch.of(run));
    }

    @Override
    public Outcome<Void> undo(StepRun run) {
        return Outcome.done();
    }
}
