package org.standfest.standby.care;

import org.standfest.management.CarePolicy;
import org.standfest.management.MountHint;
import org.standfest.management.PointCare;
import org.standfest.management.PoolView;
import org.standfest.management.Reason;
import org.standfest.management.SystemCare;
import org.standfest.replication.pool.Hold;
import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.PartitionTable;
import org.standfest.replication.pool.PointStatus;
import org.standfest.replication.pool.PoolSpace;
import org.standfest.replication.pool.PooledSystem;
import org.standfest.replication.pool.PooledVolume;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The pool in the words of management; changes nothing. Safe for any thread. */
final class PoolViews {

    /** An alarm comes when less than a tenth of the file system is left beside the reserve. */
    private static final int WARN_PART = 10;

    private final ImagePool pool;
    private final CareBooks books;
    private final AlarmBook alarms;

    PoolViews(ImagePool pool, CareBooks books, AlarmBook alarms) {
        this.pool = pool;
        this.books = books;
        this.alarms = alarms;
    }

    /** Below this many usable bytes somebody is told, well before a session is refused. */
    static long warnBytes(PoolSpace space) {
        return space.reserveBytes() + Math.max(1L << 30, space.totalBytes() / WARN_PART);
    }

    Outcome<PoolView> pool(Locale language) {
        return pool.space()
                .map(
                        space -> {
                            Map<String, PoolSpace.SystemSpace> bySystem = bySystem(space);
                            List<PoolView.SystemSpace> systems = new ArrayList<>();
                            pool.systems()
                                    .forEach(
                                            one -> systems.add(space(one, bySystem.get(one.id()))));
                            pool.damaged()
                                    .forEach((id, why) -> systems.add(damaged(id, why, language)));
                            systems.sort(Comparator.comparing(PoolView.SystemSpace::systemId));
                            return new PoolView(
                                    space.usableBytes(),
                                    space.reserveBytes(),
                                    warnBytes(space),
                                    space.usedBytes(),
                                    systems);
                        });
    }

    private static Map<String, PoolSpace.SystemSpace> bySystem(PoolSpace space) {
        Map<String, PoolSpace.SystemSpace> bySystem = new HashMap<>();
        space.systems().forEach(one -> bySystem.put(one.systemId(), one));
        return bySystem;
    }

    private PoolView.SystemSpace space(PooledSystem system, PoolSpace.SystemSpace space) {
        CarePolicy policy = books.get(system.id()).policy();
        return new PoolView.SystemSpace(
                system.id(),
                system.name(),
                policy.customer(),
                system.pointCount(),
                system.newest().map(RecoveryPoint::takenAt),
                space == null ? 0 : space.currentBytes(),
                space == null ? 0 : space.olderBytes(),
                space == null ? 0 : space.stagingBytes(),
                policy.quotaBytes(),
                alarms.openOf(system.id()),
                Optional.empty());
    }

    private PoolView.SystemSpace damaged(String id, Explanation why, Locale language) {
        return new PoolView.SystemSpace(
                id,
                id,
                "",
                0,
                Optional.empty(),
                0,
                0,
                0,
                0,
                alarms.openOf(id),
                Optional.of(Reason.of(why, language)));
    }

    /** One system; refused if the pool has none with this id, or cannot open it. */
    Outcome<PooledSystem> system(String systemId) {
        Explanation damage = pool.damaged().get(systemId);
        return damage != null
                ? Outcome.refused(damage)
                : pool.system(systemId)
                        .map(Outcome::done)
                        .orElseGet(
                                () ->
                                        Outcome.refused(
                                                CareTexts.explain("care.no-system", systemId)));
    }

    /** One system with its points; {@code told} is what its agent reports of itself. */
    Outcome<SystemCare> care(
            String systemId,
            String schedule,
            boolean paused,
            Optional<Instant> proved,
            Locale language) {
        return system(systemId)
                .then(
                        system ->
                                pool.retention()
                                        .points(systemId)
                                        .then(
                                                points ->
                                                        pool.space()
                                                                .map(
                                                                        space ->
                                                                                care(
                                                                                        system,
                                                                                        points,
                                                                                        space,
                                                                                        schedule,
                                                                                        paused,
                                                                                        proved,
                                                                                        language))));
    }

