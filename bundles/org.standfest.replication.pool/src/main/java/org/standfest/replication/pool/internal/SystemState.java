package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.Hold;
import org.standfest.replication.pool.PooledSystem;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.pool.files.PoolFiles;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is known of a system without looking into its volumes. Immutable.
 *
 * @param stored the points whose sheets can be read, the newest first
 * @param numbers the numbers of all points, also of those whose sheet is damaged, the newest first:
 *     the row along which reverse deltas lead
 */
record SystemState(
        String id,
        String name,
        long epoch,
        List<StoredPoint> stored,
        List<Long> numbers,
        List<Hold> holds,
        Guards guards) {

    private static final String SHEET = ".properties";

    SystemState {
        stored = List.copyOf(stored);
        numbers = List.copyOf(numbers);
        holds = List.copyOf(holds);
    }

    /** The points, the newest first. */
    List<RecoveryPoint> points() {
        return stored.stream().map(StoredPoint::point).toList();
    }

    Optional<RecoveryPoint> newest() {
        return stored.isEmpty() ? Optional.empty() : Optional.of(stored.getFirst().point());
    }

    /** A point by its number; refused when there is none. */
    StoredPoint point(long number) throws Refusal {
        return stored.stream()
                .filter(point -> point.number() == number)
                .findFirst()
                .orElseThrow(() -> Refusal.of("pool.point-unknown", number, name));
    }

    PooledSystem shown() {
        return new PooledSystem(id, name, epoch, newest(), stored.size(), holds);
    }

    SystemState withName(String other) {
        return new SystemState(id, other, epoch, stored, numbers, holds, guards);
    }

    SystemState withEpoch(long other) {
        return new SystemState(id, name, other, stored, numbers, holds, guards);
    }

    SystemState withPoints(Row row) {
        return new SystemState(id, name, epoch, row.points(), row.numbers(), holds, guards);
    }

    SystemState withHolds(List<Hold> other) {
        return new SystemState(id, name, epoch, stored, numbers, other, guards);
    }

    SystemState withGuards(Guards other) {
        return new SystemState(id, name, epoch, stored, numbers, holds, other);
    }

    /** The points on the disk, the newest first. */
    record Row(List<StoredPoint> points, List<Long> numbers) {}

    static SystemState read(PoolFiles files, SystemFiles paths) throws IOException, Refusal {
        Sheet sheet = Sheet.read(files, paths.system());
        Versions.check(sheet);
        Row row = readPoints(files, paths);
        return new SystemState(
                sheet.get("id"),
                sheet.get("name"),
                sheet.number("epoch"),
                row.points(),
                row.numbers(),
                readHolds(files, paths),
                Guards.read(files, paths));
    }

    /**
     * All points; one whose sheet is damaged is left out but keeps its place in the row, one that
     * is the newest is Damage.
     */
    static Row readPoints(PoolFiles files, SystemFiles paths) throws IOException, Refusal {
        List<Long> numbers = new ArrayList<>();
        for (String name : files.list(paths.points())) {
            if (name.endsWith(SHEET)) {
                long number = SystemFiles.number(name.substring(0, name.length() - SHEET.length()));
                if (number > 0) {
                    numbers.add(number);
                }
            }
        }
        numbers.sort(Comparator.reverseOrder());
        List<StoredPoint> points = new ArrayList<>();
        for (long number : numbers) {
            try {
                StoredPoint point = PointSheet.read(Sheet.read(files, paths.point(number)));
                if (point.number() != number) {
                    throw new Damage("sheet of another recovery point");
                }
                points.add(point);
            } catch (Damage lost) {
                if (points.isEmpty() && number != underWay(files, paths)) {
                    throw lost;
                }
            }
        }
        return new Row(points, numbers);
    }

    /**
     * The number of the point whose commit is perhaps being carried out; 0: none. Its sheet may be
     * torn by a power failure, and is written again when the commit goes on.
     */
    private static long underWay(PoolFiles files, SystemFiles paths) throws IOException {
        try {
            if (files.exists(paths.redo())) {
                return Sheet.read(files, paths.redo()).number("number");
            }
            return files.exists(paths.incoming().point())
                    ? PointSheet.read(Sheet.read(files, paths.incoming().point())).number()
                    : 0;
        } catch (Damage | Refusal unknown) {
            return 0;
        }
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
        new Sheet(values).writeTwice(files, paths.system());
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
        new Sheet(values).writeTwice(files, paths.holds());
        files.syncDirectory(paths.root());
    }
}
