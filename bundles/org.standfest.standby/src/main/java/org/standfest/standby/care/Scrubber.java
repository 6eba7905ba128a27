package org.standfest.standby.care;

import org.standfest.management.Alarm;
import org.standfest.management.ScrubStatus;
import org.standfest.management.TaskKind;
import org.standfest.recovery.Sleeper;
import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.PooledSystem;
import org.standfest.replication.pool.ScrubPace;
import org.standfest.replication.pool.ScrubReport;
import org.standfest.results.Finding;
import org.standfest.results.Outcome;
import org.standfest.results.Severity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Re-reads the pool: when somebody asks, and when it is time. Safe for any thread. */
final class Scrubber {

    private static final Duration LONGEST_NAP = Duration.ofSeconds(1);

    private final ImagePool pool;
    private final CareBooks books;
    private final AlarmBook alarms;
    private final Tasks tasks;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private final Instant startedAt;

    Scrubber(
            ImagePool pool,
            CareBooks books,
            AlarmBook alarms,
            Tasks tasks,
            InstantSource clock,
            Sleeper sleeper) {
        this.pool = pool;
        this.books = books;
        this.alarms = alarms;
        this.tasks = tasks;
        this.clock = clock;
        this.sleeper = sleeper;
        this.startedAt = clock.instant();
    }

    ScrubStatus status() {
        CareBooks.ScrubPlan plan = books.plan();
        List<ScrubStatus.OfSystem> systems =
                pool.systems().stream()
                        .sorted(Comparator.comparing(PooledSystem::id))
                        .map(
                                system -> {
                                    CareRecord record = books.get(system.id());
                                    return new ScrubStatus.OfSystem(
                                            system.id(),
                                            record.scrubbedAt(),
                                            record.scrubbedBytes(),
                                            record.scrubFindings());
                                })
                        .toList();
        return new ScrubStatus(
                plan.everyHours(),
                plan.bytesPerSecond(),
                tasks.running(TaskKind.SCRUB),
                due().stream().map(Due::at).min(Comparator.naturalOrder()),
                systems);
    }

    /** When a system is to be scrubbed. */
    record Due(String systemId, Instant at) {}

    /** Every system with a point, and when it is its turn; empty when nothing is planned. */
    List<Due> due() {
        long hours = books.plan().everyHours();
        if (hours == 0) {
            return List.of();
        }
        List<Due> all = new ArrayList<>();
        for (PooledSystem system : pool.systems()) {
            if (system.newest().isPresent()) {
                // What was never scrubbed has its turn an interval after it came into the pool.
                Instant from =
                        books.get(system.id())
                                .scrubbedAt()
                                .orElse(system.newest().get().committedAt());
                all.add(new Due(system.id(), from.plus(Duration.ofHours(hours))));
            }
        }
        return all;
    }

    /** The system whose turn it is; none in the first minutes after a start. */
    Optional<String> next() {
        Instant now = clock.instant();
        if (Duration.between(startedAt, now).compareTo(Duration.ofMinutes(10)) < 0) {
            return Optional.empty();
        }
        return due().stream()
                .filter(one -> !one.at().isAfter(now))
                .min(Comparator.comparing(Due::at))
                .map(Due::systemId);
    }

    /** Scrubs systems one after the other. */
    Outcome<Tasks.Result> run(List<String> systemIds, Tasks.Watch watch) {
        List<Finding> findings = new ArrayList<>();
        long bytes = 0;
        long repaired = 0;
        for (String systemId : systemIds) {
            long before = bytes;
            Outcome<ScrubReport> one =
                    pool.upkeep().scrub(systemId, pace(watch), new Shifted(watch, before));
            if (!(one instanceof Outcome.Done<ScrubReport>(ScrubReport report))) {
                return one.map(_ -> null);
            }
            findings.addAll(report.findings());
            bytes += report.checkedBytes();
            repaired += report.repairedBlocks();
            if (!report.complete()) {
                return Outcome.refused(CareTexts.explain("care.cancelled"));
            }
            through(report);
        }
        return Outcome.done(
                new Tasks.Result(
                        findings,
                        Map.of(
                                "checkedBytes",
                                Long.toString(bytes),
                                "repairedBlocks",
                                Long.toString(repaired))));
    }

    private void through(ScrubReport report) {
        String systemId = report.systemId();
        long bad = report.wantedBlocks() + report.lostBlocks();
        books.change(
                systemId,
                record ->
                        record.scrubbed(
                                clock.instant(), report.checkedBytes(), report.findings().size()));
        if (bad > 0) {
            String name = pool.system(systemId).map(PooledSystem::name).orElse(systemId);
            alarms.raise(
                    Alarm.Kind.DAMAGE,
                    new Finding(
                            Severity.ERROR,
                            systemId,
                            name,
                            CareTexts.explain(
                                    "care.damage",
                                    name,
                                    report.wantedBlocks(),
                                    report.lostBlocks())));
        }
    }

    /** At the rate of the plan, in short naps so that a cancel is heard. */
    private ScrubPace pace(Tasks.Watch watch) {
        long rate = books.plan().bytesPerSecond();
        return rate == 0
                ? ScrubPace.UNLIMITED
                : ScrubPace.limited(rate, System::nanoTime, time -> nap(time, watch));
    }

    private void nap(Duration time, Tasks.Watch watch) {
        Duration left = time;
        try {
            while (left.isPositive() && !watch.cancelled()) {
                Duration now = left.compareTo(LONGEST_NAP) > 0 ? LONGEST_NAP : left;
                sleeper.sleep(now);
                left = left.minus(now);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
