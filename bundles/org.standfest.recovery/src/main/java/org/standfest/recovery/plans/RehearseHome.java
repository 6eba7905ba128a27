package org.standfest.recovery.plans;

import org.standfest.recovery.Facts;
import org.standfest.recovery.Step;
import org.standfest.recovery.StepRun;
import org.standfest.results.Outcome;

import java.util.Locale;

/**
 * Starts the newest image on hardware like the new machine's, cut off from every network, before
 * anything is written there. Does nothing unless it was asked for.
 *
 * <ul>
 *   <li>Precondition: the newest point is held by the emergency machine.
 *   <li>Postcondition: a positive test saw the service on that hardware, and nothing of the run is
 *       left; or no rehearsal was asked for.
 *   <li>Undo: ends the rehearsal's machine and removes its overlay.
 *   <li>Repeatable: no: it is undone first.
 * </ul>
 */
record RehearseHome(EmergencyMachines machines, Patience patience) implements Step {

    @Override
    public String id() {
        return "rehearse-home";
    }

    @Override
    public String name(Locale locale) {
        return PlanTexts.step(id(), locale);
    }

    @Override
    public Outcome<Void> execute(StepRun run) {
        if (!asked(run)) {
            return Outcome.done();
        }
        String machine = run.operationId();
        return machines.prepare(run.systemId(), machine, LandingPlace.options(run))
                .then(_ -> machines.startIsolated(run.systemId(), machine))
                .then(
                        port -> {
                            run.fact(Facts.ISOLATED_PORT, Integer.toString(port));
                            return patience.untilServedIsolated(run, machine);
                        })
                .then(_ -> undo(run));
    }

    @Override
    public Outcome<Void> undo(StepRun run) {
        String machine = run.operationId();
        return asked(run)
                ? machines.end(run.systemId(), machine)
                        .then(_ -> machines.discard(run.systemId(), machine))
                : Outcome.done();
    }

    @Override
    public boolean repeatable() {
        return false;
    }

    private static boolean asked(StepRun run) {
        return run.fact(Facts.REHEARSE).filter("true"::equals).isPresent();
    }
}
