package org.standfest.standby;

import org.standfest.hypervisor.Hypervisor;
import org.standfest.management.Action;
import org.standfest.management.AgentInfo;
import org.standfest.management.JournalExcerpt;
import org.standfest.management.JournalLine;
import org.standfest.management.MeasuredTimes;
import org.standfest.management.PointInfo;
import org.standfest.management.PossibleAction;
import org.standfest.management.Reason;
import org.standfest.management.Role;
import org.standfest.management.StandbyFacts;
import org.standfest.management.SystemKind;
import org.standfest.management.SystemSettings;
import org.standfest.management.SystemState;
import org.standfest.management.SystemStatus;
import org.standfest.recovery.Course;
import org.standfest.recovery.Possibilities;
import org.standfest.recovery.Told;
import org.standfest.recovery.journal.Journal;
import org.standfest.replication.engine.AgentStatus;
import org.standfest.replication.pool.PooledSystem;
import org.standfest.replication.pool.PooledVolume;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;
import org.standfest.trust.KnownPeer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Answers questions about the standby; changes nothing. Safe for any thread. */
final class StandbyDesk {

    private static final Duration VERIFIED_FOR = Duration.ofSeconds(10);

    private final StandbyServer standby;
    private final Instant startedAt;
    private Instant verifiedAt;
    private Optional<Explanation> verified = Optional.empty();

    StandbyDesk(StandbyServer standby) {
        this.standby = standby;
        this.startedAt = standby.now();
    }

    List<String> systemIds() {
        return standby.pool().systems().stream()
                .map(PooledSystem::id)
                .filter(id -> !EmergencyPoints.isOne(id, standby.pool()))
                .sorted()
                .toList();
    }

    /** The disks of a system's newest recovery point. */
    List<PooledVolume> disks(String systemId) {
        return standby.machines()
                .newest()
                .point(systemId)
                .map(NewestImage::disks)
                .orElse(List.of());
    }

    /** The course of a system; not done while anything about the system cannot be read. */
    Outcome<Course> course(String systemId) {
        Optional<Explanation> problem = standby.records().problem(systemId);
        return problem.isPresent()
                ? Outcome.failed(problem.get())
                : standby.engine().course(systemId);
    }

    Possibilities.Circumstances circumstances(String systemId) {
        return new Possibilities.Circumstances(
                standby.machines().newest().whyNotStartable(systemId),
                standby.protections().agentOf(systemId).filter(AgentStatus::connected).isPresent(),
                standby.replications().replicating(systemId));
    }

    Outcome<SystemStatus> status(String systemId, Locale language) {
        Optional<PooledSystem> pooled = standby.pool().system(systemId);
        if (pooled.isEmpty()) {
            return Outcome.refused(StandbyTexts.explain("standby.no-system", systemId));
        }
        return Outcome.done(
                switch (course(systemId)) {
                    case Outcome.Done<Course>(Course course) ->
                            status(pooled.get(), course, language);
                    case Outcome.Refused<Course>(Explanation why) ->
                            unreadable(pooled.get(), why, language);
                    case Outcome.Failed<Course>(Explanation why, _) ->
                            unreadable(pooled.get(), why, language);
                });
    }

    /** A system of which nothing can be said is shown as blocked, not left out. */
    private SystemStatus unreadable(PooledSystem system, Explanation why, Locale language) {
        Reason reason = Reason.of(why, language);
        return new SystemStatus(
                system.id(),
                system.name(),
                kind(system),
                SystemState.BLOCKED,
                standby.now(),
                Optional.of(reason),
                system.newest().map(point -> info(point, system)),
                -1,
                "",
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                system.epoch(),
                Optional.empty(),
                MeasuredTimes.NONE,
                SystemSettings.DEFAULT,
                Stream.of(Action.values())
                        .map(action -> new PossibleAction(action, Optional.of(reason)))
                        .toList());
    }

    private SystemStatus status(PooledSystem system, Course course, Locale language) {
        SystemRecords.SystemRecord record = standby.records().get(system.id());
        Optional<AgentStatus> agent = standby.protections().agentOf(system.id());
        Possibilities.Circumstances around = circumstances(system.id());
        List<PossibleAction> actions =
                Stream.of(Action.values())
                        .map(
                                action ->
                                        new PossibleAction(
                                                action,
                                                Possibilities.whyNot(action, course, around)
                                                        .map(why -> Reason.of(why, language))))
                        .toList();
        return new SystemStatus(
                system.id(),
                system.name(),
                kind(system),
                course.state().word(),
                course.since(),
                course.state().why().map(Told::explanation).map(why -> Reason.of(why, language)),
                system.newest().map(point -> info(point, system)),
                system.newest()
                        .map(point -> Duration.between(point.takenAt(), standby.now()).toMillis())
                        .orElse(-1L),
                agent.map(AgentStatus::agentId).orElse(record.homeAgent()),
                agent.filter(AgentStatus::connected).isPresent(),
                record.lastSession(),
                standby.lastPositive(system.id()).or(() -> course.measured().lastPositiveAt()),
                course.provedToStartAt(),
                system.epoch(),
                course.busy() ? course.operation().map(one -> one.id()) : Optional.empty(),
                course.measured(),
                record.settings(),
                actions);
    }

