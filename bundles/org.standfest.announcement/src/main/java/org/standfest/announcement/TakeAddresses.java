package org.standfest.announcement;

import org.standfest.recovery.PlanKind;
import org.standfest.recovery.StepRun;
import org.standfest.recovery.plans.PartnerStep;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * Gives the system's addresses to this host.
 *
 * <ul>
 *   <li>Precondition: nobody on the wire has them; asked again here.
 *   <li>Postcondition: this host has them.
 *   <li>Undo: gives back what was taken.
 *   <li>Repeatable: yes.
 * </ul>
 */
record TakeAddresses(Announcer announcer) implements PartnerStep {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Override
    public String id() {
        return "partner-address";
    }

    @Override
    public String name(Locale locale) {
        return Texts.CATALOG.text(locale, id());
    }

    @Override
    public Set<PlanKind> plans() {
        return Set.of(PlanKind.ACTIVATION, PlanKind.REACTIVATION, PlanKind.SWITCH);
    }

    @Override
    public Place place() {
        return Place.BEFORE_START;
    }

    @Override
    public Duration limit() {
        return LIMIT;
    }

    @Override
    public boolean concerns(String systemId) {
        return announcer.takesAddresses(systemId);
    }

    @Override
    public Outcome<Void> execute(StepRun run) {
        return announcer.take(run.systemId());
    }

    @Override
    public Outcome<Void> undo(StepRun run) {
        return announcer.giveBack(run.systemId());
    }
}