    private SystemCare care(
            PooledSystem system,
            List<PointStatus> points,
            PoolSpace space,
            String schedule,
            boolean paused,
            Optional<Instant> proved,
            Locale language) {
        CareRecord record = books.get(system.id());
        return new SystemCare(
                space(system, bySystem(space).get(system.id())),
                record.policy(),
                schedule,
                paused,
                Retainer.stopped(alarms, system.id()).map(why -> Reason.of(why, language)),
                proved,
                record.verifiedAt(),
                points.stream().map(one -> point(one, system)).toList());
    }

    private static PointCare point(PointStatus status, PooledSystem system) {
        RecoveryPoint point = status.point();
        boolean newest =
                system.newest().filter(latest -> latest.id().equals(point.id())).isPresent();
        return new PointCare(
                point.number(),
                point.id(),
                point.takenAt(),
                point.committedAt(),
                point.volumes().stream().mapToLong(PooledVolume::sizeBytes).sum(),
                point.changedBytes(),
                point.receivedBytes(),
                status.exclusiveBytes(),
                newest,
                newest && !system.holds().isEmpty(),
                Optional.of(status.pins())
                        .filter(pins -> !pins.isEmpty())
                        .map(
                                pins ->
                                        pins.stream()
                                                .map(Hold::reason)
                                                .collect(Collectors.joining("; "))),
                status.lockedUntil(),
                status.suspicion(),
                status.damagedBlocks(),
                status.lastGood(),
                point.volumes().stream().map(PoolViews::volume).toList());
    }

    private static PointCare.Volume volume(PooledVolume volume) {
        return new PointCare.Volume(
                volume.name(),
                volume.kind() == VolumeKind.TREE,
                volume.sizeBytes(),
                volume.root().toString(),
                List.copyOf(volume.notKept()));
    }

    /** A point by its number, 0 for the newest. */
    Outcome<RecoveryPoint> point(String systemId, long number) {
        return system(systemId)
                .then(system -> pool.points(systemId))
                .then(
                        points ->
                                points.stream()
                                        .filter(one -> number == 0 || one.number() == number)
                                        .findFirst()
                                        .map(Outcome::done)
                                        .orElseGet(
                                                () ->
                                                        Outcome.refused(
                                                                CareTexts.explain(
                                                                        "care.no-point",
                                                                        systemId,
                                                                        number))));
    }

    Outcome<MountHint> hint(String systemId, long number, String volume) {
        return point(systemId, number)
                .then(
                        point ->
                                point.volumes().stream()
                                        .filter(
                                                one ->
                                                        volume.isEmpty()
                                                                || one.name().equals(volume))
                                        .findFirst()
                                        .map(one -> hint(systemId, point, one))
                                        .orElseGet(
                                                () ->
                                                        Outcome.refused(
                                                                CareTexts.explain(
                                                                        "care.no-volume",
                                                                        systemId,
                                                                        volume))));
    }

    private Outcome<MountHint> hint(String systemId, RecoveryPoint point, PooledVolume volume) {
        boolean tree = volume.kind() == VolumeKind.TREE;
        PartitionTable table =
                tree
                        ? PartitionTable.NONE
                        : pool.access()
                                .partitions(systemId, point.number(), volume.name())
                                .result()
                                .orElse(PartitionTable.NONE);
        return pool.access()
                .mountHint(systemId, point.number(), volume.name())
                .map(
                        hint ->
                                new MountHint(
                                        systemId,
                                        point.number(),
                                        volume.name(),
                                        hint.nativePath().map(String::valueOf).orElse(""),
                                        tree,
                                        table.partitions().stream()
                                                .map(
                                                        one ->
                                                                new MountHint.Partition(
                                                                        one.number(),
                                                                        one.startBytes(),
                                                                        one.sizeBytes(),
                                                                        one.type()))
                                                .toList(),
                                        hint.alternatives().stream()
                                                .map(
                                                        way ->
                                                                new MountHint.Way(
                                                                        way.tool(),
                                                                        way.mount(),
                                                                        way.unmount()))
                                                .toList()));
    }
}
