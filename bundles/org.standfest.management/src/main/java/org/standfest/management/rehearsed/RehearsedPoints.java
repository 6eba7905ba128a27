package org.standfest.management.rehearsed;

import org.standfest.management.MountHint;
import org.standfest.management.PointCare;
import org.standfest.management.SessionHistory;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The recovery points of the rehearsed standby, the newest first. For one thread at a time. */
final class RehearsedPoints {

    /** How many every system has. */
    static final int COUNT = 5;

    private static final long GIB = 1L << 30;

    private final Catalog texts;
    private final Map<String, List<PointCare>> points = new HashMap<>();

    RehearsedPoints(Set<String> systemIds, Catalog texts, Instant startedAt) {
        this.texts = texts;
        systemIds.forEach(id -> points.put(id, examples(startedAt)));
    }

    private static List<PointCare> examples(Instant startedAt) {
        List<PointCare> made = new ArrayList<>();
        for (int number = COUNT; number >= 1; number--) {
            made.add(example(number, startedAt.minus(Duration.ofHours(COUNT - number + 1))));
        }
        return made;
    }

    private static PointCare example(int number, Instant at) {
        return new PointCare(
                number,
                "point-" + number,
                at,
                at.plusSeconds(20),
                40 * GIB,
                GIB / 10,
                GIB / 12,
                GIB / 12,
                number == COUNT,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                number == COUNT,
                List.of(
                        new PointCare.Volume(
                                "disk0", false, 40 * GIB, "%064x".formatted(number), List.of())));
    }

    List<PointCare> of(String systemId) {
        return List.copyOf(points.get(systemId));
    }

    Outcome<PointCare> point(String systemId, long number) {
        return points.get(systemId).stream()
                .filter(one -> one.number() == number)
                .findFirst()
                .map(Outcome::done)
                .orElseGet(
                        () ->
                                Outcome.refused(
                                        texts.explain("rehearsed.no-point", systemId, number)));
    }

    Outcome<PointCare> pin(String systemId, long number, Optional<String> reason) {
        return change(systemId, number, point -> kept(point, reason, point.lockedUntil()));
    }

    Outcome<PointCare> lock(String systemId, long number, Instant until) {
        return change(systemId, number, point -> kept(point, point.pinned(), Optional.of(until)));
    }

    private Outcome<PointCare> change(String systemId, long number, UnaryOperator<PointCare> how) {
        return point(systemId, number)
                .map(
                        old -> {
                            PointCare changed = how.apply(old);
                            points.get(systemId).replaceAll(one -> one.equals(old) ? changed : one);
                            return changed;
                        });
    }

    private static PointCare kept(
            PointCare point, Optional<String> pinned, Optional<Instant> lockedUntil) {
        return new PointCare(
                point.number(),
                point.id(),
                point.takenAt(),
                point.committedAt(),
                point.sizeBytes(),
                point.changedBytes(),
                point.receivedBytes(),
                point.exclusiveBytes(),
                point.newest(),
                point.held(),
                pinned,
                lockedUntil,
                point.suspicion(),
                point.damagedBlocks(),
                point.lastGood(),
                point.volumes());
    }

    /** How to look into a point; number 0 is the newest. */
    Outcome<MountHint> hint(String systemId, long number, String volume) {
        return point(systemId, number == 0 ? COUNT : number)
                .map(
                        point ->
                                new MountHint(
                                        systemId,
                                        point.number(),
                                        volume.isEmpty() ? "disk0" : volume,
                                        "/rehearsed/disk0.img",
                                        false,
                                        List.of(
                                                new MountHint.Partition(
                                                        1, 1 << 20, 39 * GIB, "83")),
                                        List.of(loop())));
    }

    private static MountHint.Way loop() {
        return new MountHint.Way(
                "losetup",
                List.of("losetup --read-only --partscan /dev/loop0 /rehearsed/disk0.img"),
                List.of("losetup --detach /dev/loop0"));
    }

    /** The sessions that made the points. */
    SessionHistory sessions(String systemId, int limit) {
        return new SessionHistory(
                systemId,
                points.get(systemId).stream().limit(limit).map(RehearsedPoints::session).toList());
    }

    private static SessionHistory.Entry session(PointCare point) {
        return new SessionHistory.Entry(
                point.takenAt(),
                point.committedAt(),
                Optional.of(point.id()),
                Optional.empty(),
                "schedule",
                point.number() == 1,
                point.changedBytes(),
                point.receivedBytes(),
                20_000);
    }
}
