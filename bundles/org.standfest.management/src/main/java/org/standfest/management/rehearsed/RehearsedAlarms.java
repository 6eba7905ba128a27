package org.standfest.management.rehearsed;

import org.standfest.management.Alarm;
import org.standfest.management.AlarmList;
import org.standfest.management.FindingInfo;
import org.standfest.management.Reason;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;
import org.standfest.results.Severity;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The alarms of the rehearsed standby: one, until it is acknowledged. For one thread at a time. */
final class RehearsedAlarms {

    private final Catalog texts;
    private final InstantSource clock;
    private final List<Alarm> alarms = new ArrayList<>();

    RehearsedAlarms(
            String systemId, String name, Locale language, Catalog texts, InstantSource clock) {
        this.texts = texts;
        this.clock = clock;
        Instant now = clock.instant();
        alarms.add(
                new Alarm(
                        "rehearsed-alarm-1",
                        Alarm.Kind.CHANGES,
                        new FindingInfo(
                                Severity.ERROR,
                                systemId,
                                name,
                                Reason.of(texts.explain("rehearsed.changes"), language)),
                        now,
                        now,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    /**
     * The alarms.
     *
     * @param systemId of this system; empty for all
     */
    AlarmList list(String systemId, boolean settledToo) {
        return new AlarmList(
                alarms.stream()
                        .filter(
                                one ->
                                        systemId.isEmpty()
                                                || one.finding().elementId().equals(systemId))
                        .filter(one -> settledToo || one.settledAt().isEmpty())
                        .toList());
    }

    Outcome<Alarm> acknowledge(String id, String reason) {
        for (Alarm alarm : list("", false).alarms()) {
            if (alarm.id().equals(id)) {
                Alarm settled =
                        new Alarm(
                                alarm.id(),
                                alarm.kind(),
                                alarm.finding(),
                                alarm.raisedAt(),
                                alarm.seenAt(),
                                Optional.of(clock.instant()),
                                Optional.of("rehearsal"),
                                Optional.of(reason));
                alarms.set(alarms.indexOf(alarm), settled);
                return Outcome.done(settled);
            }
        }
        return Outcome.refused(texts.explain("rehearsed.no-alarm", id));
    }
}
