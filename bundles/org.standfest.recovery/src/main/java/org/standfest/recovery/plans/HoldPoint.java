package org.standfest.recovery.plans;

import org.standfest.recovery.Facts;
import org.standfest.recovery.Step;
import org.standfest.recovery.StepRun;
import org.standfest.results.Outcome;

import java.util.Locale;

/**
 * Holds the newest recovery point in its place.
 *
 * <ul>
 *   <li>Precondition: the system has a recovery point.
 *   <li>Postcondition: no replication changes the point until it is released; its id and instant
 *       are written down.
 *   <li>Undo: releases it.
 *   <li>Repeatable: yes.
 * </ul>
 */
record HoldPoint(Images images) implements Step {

    @Override
    public String id() {
        return "hold";
    }

    @Override
    public String name(Locale locale) {
        return PlanTexts.step(id(), locale);
    }

    @Override
    public Outcome<Void> execute(StepRun run) {
        String machine = run.fact(Facts.MACHINE).orElse(run.operationId());
        run.fact(Facts.MACHINE, machine);
        return images.hold(run.systemId(), machine, PlanTexts.step("hold-reason", Locale.ENGLISH))
                .then(_ -> images.newest(run.systemId()))
                .then(
                        newest -> {
                            run.fact(Facts.POINT, newest.id());
                            run.fact(Facts.POINT_TAKEN, newest.takenAt().toString());
                            return Outcome.done();
                        });
    }

    @Override
    public Outcome<Void> undo(StepRun run) {
        return run.fact(Facts.MACHINE)
                .map(machine -> images.release(run.systemId(), machine))
                .orElseGet(Outcome::done);
    }
}
