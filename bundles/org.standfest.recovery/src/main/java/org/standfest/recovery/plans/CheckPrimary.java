package org.standfest.recovery.plans;

import org.standfest.probe.Verdict;
import org.standfest.recovery.Facts;
import org.standfest.recovery.Step;
import org.standfest.recovery.StepRun;
import org.standfest.results.Outcome;

import java.util.Locale;

/**
 * Checks what a planned switch needs of the primary.
 *
 * <ul>
 *   <li>Precondition: normal operation.
 *   <li>Postcondition: the service of the primary was seen just now, and its agent can shut it
 *       down.
 *   <li>Undo: nothing has to be taken back.
 *   <li>Repeatable: yes.
 * </ul>
 */
record CheckPrimary(PrimaryMachine primary, ServiceTest service) implements Step {

    @Override
    public String id() {
        return "check-primary";
    }

    @Override
    public String name(Locale locale) {
        return PlanTexts.step(id(), locale);
    }

    @Override
    public Outcome<Void> execute(StepRun run) {
        Verdict.Answer seen =
                service.test(run.systemId(), ServiceTest.Place.HOME)
                        .map(Verdict::answer)
                        .orElse(Verdict.Answer.INCONCLUSIVE);
        return seen == Verdict.Answer.POSITIVE
                ? primary.canShutDown(run.systemId(), run.fact(Facts.AGENT).orElseThrow())
                : Outcome.refused(PlanTexts.explain("plan.primary-not-seen", run.systemId()));
    }

    @Override
    public Outcome<Void> undo(StepRun run) {
        return Outcome.done();
    }
}
