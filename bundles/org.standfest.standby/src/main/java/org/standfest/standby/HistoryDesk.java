package org.standfest.standby;

import org.standfest.management.HistoryInfo;
import org.standfest.management.HistoryInfo.Kind;
import org.standfest.management.HistoryList;
import org.standfest.management.Reason;
import org.standfest.recovery.Course;
import org.standfest.recovery.RecoveryState;
import org.standfest.recovery.Transitions;
import org.standfest.replication.engine.AgentStatus;
import org.standfest.replication.pool.PooledSystem;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.protocol.FactNames;
import org.standfest.replication.protocol.Message.SystemReport;
import org.standfest.results.Explanation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Lists the histories of a system in plain words: the points in the pool, what emergency machines
 * wrote over them, and the primary as far as its agent tells. Nothing here throws any of them away;
 * only a person's word does (undo of a start, or a return home). Safe for any thread.
 */
final class HistoryDesk {

    private final StandbyServer standby;

    HistoryDesk(StandbyServer standby) {
        this.standby = standby;
    }

    HistoryList list(Course course, Locale language) {
        String id = course.systemId();
        List<HistoryInfo> all = new ArrayList<>();
        Optional<PooledSystem> pooled = standby.pool().system(id);
        pooled.flatMap(PooledSystem::newest).ifPresent(point -> all.add(points(point, language)));
        long epoch = pooled.map(PooledSystem::epoch).orElse(-1L);
        List<HistoryInfo> emergency =
                standby.machines().machines(id).stream()
                        .filter(_ -> !(course.state() instanceof RecoveryState.Rehearsal))
                        .map(machine -> emergency(course, machine, epoch, language))
                        .toList();
        all.addAll(emergency);
        long size = pooled.flatMap(PooledSystem::newest).map(HistoryDesk::size).orElse(-1L);
        Optional<HistoryInfo> primary = primary(course, epoch, size, language);
        primary.ifPresent(all::add);
        boolean lockedOut = primary.filter(one -> one.epoch() != epoch).isPresent();
        boolean split =
                lockedOut
                        || emergency.size() > 1
                        || !emergency.isEmpty() && primary.filter(HistoryInfo::serves).isPresent();
        return new HistoryList(id, split, all);
    }

    private HistoryInfo points(RecoveryPoint point, Locale language) {
        long bytes = size(point);
        return new HistoryInfo(
                point.id(),
                Kind.POINTS,
                false,
                point.epoch(),
                bytes,
                Optional.of(point.takenAt()),
                "",
                words(
                        StandbyTexts.explain(
                                "history.points",
                                point.takenAt(),
                                Amounts.of(bytes),
                                point.epoch()),
                        language));
    }

    private static long size(RecoveryPoint point) {
        return point.volumes().stream().mapToLong(volume -> volume.sizeBytes()).sum();
    }

    private HistoryInfo emergency(Course course, String machine, long epoch, Locale language) {
        HypervisorMachines.Written written = standby.machines().written(course.systemId(), machine);
        long bytes = written.bytes();
        Optional<Instant> last = written.lastAt();
        boolean current = Transitions.machine(course.state()).filter(machine::equals).isPresent();
        boolean serves = current && standby.machines().running(course.systemId(), machine);
        String code = serves ? "history.emergency-serves" : "history.emergency";
        return new HistoryInfo(
                machine,
                Kind.EMERGENCY,
                serves,
                current ? epoch : -1,
                bytes,
                last,
                machine,
                words(
                        StandbyTexts.explain(
                                code,
                                machine,
                                bytes < 0 ? "?" : Amounts.of(bytes),
                                last.map(Instant::toString).orElse("?")),
                        language));
    }

    /** Its disks are as large as in its newest copy: nobody else can ask it now. */
    private Optional<HistoryInfo> primary(Course course, long epoch, long size, Locale language) {
        return standby.protections()
                .agentOf(course.systemId())
                .flatMap(
                        agent ->
                                agent.report().systems().stream()
                                        .filter(one -> one.systemId().equals(course.systemId()))
                                        .findFirst()
                                        .map(
                                                report ->
                                                        primary(
                                                                course, agent, report, epoch, size,
                                                                language)));
    }

    private static HistoryInfo primary(
            Course course,
            AgentStatus agent,
            SystemReport report,
            long epoch,
            long size,
            Locale language) {
        Map<String, String> facts = report.facts();
        long own = number(facts.get("epoch"));
        boolean lockedOut = "true".equals(facts.get("lockedOut")) || own >= 0 && own < epoch;
        boolean there = report.presence() == 0 && agent.connected();
        Optional<Instant> copied =
                Optional.of(number(facts.get(FactNames.TAKEN_AT_MILLIS)))
                        .filter(millis -> millis > 0)
                        .map(Instant::ofEpochMilli);
        boolean home =
                course.state() instanceof RecoveryState.NormalOperation
                        || course.state() instanceof RecoveryState.Switching;
        String code =
                !there
                        ? "history.primary-away"
                        : lockedOut && !home
                                ? "history.primary-locked-out"
                                : lockedOut ? "history.primary-older" : "history.primary";
        // Whatever it wrote since its last copy is known to nobody else: its last write is "now".
        Optional<Instant> last = there ? Optional.of(agent.lastSeen()) : copied;
        return new HistoryInfo(
                agent.agentId(),
                Kind.PRIMARY,
                there && home,
                lockedOut ? own : epoch,
                size,
                last,
                agent.agentId(),
                words(
                        StandbyTexts.explain(
                                code,
                                agent.agentId(),
                                copied.map(Instant::toString).orElse("?"),
                                agent.lastSeen(),
                                size < 0 ? "?" : Amounts.of(size)),
                        language));
    }

    private static long number(String text) {
        return text != null && text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
    }

    private static Reason words(Explanation why, Locale language) {
        return Reason.of(why, language);
    }
}
