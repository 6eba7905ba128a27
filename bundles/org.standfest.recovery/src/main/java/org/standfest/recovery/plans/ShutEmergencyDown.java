package org.standfest.recovery.plans;

import org.standfest.recovery.Facts;
import org.standfest.recovery.Step;
import org.standfest.recovery.StepRun;
import org.standfest.results.Outcome;

import java.util.Locale;

/**
 * Shuts the emergency machine down; its disks stay readable.
 *
 * <ul>
 *   <li>Precondition: the bulk copy is on the new machine.
 *   <li>Postcondition: the guest is off, its disks can be read, the instant is written down.
 *   <li>Undo: starts the machine again over the same overlay and waits until a positive test has
 *       seen it serve.
 *   <li>Repeatable: yes.
 * </ul>
 */
record ShutEmergencyDown(EmergencyMachines machines, Patience patience) implements Step {

    @Override
    public String id() {
        return "shutdown";
    }

    @Override
    public String name(Locale locale) {
        return PlanTexts.step(id(), locale);
    }

    @Override
    public Outcome<Void> execute(StepRun run) {
        if (run.fact(Facts.STOPPED_AT).isEmpty()) {
            run.fact(Facts.STOPPED_AT, run.now().toString());
        }
        return machines.shutDown(run.systemId(), run.fact(Facts.MACHINE).orElseThrow());
    }

    @Override
    public Outcome<Void> undo(StepRun run) {
        if (run.fact(Facts.STOPPED_AT).isEmpty()) {
            return Outcome.done();
        }
        String machine = run.fact(Facts.MACHINE).orElseThrow();
        if (!machines.running(run.systemId(), machine)) {
            Outcome<Void> started =
                    machines.end(run.systemId(), machine)
                            .then(_ -> machines.start(run.systemId(), machine));
            if (!started.isDone()) {
                return started;
            }
        }
        return patience.untilServed(run, ServiceTest.Place.EMERGENCY, machine);
    }
}
