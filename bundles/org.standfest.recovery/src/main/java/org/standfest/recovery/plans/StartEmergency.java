package org.standfest.recovery.plans;

import org.standfest.probe.GoneRule;
import org.standfest.recovery.Facts;
import org.standfest.recovery.Step;
import org.standfest.recovery.StepRun;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Starts the emergency machine.
 *
 * <ul>
 *   <li>Precondition: overlay and description exist; the witnesses have spoken not longer than a
 *       minute ago (otherwise they are asked again).
 *   <li>Postcondition: the machine runs and outlives the standby's process.
 *   <li>Undo: ends the machine.
 *   <li>Repeatable: yes: a running machine is found again.
 * </ul>
 */
record StartEmergency(EmergencyMachines machines, Witnesses witnesses, GoneRule rule)
        implements Step {

    @Override
    public String id() {
        return "start";
    }

    @Override
    public String name(Locale locale) {
        return PlanTexts.step(id(), locale);
    }

    private static final Duration FRESH = Duration.ofMinutes(1);

    @Override
    public Outcome<Void> execute(StepRun run) {
        String machine = run.fact(Facts.MACHINE).orElseThrow();
        if (!machines.running(run.systemId(), machine) && !fresh(run)) {
            Outcome<Void> gone = AskWitnesses.ask(witnesses, rule, run);
            if (!gone.isDone()) {
                return gone;
            }
        }
        return machines.start(run.systemId(), machine);
    }

    @Override
    public Outcome<Void> undo(StepRun run) {
        return machines.end(run.systemId(), run.fact(Facts.MACHINE).orElseThrow());
    }

    private static boolean fresh(StepRun run) {
        return run.fact(Facts.WITNESSED_AT)
                .map(Instant::parse)
                .filter(at -> Duration.between(at, run.now()).compareTo(FRESH) < 0)
                .isPresent();
    }
}
