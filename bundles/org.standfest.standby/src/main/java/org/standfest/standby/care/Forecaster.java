package org.standfest.standby.care;

import org.standfest.management.CarePolicy;
import org.standfest.management.FindingInfo;
import org.standfest.management.ForecastView;
import org.standfest.replication.objectives.ChangeProfile;
import org.standfest.replication.objectives.RateCalendar;
import org.standfest.replication.objectives.RpoForecast;
import org.standfest.replication.objectives.RpoObjective;
import org.standfest.replication.objectives.Schedule;
import org.standfest.replication.objectives.SessionRecord;
import org.standfest.replication.pool.PooledSystem;
import org.standfest.results.Finding;
import org.standfest.results.Outcome;
import org.standfest.results.Severity;

import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Says which RPO a line can reach, from the sessions that were. Safe for any thread. */
final class Forecaster {

    private static final int LOOKED_AT = 200;
    private static final long WORTH_MEASURING = 256 * 1024;

    private final CareBooks books;
    private final Sessions sessions;
    private final InstantSource clock;
    private final Supplier<ZoneId> zone;

    Forecaster(CareBooks books, Sessions sessions, InstantSource clock, Supplier<ZoneId> zone) {
        this.books = books;
        this.sessions = sessions;
        this.clock = clock;
        this.zone = zone;
    }

    /**
     * The forecast.
     *
     * @param schedule as its agent reports it
     */
    Outcome<ForecastView> forecast(PooledSystem system, String schedule, Locale language) {
        List<SessionRecord> all =
                sessions.of(system.id()).records().stream()
                        .filter(one -> one.result() == SessionRecord.Result.DONE)
                        .toList();
        List<SessionRecord> looked = all.subList(Math.max(0, all.size() - LOOKED_AT), all.size());
        if (looked.isEmpty()) {
            return Outcome.refused(CareTexts.explain("care.no-sessions", system.name()));
        }
        CarePolicy policy = books.get(system.id()).policy();
        double line = line(looked);
        RpoForecast forecast =
                RpoForecast.of(
                        new RpoForecast.Situation(
                                clock.instant(),
                                zone.get(),
                                line,
                                RateCalendar.parse(policy.rates())
                                        .result()
                                        .orElse(RateCalendar.UNLIMITED),
                                Schedule.parse(schedule).result().orElse(Schedule.MANUAL),
                                ChangeProfile.measured(looked, zone.get()),
                                0,
                                ChangeProfile.NONE,
                                0,
                                overhead(looked, line)));
        Optional<FindingInfo> verdict =
                policy.rpoMillis() < 1000
                        ? Optional.empty()
                        : forecast.against(
                                        new RpoObjective(Duration.ofMillis(policy.rpoMillis())),
                                        system.name())
                                .map(
                                        why ->
                                                FindingInfo.of(
                                                        new Finding(
                                                                Severity.WARNING,
                                                                system.id(),
                                                                system.name(),
                                                                why),
                                                        language));
        return Outcome.done(
                new ForecastView(
                        system.id(),
                        looked.size(),
                        Math.round(forecast.weeklyChangedBytes() / 168),
                        Math.round(line),
                        forecast.reachableRpo().map(Duration::toMillis).orElse(-1L),
                        policy.rpoMillis(),
                        verdict));
    }

    /** The line's speed: the median of sessions that were long enough to show it. */
    private static double line(List<SessionRecord> sessions) {
        double[] rates =
                sessions.stream()
                        .filter(one -> one.wireBytes() >= WORTH_MEASURING)
                        .filter(one -> one.duration().toMillis() > 0)
                        .mapToDouble(one -> one.wireBytes() * 1000.0 / one.duration().toMillis())
                        .sorted()
                        .toArray();
        // Without a session that shows it, 100 Mbit/s stand in; the next long one corrects it.
        return rates.length == 0 ? 12_500_000 : Math.max(1, rates[rates.length / 2]);
    }

    /** What a session takes besides the line: the median of what is left of its time. */
    private static Duration overhead(List<SessionRecord> sessions, double line) {
        long[] millis =
                sessions.stream()
                        .mapToLong(
                                one ->
                                        Math.max(
                                                0,
                                                one.duration().toMillis()
                                                        - Math.round(
                                                                one.wireBytes() / line * 1000)))
                        .sorted()
                        .toArray();
        return Duration.ofMillis(millis[millis.length / 2]);
    }
}
