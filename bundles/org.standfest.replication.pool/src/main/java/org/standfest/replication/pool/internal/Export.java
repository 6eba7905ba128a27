package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.PooledVolume;
import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.DiskManifest;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreePath;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a recovery point somewhere else in its native form. A commit waits until it is done. Every
 * content is checked against the point's manifest before it is written.
 */
final class Export {

    private final SystemStore store;
    private final PoolFiles files;
    private final SystemFiles paths;
    private final Progress progress;
    private final BlockHasher hasher = new BlockHasher();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Blocks.SIZE);

    Export(SystemStore store, Progress progress) {
        this.store = store;
        this.files = store.tools().files();
        this.paths = store.paths();
        this.progress = progress;
    }

    RecoveryPoint run(long number, Path target) throws IOException, Refusal {
        if (!files.list(target).isEmpty()) {
            throw Refusal.of("pool.target-not-empty", target);
        }
        while (true) {
            List<RecoveryPoint> points = store.points();
            RecoveryPoint wanted =
                    points.stream()
                            .filter(point -> point.number() == number)
                            .findFirst()
                            .orElseThrow(
                                    () ->
                                            Refusal.of(
                                                    "pool.point-unknown",
                                                    number,
                                                    store.state().name()));
            // before the lock: manifests are read under the system's monitor, which a commit holds
            // while it waits
            Chain chain = new Chain(store, points.getFirst());
            store.content().readLock().lock();
            try {
                if (store.stillShows(points.getFirst())) {
                    files.createDirectory(target);
                    write(chain, points, wanted, target);
                    return wanted;
                }
            } finally {
                store.content().readLock().unlock();
            }
        }
    }

    private void write(Chain chain, List<RecoveryPoint> points, RecoveryPoint wanted, Path target)
            throws IOException, Refusal {
        long number = wanted.number();
        Map<String, Map<TreePath, Place>> oldFiles = new HashMap<>();
        for (RecoveryPoint older : points.subList(1, points.size())) {
            if (older.number() < number) {
                break;
            }
            chain.back(older);
            for (PooledVolume volume : older.volumes()) {
                remember(
                        oldFiles.computeIfAbsent(volume.name(), _ -> new HashMap<>()),
                        chain,
                        volume,
                        older);
            }
        }
        for (PooledVolume volume : wanted.volumes()) {
            if (volume.kind() == VolumeKind.DISK) {
                writeDisk(volume, chain.disk(volume.name()), points, number, target);
            } else {
                writeTree(volume, chain, oldFiles.getOrDefault(volume.name(), Map.of()), target);
            }
        }
    }

    /** Where a file's content lies: as a numbered node of a delta. */
    private record Place(long delta, long node) {}

    /**
     * Going back, a nearer delta overrides a farther one only where it says something about the
     * content.
     */
    private static void remember(
            Map<TreePath, Place> places, Chain chain, PooledVolume volume, RecoveryPoint older) {
        for (TreeDelta.Item item : chain.items(volume.name())) {
            if (item instanceof TreeDelta.Item.Node(TreeEntry entry, long node)) {
                places.put(entry.path(), new Place(older.number(), node));
            }
        }
    }

    private void checkCancelled() throws Refusal {
        if (progress.cancelled()) {
            throw Refusal.of("pool.cancelled");
        }
    }

    @SuppressWarnings("resource") // closed by whoever holds it
    private void writeDisk(
            PooledVolume volume,
            DiskManifest manifest,
            List<RecoveryPoint> points,
            long number,
            Path target)
            throws IOException, Refusal {
        String name = volume.name();
        Map<Long, long[]> old = new HashMap<>();
        for (RecoveryPoint older : points.subList(1, points.size())) {
            if (older.number() >= number) {
                Path delta = SystemFiles.diskDelta(paths.delta(older.number()), name);
                BlockTable.read(
                        files,
                        delta,
                        BlockTable.DELTA,
                        (index, hash, position) ->
                                old.put(index, new long[] {older.number(), position}));
            }
        }
        List<PoolFile> open = new ArrayList<>();
        try (PoolFile image = files.open(paths.image(name), PoolFiles.Mode.READ);
                PoolFile out = files.open(target.resolve(name + ".img"), PoolFiles.Mode.REPLACE)) {
            Map<Long, PoolFile> deltas = new HashMap<>();
            out.setSize(manifest.sizeBytes());
            for (long i = 0; i < manifest.blockCount(); i++) {
                checkCancelled();
                progress.report(i * Blocks.SIZE, manifest.sizeBytes());
                if (manifest.hash(i).isZero()) {
                    continue;
                }
                PoolFile from = image;
                long position = i * Blocks.SIZE;
                long[] place = old.get(i);
                if (place != null) {
                    from = deltas.get(place[0]);
                    if (from == null) {
                        Path delta = SystemFiles.diskDelta(paths.delta(place[0]), name);
                        from = files.open(delta, PoolFiles.Mode.READ);
                        open.add(from);
                        deltas.put(place[0], from);
                    }
                    position = place[1];
                }
                FileStreams.readFully(
                        from,
                        buffer.clear().limit(Blocks.length(i, manifest.sizeBytes())),
                        position,
                        name);
                if (!hasher.hash(buffer.flip()).equals(manifest.hash(i))) {
                    throw new Damage(name + " block " + i + " of point " + number);
                }
                out.write(buffer, i * Blocks.SIZE);
            }
            out.force();
        } finally {
            for (PoolFile file : open) {
                file.close();
            }
        }
    }

    private void writeTree(
            PooledVolume volume, Chain chain, Map<TreePath, Place> oldFiles, Path target)
            throws IOException, Refusal {
        String name = volume.name();
        Path directory = target.resolve(name);
        files.createDirectory(directory);
        try (TreeFiles out = files.tree(directory);
                Source source = new Source(name, oldFiles)) {
            new TreeWriter(source).writeAll(out, chain.tree(name), progress);
        }
        files.syncAll(directory);
    }

    /** Reads a file's blocks from the newest point or from the delta that kept it. */
    private final class Source implements BlockSource {

        private final String volume;
        private final Map<TreePath, Place> oldFiles;
        private PoolFile file;
        private TreePath path;

        Source(String volume, Map<TreePath, Place> oldFiles) {
            this.volume = volume;
            this.oldFiles = oldFiles;
        }

        @Override
        public void read(TreeEntry entry, int block, ByteBuffer target) throws IOException {
            if (!entry.path().equals(path)) {
                close();
                file = open(entry.path());
                path = entry.path();
            }
            int length = Blocks.length(block, entry.sizeBytes());
            FileStreams.readFully(
                    file,
                    target.limit(length),
                    (long) block * Blocks.SIZE,
                    entry.path().toString());
            if (!hasher.hash(target.flip()).equals(entry.blocks().get(block))) {
                throw new Damage(entry.path() + " block " + block);
            }
        }

        private PoolFile open(TreePath entry) throws IOException {
            Place place = oldFiles.get(entry);
            Path root =
                    place == null
                            ? paths.tree(volume)
                            : SystemFiles.treeDeltaNodes(paths.delta(place.delta()), volume);
            try (TreeFiles tree = files.tree(root)) {
                return tree.open(
                        place == null ? entry : TreePlan.nodeName(place.node()),
                        PoolFiles.Mode.READ);
            }
        }

        @Override
        public void close() throws IOException {
            if (file != null) {
                file.close();
                file = null;
            }
        }
    }
}