    private static SystemKind kind(PooledSystem system) {
        boolean onlyFiles =
                system.newest()
                        .filter(
                                point ->
                                        point.volumes().stream()
                                                .allMatch(one -> one.kind() == VolumeKind.TREE))
                        .isPresent();
        return onlyFiles ? SystemKind.FILES : SystemKind.MACHINE;
    }

    private static PointInfo info(RecoveryPoint point, PooledSystem system) {
        boolean newest =
                system.newest().filter(latest -> latest.id().equals(point.id())).isPresent();
        return new PointInfo(
                point.id(),
                point.takenAt(),
                point.committedAt(),
                point.volumes().stream().mapToLong(volume -> volume.sizeBytes()).sum(),
                -1,
                newest,
                newest && !system.holds().isEmpty(),
                point.volumes().stream().map(volume -> volume.name()).toList());
    }

    Outcome<List<PointInfo>> points(String systemId) {
        Optional<PooledSystem> system = standby.pool().system(systemId);
        return system.isEmpty()
                ? Outcome.refused(StandbyTexts.explain("standby.no-system", systemId))
                : standby.pool()
                        .points(systemId)
                        .map(
                                points ->
                                        points.stream()
                                                .map(point -> info(point, system.get()))
                                                .toList());
    }

    Outcome<StandbyFacts> facts(Role role, Locale language) {
        Optional<Explanation> problem = standby.machines().newest().anyHypervisor().problem();
        return Outcome.done(
                new StandbyFacts(
                        standby.id(),
                        StandbyServer.VERSION,
                        standby.now(),
                        startedAt,
                        Runtime.getRuntime().availableProcessors(),
                        memoryBytes(),
                        freeBytes(),
                        -1,
                        standby.partners().hypervisors().stream().map(Hypervisor::kind).toList(),
                        problem.map(why -> Reason.of(why, language)),
                        role,
                        standby.people().peers().stream().map(this::agent).toList()));
    }

    private AgentInfo agent(KnownPeer peer) {
        Optional<AgentStatus> status = standby.protections().agent(peer.id());
        return new AgentInfo(
                peer.id(),
                peer.grant().role() == org.standfest.trust.Role.OPERATOR,
                status.filter(AgentStatus::connected).isPresent(),
                status.map(AgentStatus::lastSeen),
                peer.grant().systemIds().stream().sorted().toList());
    }

    /** Linux tells it in a file; elsewhere it is not known. */
    private static long memoryBytes() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
            return lines.filter(line -> line.startsWith("MemTotal:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst()
                    .orElse(-1);
        } catch (IOException | UncheckedIOException | NumberFormatException _) {
            return -1;
        }
    }

    private long freeBytes() {
        try {
            return Files.getFileStore(standby.home().folder()).getUsableSpace();
        } catch (IOException _) {
            return -1;
        }
    }

    Outcome<JournalExcerpt> journal(String systemId, long after, int limit, Locale language) {
        Journal journal = standby.journal();
        try {
            List<JournalLine> lines =
                    journal
                            .newest(
                                    entry ->
                                            entry.number() > after
                                                    && (systemId.isEmpty()
                                                            || entry.systemId().equals(systemId)),
                                    limit)
                            .stream()
                            .map(entry -> JournalWords.line(entry, language))
                            .toList();
            return Outcome.done(
                    new JournalExcerpt(
                            lines,
                            journal.size(),
                            broken(journal).map(why -> Reason.of(why, language))));
        } catch (IOException fault) {
            return Outcome.failed(
                    StandbyTexts.explain("standby.cannot-read", fault.getMessage()), fault);
        }
    }

    /** Re-reading a long journal takes a while, so the answer is kept for some seconds. */
    private synchronized Optional<Explanation> broken(Journal journal) throws IOException {
        Instant now = standby.now();
        if (verifiedAt == null || Duration.between(verifiedAt, now).compareTo(VERIFIED_FOR) > 0) {
            verified = journal.verify();
            verifiedAt = now;
        }
        return verified;
    }
}
