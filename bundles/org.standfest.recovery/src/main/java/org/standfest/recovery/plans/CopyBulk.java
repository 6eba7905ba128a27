package org.standfest.recovery.plans;

import org.standfest.recovery.Facts;
import org.standfest.recovery.Step;
import org.standfest.recovery.StepRun;
import org.standfest.results.Outcome;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Prepares the disks of the new machine and copies the bulk of the data while the emergency machine
 * serves.
 *
 * <ul>
 *   <li>Precondition: the agent of the new machine is connected.
 *   <li>Postcondition: a complete copy of a state not long ago lies on the new machine.
 *   <li>Undo: removes what was written there.
 *   <li>Repeatable: yes: the agent goes on where it stopped.
 * </ul>
 */
record CopyBulk(HomeMachine home) implements Step {

    @Override
    public String id() {
        return "bulk";
    }

    @Override
    public String name(Locale locale) {
        return PlanTexts.step(id(), locale);
    }

    @Override
    public Outcome<Void> execute(StepRun run) {
        return home.copyBulk(
                run.systemId(),
                run.fact(Facts.AGENT).orElseThrow(),
                run.operationId(),
                run.fact(Facts.TARGET).orElse(""),
                options(run),
                StepWatch.of(run));
    }

    @Override
    public Outcome<Void> undo(StepRun run) {
        return home.undo(
                run.systemId(), run.fact(Facts.AGENT).orElseThrow(), run.operationId(), true);
    }

    private static Map<String, String> options(StepRun run) {
        Map<String, String> options = new HashMap<>();
        for (String name : run.fact(Facts.OPTION_NAMES).orElse("").split(",")) {
            run.fact(Facts.OPTION + name).ifPresent(value -> options.put(name, value));
        }
        return options;
    }
}
