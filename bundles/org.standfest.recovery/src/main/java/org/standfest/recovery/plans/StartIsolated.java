package org.standfest.recovery.plans;

import org.standfest.recovery.Facts;
import org.standfest.recovery.Step;
import org.standfest.recovery.StepRun;
import org.standfest.results.Outcome;

import java.util.Locale;

/**
 * Starts the machine for a rehearsal, cut off from every network.
 *
 * <ul>
 *   <li>Precondition: overlay and description exist.
 *   <li>Postcondition: the machine runs isolated.
 *   <li>Undo: ends the machine.
 *   <li>Repeatable: yes: it is ended first.
 * </ul>
 */
record StartIsolated(EmergencyMachines machines) implements Step {

    @Override
    public String id() {
        return "start-isolated";
    }

    @Override
    public String name(Locale locale) {
        return PlanTexts.step(id(), locale);
    }

    @Override
    public Outcome<Void> execute(StepRun run) {
        String machine = run.fact(Facts.MACHINE).orElseThrow();
        run.fact(Facts.BOOT_BEGUN, run.now().toString());
        return machines.end(run.systemId(), machine)
                .then(_ -> machines.startIsolated(run.systemId(), machine))
                .then(
                        port -> {
                            run.fact(Facts.ISOLATED_PORT, Integer.toString(port));
                            return Outcome.done();
                        });
    }

    @Override
    public Outcome<Void> undo(StepRun run) {
        return machines.end(run.systemId(), run.fact(Facts.MACHINE).orElseThrow());
    }
}
