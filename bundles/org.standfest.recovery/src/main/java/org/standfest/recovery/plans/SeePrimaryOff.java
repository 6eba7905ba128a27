package org.standfest.recovery.plans;

import org.standfest.probe.GoneRule;
import org.standfest.recovery.Sleeper;
import org.standfest.recovery.Step;
import org.standfest.recovery.StepRun;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Asks the witnesses until they agree that the primary, which was shut down, is off. What they saw
 * a moment before may still be its last sign of life.
 *
 * <ul>
 *   <li>Precondition: the primary was shut down.
 *   <li>Postcondition: the rule is satisfied; what every witness said is written down.
 *   <li>Undo: nothing has to be taken back.
 *   <li>Repeatable: yes.
 * </ul>
 */
record SeePrimaryOff(Witnesses witnesses, GoneRule rule, Sleeper sleeper) implements Step {

    @Override
    public String id() {
        return "witnesses";
    }

    @Override
    public String name(Locale locale) {
        return PlanTexts.step(id(), locale);
    }

    @Override
    public Outcome<Void> execute(StepRun run) {
        Instant begun = run.now();
        while (true) {
            Outcome<Void> gone = AskWitnesses.ask(witnesses, rule, run);
            if (gone.isDone()
                    || run.cancelled()
                    || Duration.between(begun, run.now()).compareTo(MOST) > 0) {
                return gone;
            }
            try {
                sleeper.sleep(PAUSE);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return run.cancelledOutcome();
            }
        }
    }

    @Override
    public Outcome<Void> undo(StepRun run) {
        return Outcome.done();
    }

    private static final Duration MOST = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofSeconds(1);
}
