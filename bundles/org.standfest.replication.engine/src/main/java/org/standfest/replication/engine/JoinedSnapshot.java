package org.standfest.replication.engine;

import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.Changes;
import org.standfest.replication.source.Consistency;
import org.standfest.replication.source.DiskView;
import org.standfest.replication.source.Freezer;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.SnapshotProvider;
import org.standfest.replication.source.SnapshotRequest;
import org.standfest.replication.source.SourceFacts;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Outcome;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The snapshots of all providers of one system as one. Volumes of one provider show exactly one
 * instant; with several providers the instants lie as close together as taking them one after
 * another allows, and the first one counts: what was acknowledged before it is surely contained.
 */
public final class JoinedSnapshot implements Snapshot {

    private final List<Snapshot> parts = new ArrayList<>();
    private final Map<String, Integer> partOfVolume = new HashMap<>();
    private final List<VolumeSource> volumes = new ArrayList<>();

    private JoinedSnapshot() {}

    /**
     * Takes all volumes of a system while its applications are held still.
     *
     * @param providers by kind
     * @param limit for each provider
     * @param freezer holds the applications still; they go on before this returns, whatever came of
     *     it
     */
    public static Outcome<Snapshot> take(
            String systemId,
            List<VolumeSource> volumes,
            Optional<String> basisToken,
            Map<String, SnapshotProvider> providers,
            Duration limit,
            Freezer freezer) {
        return freezer.freeze(systemId, volumes)
                .then(hold -> held(systemId, volumes, basisToken, providers, limit, hold));
    }

    private static Outcome<Snapshot> held(
            String systemId,
            List<VolumeSource> volumes,
            Optional<String> basisToken,
            Map<String, SnapshotProvider> providers,
            Duration limit,
            Freezer.Hold hold) {
        try (hold) {
            Outcome<Snapshot> taken = take(systemId, volumes, basisToken, providers, limit);
            // Let go first: what was taken does not need the applications to wait.
            Map<String, String> facts = hold.thaw();
            return taken.map(snapshot -> new HeldSnapshot(snapshot, hold.applications(), facts));
        }
    }

    /**
     * Takes all volumes of a system.
     *
     * @param providers by kind
     * @param limit for each provider
     */
    public static Outcome<Snapshot> take(
            String systemId,
            List<VolumeSource> volumes,
            Optional<String> basisToken,
            Map<String, SnapshotProvider> providers,
            Duration limit) {
        Map<String, List<VolumeSource>> byProvider = new LinkedHashMap<>();
        volumes.forEach(
                volume ->
                        byProvider
                                .computeIfAbsent(volume.provider(), _ -> new ArrayList<>())
                                .add(volume));
        for (String kind : byProvider.keySet()) {
            if (!providers.containsKey(kind)) {
                return Outcome.refused(Faults.TEXTS.explain("engine.no-provider", kind));
            }
        }
        JoinedSnapshot joined = new JoinedSnapshot();
        for (Map.Entry<String, List<VolumeSource>> group : byProvider.entrySet()) {
            Outcome<Snapshot> part =
                    providers
                            .get(group.getKey())
                            .take(
                                    new SnapshotRequest(
                                            systemId, group.getValue(), basisToken, limit));
            if (!part.isDone()) {
                joined.close();
                return part;
            }
            joined.add(part, group.getValue());
        }
        return Outcome.done(joined);
    }

    private void add(Outcome<Snapshot> part, List<VolumeSource> served) {
        served.forEach(volume -> partOfVolume.put(volume.name(), parts.size()));
        volumes.addAll(served);
        parts.add(part.orThrow());
    }

    private int part(String volume) {
        Integer part = partOfVolume.get(volume);
        if (part == null) {
            throw new IllegalArgumentException("no volume " + volume);
        }
        return part;
    }

    @Override
    public Instant takenAt() {
        return parts.stream().map(Snapshot::takenAt).min(Instant::compareTo).orElseThrow();
    }

    @Override
    public DiskView disk(String volume) {
        return parts.get(part(volume)).disk(volume);
    }

    @Override
    public Path tree(String volume) {
        return parts.get(part(volume)).tree(volume);
    }

    @Override
    public boolean frozen() {
        return parts.stream().allMatch(Snapshot::frozen);
    }

    /** The weakest part's; of several providers none, since each has its own instant. */
    @Override
    public Consistency consistency() {
        Consistency weakest =
                parts.stream()
                        .map(Snapshot::consistency)
                        .reduce(Consistency.APPLICATION, Consistency::and);
        return parts.size() > 1 ? Consistency.NONE : weakest;
    }

    @Override
    public Map<String, String> facts() {
        Map<String, String> facts = new TreeMap<>();
        parts.forEach(part -> facts.putAll(part.facts()));
        facts.put(SourceFacts.CONSISTENCY, consistency().name());
        Instant last = parts.stream().map(Snapshot::takenAt).max(Instant::compareTo).orElseThrow();
        long spread = Duration.between(takenAt(), last).toMillis();
        facts.put(SourceFacts.SPREAD_MILLIS, Long.toString(spread));
        for (VolumeSource volume : volumes) {
            if (volume.kind() == VolumeKind.DISK
                    && disk(volume.name()).changes() instanceof Changes.Unknown(var reason)) {
                String why = reason.code() + ": " + reason.happened(Locale.ENGLISH);
                facts.put(SourceFacts.SCANNED_BECAUSE + volume.name(), SourceFacts.fitting(why));
            }
        }
        return facts;
    }

    @Override
    public Map<String, String> machine() {
        Map<String, String> machine = new HashMap<>();
        parts.forEach(part -> machine.putAll(part.machine()));
        return machine;
    }

    /** Of two of one name the first; they are of one machine only where one provider has them. */
    @Override
    public Map<String, byte[]> attachments() {
        Map<String, byte[]> attachments = new TreeMap<>();
        parts.forEach(part -> part.attachments().forEach(attachments::putIfAbsent));
        return attachments;
    }

    @Override
    public void settle(Settlement settlement) {
        parts.forEach(part -> part.settle(settlement));
    }

    @Override
    public void close() {
        parts.forEach(Snapshot::close);
    }
}
