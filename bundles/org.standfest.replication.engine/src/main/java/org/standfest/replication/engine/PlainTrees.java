package org.standfest.replication.engine;

import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.DiskView;
import org.standfest.replication.source.Presence;
import org.standfest.replication.source.Presence.State;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.SnapshotProvider;
import org.standfest.replication.source.SnapshotRequest;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Outcome;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * Provider {@code tree}: folders as they are, without any snapshot. A file that changes while it is
 * read is noticed and read again. Safe for any thread.
 */
public final class PlainTrees implements SnapshotProvider {

    private final InstantSource clock;

    /**
     * @param clock tells when the walk began
     */
    public PlainTrees(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String kind() {
        return "tree";
    }

    @Override
    public Presence presence(VolumeSource volume) {
        boolean there = Files.isDirectory(Path.of(volume.address()));
        return new Presence(
                there ? State.THERE : State.GONE,
                Faults.TEXTS.explain(
                        there ? "engine.source-there" : "engine.source-gone", volume.address()));
    }

    @Override
    public Outcome<Snapshot> take(SnapshotRequest request) {
        Map<String, Path> roots = new HashMap<>();
        for (VolumeSource volume : request.volumes()) {
            Path root = Path.of(volume.address());
            if (volume.kind() != VolumeKind.TREE || !Files.isDirectory(root)) {
                return Outcome.refused(
                        Faults.TEXTS.explain("engine.source-gone", volume.address()));
            }
            roots.put(volume.name(), root);
        }
        return Outcome.done(new Plain(clock.instant(), Map.copyOf(roots)));
    }

    private record Plain(Instant takenAt, Map<String, Path> roots) implements Snapshot {

        @Override
        public DiskView disk(String volume) {
            throw new IllegalArgumentException("no disk " + volume);
        }

        @Override
        public Path tree(String volume) {
            Path root = roots.get(volume);
            if (root == null) {
                throw new IllegalArgumentException("no tree " + volume);
            }
            return root;
        }

        @Override
        public boolean frozen() {
            return false;
        }

        @Override
        public Map<String, String> machine() {
            return Map.of();
        }

        @Override
        public void settle(Settlement settlement) {
            // Nothing is tracked here, so nothing has to be told.
        }

        @Override
        public void close() {
            // Nothing was opened.
        }
    }
}
