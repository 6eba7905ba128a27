package org.standfest.replication.agent;

import org.standfest.replication.objectives.ChangeProfile;
import org.standfest.replication.objectives.RateCalendar;
import org.standfest.replication.objectives.RpoForecast;
import org.standfest.replication.objectives.SessionHistory;
import org.standfest.replication.objectives.SessionRecord;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Forecasts from what was measured: change by hour of the week from the history, the line's speed
 * from the larger sessions (the median of their fastest half; short ones say more about greetings
 * than about the line).
 */
final class Forecasts {

    private static final long TELLING_BYTES = 4 << 20;

    private final AgentHome home;
    private final ZoneId zone;
    private final InstantSource clock;

    Forecasts(AgentHome home, ZoneId zone, InstantSource clock) {
        this.home = home;
        this.zone = zone;
        this.clock = clock;
    }

    /** How fast the line is; empty: no session was long enough to tell. */
    OptionalDouble line() {
        double[] rates =
                home.systems().stream()
                        .flatMap(one -> home.history(one.id()).read().records().stream())
                        .filter(one -> one.wireBytes() >= TELLING_BYTES)
                        .filter(one -> !one.duration().isZero())
                        .mapToDouble(one -> one.wireBytes() * 1000.0 / one.duration().toMillis())
                        .sorted()
                        .toArray();
        return rates.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(rates[rates.length - 1 - rates.length / 4]);
    }

    /**
     * What a system can reach.
     *
     * @param bytesPerSecond the line
     */
    RpoForecast of(ProtectedSystem system, double bytesPerSecond) {
        Instant now = clock.instant();
        SessionHistory history = home.history(system.id()).read();
        ChangeProfile change = ChangeProfile.measured(history.records(), zone);
        ChangeProfile others = ChangeProfile.NONE;
        long othersWait = 0;
        for (ProtectedSystem other : home.systems()) {
            if (!other.id().equals(system.id())) {
                SessionHistory theirs = home.history(other.id()).read();
                ChangeProfile profile = ChangeProfile.measured(theirs.records(), zone);
                others = others.plus(profile);
                othersWait += waiting(other, theirs, profile, now);
            }
        }
        return RpoForecast.of(
                new RpoForecast.Situation(
                        now,
                        zone,
                        bytesPerSecond,
                        home.rates()
                                .result()
                                .orElse(RateCalendar.UNLIMITED)
                                .least(system.plan().rates()),
                        system.plan().schedule(),
                        change,
                        waiting(system, history, change, now),
                        others,
                        othersWait,
                        overhead(history.records())));
    }

    /** The first copy in full, afterwards what probably changed since the newest point. */
    private long waiting(
            ProtectedSystem system, SessionHistory history, ChangeProfile change, Instant now) {
        Optional<Instant> newest = home.times(system.id()).taken();
        if (newest.isEmpty()) {
            return history.records().isEmpty() ? 0 : history.records().getLast().totalBytes();
        }
        Instant since = newest.get().isAfter(now) ? now : newest.get();
        Instant week = now.minus(ChangeProfile.LONGEST_GAP);
        return Math.round(change.bytesBetween(since.isBefore(week) ? week : since, now, zone));
    }

    /** The shortest of the last sessions shows what they take besides the line. */
    private static Duration overhead(List<SessionRecord> records) {
        return records.reversed().stream()
                .filter(one -> one.result() == SessionRecord.Result.DONE && !one.first())
                .limit(50)
                .map(SessionRecord::duration)
                .min(Duration::compareTo)
                .orElse(Duration.ofSeconds(1));
    }
}
