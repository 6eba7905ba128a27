package org.standfest.recovery.plans;

import org.standfest.recovery.Facts;
import org.standfest.recovery.Step;
import org.standfest.recovery.StepRun;
import org.standfest.results.Outcome;

import java.util.Locale;

/**
 * Starts the system on the new machine.
 *
 * <ul>
 *   <li>Precondition: the new machine has everything.
 *   <li>Postcondition: it runs there.
 *   <li>Undo: stops it there; what was written stays for the bulk copy's undo.
 *   <li>Repeatable: yes.
 * </ul>
 */
record StartHome(HomeMachine home) implements Step {

    @Override
    public String id() {
        return "start-home";
    }

    @Override
    public String name(Locale locale) {
        return PlanTexts.step(id(), locale);
    }

    @Override
    public Outcome<Void> execute(StepRun run) {
        return home.start(run.systemId(), run.fact(Facts.AGENT).orElseThrow(), run.operationId());
    }

    @Override
    public Outcome<Void> undo(StepRun run) {
        return home.undo(
                run.systemId(), run.fact(Facts.AGENT).orElseThrow(), run.operationId(), false);
    }
}
