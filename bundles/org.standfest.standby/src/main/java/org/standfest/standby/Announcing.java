package org.standfest.standby;

import org.standfest.announcement.Announcer;
import org.standfest.host.HostPrograms;
import org.standfest.recovery.journal.Journal;
import org.standfest.recovery.plans.PartnerStep;
import org.standfest.results.Explanation;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What is announced of the systems by their settings; its steps stand before the partners'. */
final class Announcing {

    private final Announcer announcer;
    private final Partners partners;
    private final Journal journal;

    /**
     * @param journal takes down what was not announced and was not needed
     */
    Announcing(StandbyHome home, SystemRecords records, Partners partners, Journal journal) {
        this.partners = partners;
        this.journal = journal;
        this.announcer =
                new Announcer(
                        new HostPrograms(),
                        home.folder().resolve("keys"),
                        () -> partners.probe("dns"),
                        id -> records.settings(id).announcement(),
                        this::notAnnounced);
    }

    private void notAnnounced(String systemId, Explanation why) {
        try {
            journal.append(
                    "standby",
                    systemId,
                    "announcement.failed",
                    Map.of("why", why.happened(Locale.ENGLISH)));
        } catch (IOException _) {
            // The start itself cannot be written down either, and ends for that reason.
            return;
        }
    }

    Announcer announcer() {
        return announcer;
    }

    List<PartnerStep> steps() {
        return Stream.concat(announcer.steps().stream(), partners.steps().stream()).toList();
    }
}
