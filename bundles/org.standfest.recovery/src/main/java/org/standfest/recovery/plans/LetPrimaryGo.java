package org.standfest.recovery.plans;

import org.standfest.recovery.Facts;
import org.standfest.recovery.Step;
import org.standfest.recovery.StepRun;
import org.standfest.results.Outcome;

import java.util.Locale;

/**
 * Ends what is left of the primary after its last replication.
 *
 * <ul>
 *   <li>Precondition: the emergency machine serves.
 *   <li>Postcondition: what was kept for the last replication is ended; if the agent is away it may
 *       still lie there, switched off since the shutdown and locked out by its epoch.
 *   <li>Undo: nothing: it comes after the commit step.
 *   <li>Repeatable: yes.
 * </ul>
 */
record LetPrimaryGo(PrimaryMachine primary) implements Step {

    @Override
    public String id() {
        return "let-go";
    }

    @Override
    public String name(Locale locale) {
        return PlanTexts.step(id(), locale);
    }

    @Override
    public Outcome<Void> execute(StepRun run) {
        return primary.letGo(run.systemId(), run.fact(Facts.AGENT).orElseThrow());
    }

    @Override
    public Outcome<Void> undo(StepRun run) {
        return Outcome.done();
    }
}
