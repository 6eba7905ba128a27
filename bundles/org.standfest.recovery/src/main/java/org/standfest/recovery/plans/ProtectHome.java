package org.standfest.recovery.plans;

import org.standfest.recovery.Facts;
import org.standfest.recovery.Step;
import org.standfest.recovery.StepRun;
import org.standfest.results.Outcome;

import java.util.Locale;

/**
 * Makes the first recovery point of the new machine.
 *
 * <ul>
 *   <li>Precondition: the new machine serves and the old point is released.
 *   <li>Postcondition: the newest recovery point is the new machine's.
 *   <li>Undo: nothing: it comes after the commit step.
 *   <li>Repeatable: yes.
 * </ul>
 */
record ProtectHome(HomeMachine home, Images images) implements Step {

    @Override
    public String id() {
        return "protect";
    }

    @Override
    public String name(Locale locale) {
        return PlanTexts.step(id(), locale);
    }

    @Override
    public Outcome<Void> execute(StepRun run) {
        return images.epoch(run.systemId())
                .then(
                        epoch ->
                                home.replicate(
                                        run.systemId(),
                                        run.fact(Facts.AGENT).orElseThrow(),
                                        epoch,
                                        StepWatch.of(run)));
    }

    @Override
    public Outcome<Void> undo(StepRun run) {
        return Outcome.done();
    }
}
