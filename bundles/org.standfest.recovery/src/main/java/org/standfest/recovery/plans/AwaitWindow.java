package org.standfest.recovery.plans;

import org.standfest.recovery.Facts;
import org.standfest.recovery.Sleeper;
import org.standfest.recovery.Step;
import org.standfest.recovery.StepRun;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Waits for the window of time that was chosen for the second phase. The emergency machine serves
 * meanwhile. A window that has passed is not stretched: it waits on, until a person chooses another
 * one or cancels.
 *
 * <ul>
 *   <li>Precondition: the bulk copy is on the new machine.
 *   <li>Postcondition: the clock is within the window, or none was chosen.
 *   <li>Undo: nothing has to be taken back.
 *   <li>Repeatable: yes.
 * </ul>
 */
record AwaitWindow(EmergencyMachines machines, Sleeper sleeper) implements Step {

    private static final Duration PAUSE = Duration.ofMillis(500);

    @Override
    public String id() {
        return "window";
    }

    @Override
    public String name(Locale locale) {
        return PlanTexts.step(id(), locale);
    }

    @Override
    public Outcome<Void> execute(StepRun run) {
        while (!open(run)) {
            if (run.cancelled()) {
                return run.cancelledOutcome();
            }
            if (!machines.running(run.systemId(), run.fact(Facts.MACHINE).orElseThrow())) {
                return Outcome.failed(PlanTexts.explain("plan.not-running", run.systemId()));
            }
            try {
                sleeper.sleep(PAUSE);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return run.cancelledOutcome();
            }
        }
        return Outcome.done();
    }

    @Override
    public Outcome<Void> undo(StepRun run) {
        return Outcome.done();
    }

    /** Asked again and again: a person may choose another window meanwhile. */
    private static boolean open(StepRun run) {
        Optional<Instant> from = run.fact(Facts.WINDOW_FROM).map(Instant::parse);
        Optional<Instant> until = run.fact(Facts.WINDOW_UNTIL).map(Instant::parse);
        Instant now = run.now();
        return from.filter(now::isBefore).isEmpty() && until.filter(now::isAfter).isEmpty();
    }
}
