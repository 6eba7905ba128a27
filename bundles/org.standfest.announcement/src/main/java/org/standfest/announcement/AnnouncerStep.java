package org.standfest.announcement;

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
 * One of the announcer's acts in the plans; all are repeatable.
 *
 * <ul>
 *   <li>{@code partner-address}. Precondition: nobody on the wire has the addresses, asked again
 *       here. Postcondition: this host has them. Undo: gives back what was taken.
 *   <li>{@code partner-announce}. Precondition: the emergency machine was started. Postcondition:
 *       the neighbours were told, and every name server that is needed answers with the new place.
 *       Undo: the names say again what they say in normal operation; what a name server does not
 *       take is noted.
 *   <li>{@code partner-take-back}. Precondition: the emergency machine was stopped. Postcondition:
 *       this host has none of the addresses, and every name server that is needed answers with the
 *       place of normal operation. Undo: takes the addresses again and announces them; what a name
 *       server does not take is noted.
 * </ul>
 *
 * @param act does it for a system
 * @param back takes it back for a system
 */
record AnnouncerStep(
        String id,
        Place place,
        Set<PlanKind> plans,
        Predicate<String> needed,
        Function<String, Outcome<Void>> act,
        Function<String, Outcome<Void>> back)
        implements PartnerStep {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Override
    public String name(Locale locale) {
        return Texts.CATALOG.text(locale, id);
    }

    @Override
    public Duration limit() {
        return LIMIT;
    }

    @Override
    public boolean concerns(String systemId) {
        return needed.test(systemId);
    }

    @Override
    public Outcome<Void> execute(StepRun run) {
        return act.apply(run.systemId());
    }

    @Override
    public Outcome<Void> undo(StepRun run) {
        return back.apply(run.systemId());
    }
}
