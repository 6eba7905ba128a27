package org.standfest.announcement;

import org.standfest.recovery.PlanKind;
import org.standfest.recovery.StepRun;
import org.standfest.recovery.plans.PartnerStep;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * Gives the addresses back and lets the names point home.
 *
 * <ul>
 *   <li>Precondition: the emergency machine was stopped.
 *   <li>Postcondition: this host has none of the system's addresses any more, and every name server
 *       that is needed answers with the place of normal operation.
 *   <li>Undo: takes the addresses again and announces them.
 *   <li>Repeatable: yes.
 * </ul>
 */
record TakeBack(Announcer announcer) implements PartnerStep {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Override
    public String id() {
        return "partner-take-back";
    }

    @Override
    public String name(Locale locale) {
        return Texts.CATALOG.text(locale, id());
    }

    @Override
    public Set<PlanKind> plans() {
        return Set.of(PlanKind.UNDO, PlanKind.RETURN);
    }

    @Override
    public Place place() {
        return Place.AFTER_STOP;
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
        return announcer.giveBack(run.systemId()).then(_ -> announcer.pointHome(run.systemId()));
    }

    @Override
    public Outcome<Void> undo(StepRun run) {
        return announcer.take(run.systemId()).then(_ -> announcer.announce(run.systemId()));
    }
}
