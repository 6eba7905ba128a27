package org.standfest.recovery.ways;

import org.standfest.recovery.PlanKind;
import org.standfest.recovery.StepRun;
import org.standfest.recovery.plans.PartnerStep;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One step of a way; all are repeatable.
 *
 * <ul>
 *   <li>{@code partner-1-place}. Precondition: none. Postcondition: the system has a place on this
 *       standby, written down. Undo: gives it back.
 *   <li>{@code partner-2-vpn}. Precondition: none. Postcondition: the branch was reached through
 *       the VPN. Undo: nothing.
 *   <li>{@code partner-2-carry}. Precondition: none. Postcondition: this host has an address in the
 *       branch's network and reaches its gateway. Waits for it, also over switching the standby off
 *       and on. Undo: nothing: the standby stays where it is.
 *   <li>{@code partner-swap}. Precondition: the bulk is on the spare machine. Postcondition: a
 *       person has said that the machine stands in the branch, and its agent is connected. Done at
 *       once for a machine that is not of the spare pool. Undo: nothing.
 * </ul>
 *
 * @param needed whether a system's operation has it
 * @param act does it
 * @param back takes it back
 */
record WayStep(
        String id,
        Place place,
        Set<PlanKind> plans,
        Duration limit,
        Predicate<String> needed,
        Function<StepRun, Outcome<Void>> act,
        Function<StepRun, Outcome<Void>> back)
        implements PartnerStep {

    @Override
    public String name(Locale locale) {
        return WayTexts.step(id, locale);
    }

    @Override
    public boolean concerns(String systemId) {
        return needed.test(systemId);
    }

    @Override
    public Outcome<Void> execute(StepRun run) {
        return act.apply(run);
    }

    @Override
    public Outcome<Void> undo(StepRun run) {
        return back.apply(run);
    }
}
