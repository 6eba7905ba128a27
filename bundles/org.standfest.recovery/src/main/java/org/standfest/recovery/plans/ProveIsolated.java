package org.standfest.recovery.plans;

import org.standfest.recovery.Facts;
import org.standfest.recovery.Step;
import org.standfest.recovery.StepRun;
import org.standfest.recovery.Told;
import org.standfest.results.Outcome;

import java.time.Instant;
import java.util.Locale;

/**
 * Waits until a positive test has seen the service of the isolated machine.
 *
 * <ul>
 *   <li>Precondition: it was started isolated.
 *   <li>Postcondition: a positive test saw the service: the image is proved to start. The report is
 *       kept with a picture of the console and the serial log, also when the service was not seen,
 *       but not when somebody cancelled it.
 *   <li>Undo: nothing has to be taken back.
 *   <li>Repeatable: yes.
 * </ul>
 */
record ProveIsolated(Patience patience, EmergencyMachines machines) implements Step {

    @Override
    public String id() {
        return "test-isolated";
    }

    @Override
    public String name(Locale locale) {
        return PlanTexts.step(id(), locale);
    }

    @Override
    public Outcome<Void> execute(StepRun run) {
        String machine = run.fact(Facts.MACHINE).orElseThrow();
        Outcome<Void> seen = patience.untilServedIsolated(run, machine);
        if (!seen.isDone() && run.cancelled()) {
            // Who was told to stop has seen nothing, neither that it starts nor that it does not.
            return seen;
        }
        Instant now = run.now();
        machines.keepProof(
                run.systemId(),
                machine,
                new BootReport(
                        run.operationId(),
                        run.fact(Facts.POINT).orElse(""),
                        run.fact(Facts.POINT_TAKEN).map(Instant::parse).orElse(now),
                        run.fact(Facts.BOOT_BEGUN).map(Instant::parse).orElse(now),
                        now,
                        seen.problem().map(Told::of)));
        return seen;
    }

    @Override
    public Outcome<Void> undo(StepRun run) {
        return Outcome.done();
    }
}
