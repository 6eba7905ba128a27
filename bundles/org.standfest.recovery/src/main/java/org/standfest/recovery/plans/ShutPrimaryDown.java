package org.standfest.recovery.plans;

import org.standfest.recovery.Facts;
import org.standfest.recovery.Step;
import org.standfest.recovery.StepRun;
import org.standfest.results.Outcome;

import java.util.Locale;

/**
 * Shuts the primary down in good order. From here on nobody serves, so the clock is noted.
 *
 * <ul>
 *   <li>Precondition: a recent recovery point exists.
 *   <li>Postcondition: the primary is off; its volumes stay readable.
 *   <li>Undo: lets it run again and waits until its service is seen.
 *   <li>Repeatable: yes.
 * </ul>
 */
record ShutPrimaryDown(PrimaryMachine primary, Patience patience) implements Step {

    @Override
    public String id() {
        return "shutdown-primary";
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
        return primary.shutDown(run.systemId(), run.fact(Facts.AGENT).orElseThrow());
    }

    @Override
    public Outcome<Void> undo(StepRun run) {
        if (run.fact(Facts.STOPPED_AT).isEmpty()) {
            return Outcome.done();
        }
        return primary.startAgain(run.systemId(), run.fact(Facts.AGENT).orElseThrow())
                .then(_ -> patience.untilServed(run, ServiceTest.Place.HOME, ""));
    }
}
