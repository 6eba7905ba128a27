package org.standfest.recovery.plans;

import org.standfest.probe.GoneRule;
import org.standfest.probe.Verdict;
import org.standfest.recovery.Facts;
import org.standfest.recovery.Step;
import org.standfest.recovery.StepRun;
import org.standfest.results.Outcome;

import java.util.Locale;

/**
 * Asks whether the old machine is really gone and its addresses are free, by the rule of {@link
 * GoneRule}.
 *
 * <ul>
 *   <li>Precondition: the primary is believed to have failed.
 *   <li>Postcondition: the rule is satisfied, or a person has confirmed that it cannot be; what
 *       every witness said is written down.
 *   <li>Undo: nothing has to be taken back.
 *   <li>Repeatable: yes.
 * </ul>
 */
record AskWitnesses(Witnesses witnesses, GoneRule rule) implements Step {

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
        return ask(witnesses, rule, run);
    }

    @Override
    public Outcome<Void> undo(StepRun run) {
        return Outcome.done();
    }

    /** A living machine can never be confirmed away; too little evidence can. */
    static Outcome<Void> ask(Witnesses witnesses, GoneRule rule, StepRun run) {
        GoneRule.Conclusion conclusion = rule.conclude(witnesses.ask(run.systemId()));
        run.witnesses(conclusion.verdicts());
        if (!conclusion.proved()
                && !(run.confirmed(conclusion.reason().code()) && unsure(conclusion))) {
            return Outcome.refused(conclusion.reason());
        }
        run.fact(Facts.WITNESSED_AT, run.now().toString());
        return Outcome.done();
    }

    private static boolean unsure(GoneRule.Conclusion conclusion) {
        return conclusion.verdicts().stream()
                .noneMatch(verdict -> verdict.answer() == Verdict.Answer.POSITIVE);
    }
}
