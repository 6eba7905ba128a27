package org.standfest.recovery.plans;

import org.standfest.recovery.Facts;
import org.standfest.recovery.Step;
import org.standfest.recovery.StepRun;
import org.standfest.results.Outcome;

import java.util.Locale;

/**
 * Raises the system's epoch, so that a primary that returns from the dead is locked out.
 *
 * <ul>
 *   <li>Precondition: somebody else is about to serve.
 *   <li>Postcondition: the epoch is higher than before this operation, by one.
 *   <li>Undo: raises it once more when it was raised: whoever was told the new one is locked out
 *       again.
 *   <li>Repeatable: yes: the epoch before is written down first.
 * </ul>
 */
record RaiseEpoch(Images images) implements Step {

    @Override
    public String id() {
        return "epoch";
    }

    @Override
    public String name(Locale locale) {
        return PlanTexts.step(id(), locale);
    }

    @Override
    public Outcome<Void> execute(StepRun run) {
        return images.epoch(run.systemId())
                .then(
                        epoch -> {
                            if (run.fact(Facts.EPOCH_BEFORE).isEmpty()) {
                                run.fact(Facts.EPOCH_BEFORE, Long.toString(epoch));
                            }
                            long before =
                                    Long.parseLong(run.fact(Facts.EPOCH_BEFORE).orElseThrow());
                            return epoch > before
                                    ? Outcome.done(epoch)
                                    : images.raiseEpoch(run.systemId());
                        })
                .map(_ -> null);
    }

    @Override
    public Outcome<Void> undo(StepRun run) {
        if (run.fact(Facts.EPOCH_BEFORE).isEmpty()) {
            return Outcome.done();
        }
        return images.raiseEpoch(run.systemId()).map(_ -> null);
    }
}
