package org.standfest.standby;

import org.standfest.management.SystemSettings;
import org.standfest.recovery.Course;
import org.standfest.recovery.RecoveryState;
import org.standfest.recovery.Transitions;
import org.standfest.results.Outcome;

import java.util.Map;

/** Changes what the standby is told about its systems. Safe for any thread. */
final class SettingsDesk {

    private final StandbyServer standby;

    SettingsDesk(StandbyServer standby) {
        this.standby = standby;
    }

    /**
     * Sets the settings of a system.
     *
     * @return refused when they would forget an address that the standby has taken for it, or let a
     *     second person release less before a second person has released that
     */
    Outcome<Void> configure(Asker asker, Course course, SystemSettings settings) {
        String who = asker.who();
        String id = course.systemId();
        SystemSettings now = standby.records().settings(id);
        if (mayHoldAddresses(course)
                && !now.announcement().addresses().equals(settings.announcement().addresses())) {
            return Outcome.refused(StandbyTexts.explain("standby.addresses-taken", id));
        }
        boolean looser = !settings.secondPerson().containsAll(now.secondPerson());
        if (looser && !asker.released()) {
            return settings.releasedBySecond(now.secondPerson()).equals(now)
                    ? standby.recoveries()
                            .releases()
                            .ask(id, ReleaseBook.Order.of(settings.secondPerson()), who)
                    : Outcome.refused(StandbyTexts.explain("standby.release-alone", id));
        }
        return standby.write(who, id, "configured", Map.of())
                .then(_ -> standby.records().change(id, record -> record.with(settings)))
                .map(
                        none -> {
                            standby.configured(id);
                            return none;
                        });
    }

    /**
     * Addresses are given back as the settings name them. Names stay changeable: that is the way
     * out when a needed name server has gone for good.
     */
    private static boolean mayHoldAddresses(Course course) {
        return course.busy()
                || course.state() instanceof RecoveryState.Blocked
                || Transitions.machine(course.state()).isPresent();
    }
}
