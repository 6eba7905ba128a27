package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.Hold;
import org.standfest.replication.pool.PooledSystem;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.pool.files.PoolFiles;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is known of a system without looking into its volumes. Immutable.
 *
 * @param points the newest first
 */
record SystemState(
        String id, String name, long epoch, List<RecoveryPoint> points, List<Hold> holds) {

    SystemState {
        points = List.copyOf(points);
        holds = List.copyOf(holds);
    }

    Optional<RecoveryPoint> newest() {
        return points.isEmpty() ? Optional.empty() : Optional.of(points.getFirst());
    }

    PooledSystem shown() {
        return new PooledSystem(id, name, epoch, newest(), points.size(), holds);
    }

    SystemState withName(String other) {
        return new SystemState(id, other, epoch, points, holds);
    }

    SystemState withEpoch(long other) {
        return new SystemState(id, name, other, points, holds);
    }

    SystemState withPoints(List<RecoveryPoint> other) {
        return new SystemState(id, name, epoch, other, holds);
    }

    SystemState withHolds(List<Hold> other) {
        return new SystemState(id, name, epoch, points, other);
    }

    static SystemState read(PoolFiles files, SystemFiles paths) throws IOException, Refusal {
        Sheet sheet = Sheet.read(files, paths.system());
        Versions.check(sheet);
        return new SystemState(
                sheet.get("id"),
                sheet.get("name"),
                sheet.number("epoch"),
                readPoints(files, paths),
                readHolds(files, paths));
    }

    /**
     * The points from the newest back as far as there is no gap; a damaged sheet of an older point
     * is a gap, one of the newest point is Damage.
     */
    static List<RecoveryPoint> readPoints(PoolFiles files, SystemFiles paths)
            throws IOException, Refusal {
        List<String> names =
                files.list(paths.points()).stream()
                        .filter(name -> name.endsWith(".properties"))
                        .toList();
        List<RecoveryPoint> points = new ArrayList<>();
        for (String name : names.reversed()) {
            try {
                RecoveryPoint point =
                        PointSheet.read(Sheet.read(files, paths.points().resolve(name)));
                if (!points.isEmpty() && point.number() != points.getLast().number() - 1) {
                    break;
                }
                points.add(point);
            } catch (Damage gap) {
                if (points.isEmpty()) {
                    throw gap;
                }
                break;
            }
        }
        return points;
    }

    private static List<Hold> readHolds(PoolFiles files, SystemFiles paths)
            throws IOException, Refusal {
        if (!files.exists(paths.holds())) {
            return List.of();
        }
        Sheet sheet = Sheet.read(files, paths.holds());
        Versions.check(sheet);
        List<Hold> holds = new ArrayList<>();
        try {
            for (Map.Entry<String, String> line : new TreeMap<>(sheet.values()).entrySet()) {
                if (line.getKey().startsWith("since.")) {
                    String holder = line.getKey().substring("since.".length());
                    Instant since = Instant.parse(line.getValue());
                    holds.add(new Hold(holder, sheet.get("reason." + holder), since));
                }
            }
        } catch (DateTimeException wrong) {
            throw new Damage("holds with a wrong time", wrong);
        }
        return holds;
    }

    /** Durable when it returns. */
    void writeSystem(PoolFiles files, SystemFiles paths) throws IOException {
        Map<String, String> values = new HashMap<>();
        values.put("format", String.valueOf(DirectoryPool.FORMAT));
        values.put("id", id);
        values.put("name", name);
        values.put("epoch", String.valueOf(epoch));
        new Sheet(values).write(files, paths.system());
        files.syncDirectory(paths.root());
    }

    /** Durable when it returns. */
    void writeHolds(PoolFiles files, SystemFiles paths) throws IOException {
        Map<String, String> values = new HashMap<>();
        values.put("format", String.valueOf(DirectoryPool.FORMAT));
        for (Hold hold : holds) {
            values.put("since." + hold.holder(), hold.since().toString());
            values.put("reason." + hold.holder(), hold.reason());
        }
        new Sheet(values).write(files, paths.holds());
        files.syncDirectory(paths.root());
    }
}
