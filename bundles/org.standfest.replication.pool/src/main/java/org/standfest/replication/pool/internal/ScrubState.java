package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.ScrubReport;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.results.Finding;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far a round of scrubbing is. Immutable.
 *
 * @param point the point it stands at, {@link #NEWEST} for the newest
 * @param volume the volume it stands at, empty for the first
 * @param index where it goes on in the volume
 */
record ScrubState(
        Instant startedAt,
        Optional<Instant> endedAt,
        long point,
        String volume,
        long index,
        long checkedBytes,
        long repaired) {

    /** Before all other points, whatever the newest is by then. */
    static final long NEWEST = Long.MAX_VALUE;

    static ScrubState begin(Instant now) {
        return new ScrubState(now, Optional.empty(), NEWEST, "", 0, 0, 0);
    }

    ScrubState at(long otherPoint, String otherVolume, long otherIndex) {
        return new ScrubState(
                startedAt, endedAt, otherPoint, otherVolume, otherIndex, checkedBytes, repaired);
    }

    ScrubState plus(long moreBytes, long moreRepaired) {
        return new ScrubState(
                startedAt,
                endedAt,
                point,
                volume,
                index,
                checkedBytes + moreBytes,
                repaired + moreRepaired);
    }

    ScrubState ended(Instant now) {
        return new ScrubState(
                startedAt, Optional.of(now), point, volume, index, checkedBytes, repaired);
    }

    /** As everybody sees it, without what only the list of damage knows. */
    ScrubReport report(String systemId, List<Finding> findings) {
        return new ScrubReport(
                systemId, startedAt, endedAt, checkedBytes, 0, repaired, 0, 0, findings);
    }

    /** What was written; empty when there is nothing or it cannot be read: a new round begins. */
    static Optional<ScrubState> read(PoolFiles files, SystemFiles paths) throws IOException {
        if (!files.exists(paths.scrub())) {
            return Optional.empty();
        }
        try {
            Sheet sheet = Sheet.read(files, paths.scrub());
            Versions.check(sheet);
            String ended = sheet.get("endedAt");
            return Optional.of(
                    new ScrubState(
                            Instant.parse(sheet.get("startedAt")),
                            ended.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(ended)),
                            sheet.number("point"),
                            sheet.get("volume"),
                            sheet.number("index"),
                            sheet.number("checkedBytes"),
                            sheet.number("repaired")));
        } catch (Damage | Refusal | DateTimeException lost) {
            return Optional.empty();
        }
    }

    void write(PoolFiles files, SystemFiles paths) throws IOException {
        Map<String, String> values = new HashMap<>();
        values.put("format", String.valueOf(DirectoryPool.FORMAT));
        values.put("startedAt", startedAt.toString());
        values.put("endedAt", endedAt.map(Instant::toString).orElse(""));
        values.put("point", String.valueOf(point));
        values.put("volume", volume);
        values.put("index", String.valueOf(index));
        values.put("checkedBytes", String.valueOf(checkedBytes));
        values.put("repaired", String.valueOf(repaired));
        new Sheet(values).write(files, paths.scrub());
    }
}
