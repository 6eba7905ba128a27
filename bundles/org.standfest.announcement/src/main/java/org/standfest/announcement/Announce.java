package org.standfest.announcement;

import org.standfest.recovery.PlanKind;
import org.standfest.recovery.StepRun;
import org.standfest.recovery.plans.PartnerStep;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * Tells the neighbours on the wire and the name servers that the system serves here.
 *
 * <ul>
 *   <li>Precondition: the emergency machine was started.
 *   <li>Postcondition: the neighbours were told, and every name server that is needed answers with
 *       the new place.
 *   <li>Undo: the names say again what they say in normal operation.
 *   <li>Repeatable: yes.
 * </ul>
 */
record Announce(Announcer announcer) implements PartnerStep {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Override
    public String id() {
        return "partner-announce";
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
        return Place.BEFORE_TEST;
    }

    @Override
    public Duration limit() {
        return LIMIT;
    }

    @Override
    public boolean concerns(String systemId) {
        return announcer.announces(systemId);
    }

    @Override
    public Outcome<Void> execute(StepRun run) {
        return announcer.announce(run.systemId());
    }

    @Override
    public Outcome<Void> undo(StepRun run) {
        return announcer.pointHome(run.systemId());
    }
}
