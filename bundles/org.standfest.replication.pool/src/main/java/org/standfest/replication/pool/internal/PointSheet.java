package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.PooledVolume;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.BlockHash;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Recovery points as properties. */
final class PointSheet {

    private static final String DESCRIPTION = "description.";
    private static final String EXTRA = "pool.";

    private PointSheet() {}

    static Sheet write(StoredPoint stored) {
        RecoveryPoint point = stored.point();
        Map<String, String> values = new TreeMap<>();
        values.put("format", String.valueOf(DirectoryPool.FORMAT));
        values.put("number", String.valueOf(point.number()));
        values.put("id", point.id());
        values.put("session", point.sessionKey());
        values.put("takenAt", point.takenAt().toString());
        values.put("committedAt", point.committedAt().toString());
        values.put("epoch", String.valueOf(point.epoch()));
        values.put("receivedBytes", String.valueOf(point.receivedBytes()));
        values.put("changedBytes", String.valueOf(point.changedBytes()));
        values.put(
                "volumes",
                String.join(",", point.volumes().stream().map(PooledVolume::name).toList()));
        for (PooledVolume volume : point.volumes()) {
            String prefix = "volume." + volume.name() + '.';
            values.put(prefix + "kind", volume.kind().name());
            values.put(prefix + "sizeBytes", String.valueOf(volume.sizeBytes()));
            values.put(prefix + "entries", String.valueOf(volume.entries()));
            values.put(prefix + "root", volume.root().toString());
            values.put(prefix + "notKept", String.join(",", volume.notKept()));
        }
        point.description().forEach((key, value) -> values.put(DESCRIPTION + key, value));
        stored.extras().forEach((key, value) -> values.put(EXTRA + key, value));
        return new Sheet(values);
    }

    static StoredPoint read(Sheet sheet) throws Damage, Refusal {
        Versions.check(sheet);
        try {
            List<PooledVolume> volumes = new ArrayList<>();
            for (String name : sheet.get("volumes").split(",")) {
                volumes.add(volume(sheet, name));
            }
            Map<String, String> description = new TreeMap<>();
            Map<String, String> extras = new TreeMap<>();
            sheet.values()
                    .forEach(
                            (key, value) -> {
                                if (key.startsWith(DESCRIPTION)) {
                                    description.put(key.substring(DESCRIPTION.length()), value);
                                } else if (key.startsWith(EXTRA)) {
                                    extras.put(key.substring(EXTRA.length()), value);
                                }
                            });
            RecoveryPoint point =
                    new RecoveryPoint(
                            sheet.number("number"),
                            sheet.get("id"),
                            sheet.get("session"),
                            Instant.parse(sheet.get("takenAt")),
                            Instant.parse(sheet.get("committedAt")),
                            sheet.number("epoch"),
                            volumes,
                            description,
                            sheet.number("receivedBytes"),
                            sheet.number("changedBytes"));
            return new StoredPoint(point, extras);
        } catch (IllegalArgumentException | DateTimeException wrong) {
            throw new Damage("recovery point with a wrong value", wrong);
        }
    }

    private static PooledVolume volume(Sheet sheet, String name) throws Damage {
        if (!Names.isVolume(name)) {
            throw new Damage("recovery point with a wrong volume name");
        }
        String prefix = "volume." + name + '.';
        String lost = sheet.get(prefix + "notKept");
        SortedSet<String> notKept =
                new TreeSet<>(lost.isEmpty() ? List.of() : Arrays.asList(lost.split(",")));
        return new PooledVolume(
                name,
                VolumeKind.valueOf(sheet.get(prefix + "kind")),
                sheet.number(prefix + "sizeBytes"),
                sheet.number(prefix + "entries"),
                BlockHash.parse(sheet.get(prefix + "root")),
                notKept);
    }
}
