package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.MountHint;
import org.standfest.replication.pool.PartitionTable;
import org.standfest.replication.pool.PointAccess;
import org.standfest.replication.pool.PooledVolume;
import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.TreePath;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads recovery points of any age. Safe for any thread. */
final class AccessDesk implements PointAccess {

    private final Tools tools;
    private final RetentionDesk.Stores stores;
    private final Path root;

    AccessDesk(Tools tools, RetentionDesk.Stores stores, Path root) {
        this.tools = tools;
        this.stores = stores;
        this.root = root;
    }

    private static PooledVolume volume(SystemState state, long number, String name, VolumeKind kind)
            throws Refusal {
        PooledVolume volume = volume(state, number, name);
        if (volume.kind() != kind) {
            throw Refusal.of("pool.volume-kind", name);
        }
        return volume;
    }

    private static PooledVolume volume(SystemState state, long number, String name) throws Refusal {
        return state.point(number)
                .point()
                .volume(name)
                .orElseThrow(() -> Refusal.of("pool.volume-unknown", name, state.name()));
    }

    @Override
    public Outcome<Integer> read(
            String systemId, long number, String volume, long position, ByteBuffer target) {
        return Words.outcome(
                () -> {
                    SystemStore store = stores.store(systemId);
                    if (position < 0) {
                        throw Refusal.of("pool.request-wrong", "position");
                    }
                    return store.reading(
                            state -> {
                                PooledVolume disk = volume(state, number, volume, VolumeKind.DISK);
                                try (DiskAt at =
                                        DiskAt.open(
                                                tools.files(),
                                                store.paths(),
                                                state.numbers(),
                                                number,
                                                disk)) {
                                    return read(at, position, target);
                                }
                            });
                });
    }

    private static int read(DiskAt disk, long position, ByteBuffer target) throws IOException {
        long size = disk.manifest().sizeBytes();
        ByteBuffer block = ByteBuffer.allocateDirect(Blocks.SIZE);
        int done = 0;
        for (long at = position; target.hasRemaining() && at < size; ) {
            long index = at / Blocks.SIZE;
            if (!disk.read(index, block)) {
                throw new Damage("content of block " + index);
            }
            block.position((int) (at % Blocks.SIZE));
            int piece = Math.min(block.remaining(), target.remaining());
            target.put(block.limit(block.position() + piece));
            at += piece;
            done += piece;
        }
        return done;
    }

    private Path outside(Path target) throws Refusal {
        Path to = target.toAbsolutePath().normalize();
        if (to.startsWith(root)) {
            throw Refusal.of("pool.target-in-pool", to);
        }
        return to;
    }

    @Override
    public Outcome<RecoveryPoint> exportVolume(
            String systemId, long number, String volume, Path target, Progress progress) {
        return Words.outcome(
                () -> {
                    Path to = outside(target);
                    if (tools.files().exists(to)) {
                        throw Refusal.of("pool.target-not-empty", to);
                    }
                    SystemStore store = stores.store(systemId);
                    return new Export(store, progress).volume(number, volume, to);
                });
    }

    @Override
    public Outcome<Integer> restore(
            String systemId,
            long number,
            String volume,
            TreePath path,
            Path target,
            Progress progress) {
        return Words.outcome(
                () -> {
                    Path to = outside(target);
                    PoolFiles files = tools.files();
                    SystemStore store = stores.store(systemId);
                    return store.reading(
                            state -> {
                                PooledVolume tree = volume(state, number, volume, VolumeKind.TREE);
                                try (TreeAt at =
                                        TreeAt.open(
                                                files,
                                                store.paths(),
                                                state.numbers(),
                                                number,
                                                tree)) {
                                    return Outside.write(
                                            files,
                                            to,
                                            Restore.names(at.manifest(), path),
                                            () -> restore(at, path, to, progress));
                                }
                            });
                });
    }

    private int restore(TreeAt tree, TreePath path, Path to, Progress progress)
            throws IOException, Refusal {
        tools.files().createDirectory(to);
        return new Restore(tools.files(), tree, progress).run(path, to);
    }

    @Override
    public Outcome<MountHint> mountHint(String systemId, long number, String volume) {
        return Words.outcome(
                () -> {
                    SystemStore store = stores.store(systemId);
                    SystemState state = store.settled();
                    PooledVolume found = volume(state, number, volume);
                    SystemFiles paths = store.paths();
                    boolean newest = number == state.numbers().getFirst();
                    Path clone = SystemFiles.clone(paths.older(number), volume);
                    Optional<Path> path = Optional.empty();
                    if (newest) {
                        path =
                                Optional.of(
                                        found.kind() == VolumeKind.DISK
                                                ? paths.image(volume)
                                                : paths.tree(volume));
                    } else if (found.kind() == VolumeKind.DISK && tools.files().exists(clone)) {
                        path = Optional.of(clone);
                    }
                    PartitionTable table =
                            Partitions.read(
                                    state.point(number)
                                            .extras()
                                            .get(StoredPoint.PARTITIONS + volume));
                    return MountHints.of(systemId, number, found, path, table);
                });
    }

    @Override
    public Outcome<PartitionTable> partitions(String systemId, long number, String volume) {
        return Words.outcome(
                () -> {
                    SystemState state = stores.store(systemId).settled();
                    volume(state, number, volume);
                    return Partitions.read(
                            state.point(number).extras().get(StoredPoint.PARTITIONS + volume));
                });
    }

    @Override
    public Outcome<Map<String, Long>> attachments(String systemId, long number) {
        return Words.outcome(
                () -> {
                    Map<String, Long> sizes = new TreeMap<>();
                    StoredPoint point = stores.store(systemId).settled().point(number);
                    for (Map.Entry<String, String> said :
                            point.below(StoredPoint.ATTACHMENT).entrySet()) {
                        sizes.put(said.getKey(), Attachments.size(said.getValue()));
                    }
                    return sizes;
                });
    }

    @Override
    public Outcome<ByteBuffer> attachment(String systemId, long number, String name) {
        return Words.outcome(
                () -> {
                    SystemStore store = stores.store(systemId);
                    StoredPoint point = store.settled().point(number);
                    String said = point.extras().get(StoredPoint.ATTACHMENT + name);
                    if (said == null) {
                        throw Refusal.of("pool.attachment-unknown", name, number);
                    }
                    return Attachments.read(tools.files(), store.paths(), said);
                });
    }
}
