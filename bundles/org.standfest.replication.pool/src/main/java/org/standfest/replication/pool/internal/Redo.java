package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.PooledVolume;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.SyncWatch;
import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.Blocks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Carries out a decided commit. Every step can be repeated after any part of all steps was done, so
 * that after a crash it simply runs again from its beginning; the decision is taken away last.
 */
final class Redo {

    private final PoolFiles real;
    private final PoolFiles files;
    private final SystemFiles paths;
    private final SystemFiles.Incoming incoming;

    /** The newest point before this commit, 0 for none. */
    static final String PREVIOUS = "previous";

    private final boolean fresh;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Blocks.SIZE);

    private Redo(PoolFiles files, SystemFiles paths, boolean fresh) {
        this.real = files;
        this.files = Unforced.of(files);
        this.paths = paths;
        this.incoming = paths.incoming();
        this.fresh = fresh;
    }

    /**
     * Carries the decision out.
     *
     * @param fresh whether this process has just prepared it, so that what was received need not be
     *     hashed once more
     */
    static void run(PoolFiles files, SystemFiles paths, boolean fresh) throws IOException, Refusal {
        new Redo(files, paths, fresh).run();
    }

    private void run() throws IOException, Refusal {
        try (SyncWatch watch = real.watch(paths.root())) {
            run(watch);
        }
        files.deleteTree(incoming.root());
    }

    private void run(SyncWatch watch) throws IOException, Refusal {
        Sheet redo = Sheet.read(files, paths.redo());
        Versions.check(redo);
        long number = redo.number("number");
        StoredPoint stored = PointSheet.read(Sheet.read(files, incoming.point()));
        RecoveryPoint point = stored.point();
        if (point.number() != number || !point.id().equals(redo.get("id"))) {
            throw new Damage("decision about another recovery point");
        }
        List<PooledVolume> volumes = new ArrayList<>();
        boolean withTrees = false;
        for (PooledVolume volume : point.volumes()) {
            withTrees |= volume.kind() == VolumeKind.TREE;
            volumes.add(volume.kind() == VolumeKind.DISK ? applyDisk(volume) : applyTree(volume));
        }
        long previous = redo.values().containsKey(PREVIOUS) ? redo.number(PREVIOUS) : number - 1;
        if (files.exists(incoming.delta()) && previous > 0) {
            files.rename(incoming.delta(), paths.older(previous));
        }
        PointSheet.write(stored.with(withVolumes(point, volumes)))
                .writeTwice(files, paths.point(number));
        if (withTrees || real.syncsAtOnce()) {
            watch.syncAll(paths.root());
        } else {
            real.syncDirectory(paths.current());
            real.syncDirectory(paths.manifests());
            real.syncDirectory(paths.older());
            real.syncDirectory(paths.points());
        }
        real.delete(paths.redo());
        real.syncDirectory(paths.root());
    }

    private static RecoveryPoint withVolumes(RecoveryPoint point, List<PooledVolume> volumes) {
        return new RecoveryPoint(
                point.number(),
                point.id(),
                point.sessionKey(),
                point.takenAt(),
                point.committedAt(),
                point.epoch(),
                volumes,
                point.description(),
                point.receivedBytes(),
                point.changedBytes());
    }

    private PooledVolume applyDisk(PooledVolume volume) throws IOException, Refusal {
        String name = volume.name();
        if (files.exists(incoming.plan(name))) {
            applyBlocks(volume);
            return volume;
        }
        if (files.exists(incoming.image(name))) {
            files.rename(incoming.image(name), paths.image(name));
        }
        if (files.exists(incoming.manifest(name))) {
            files.rename(incoming.manifest(name), paths.diskManifest(name));
        }
        return volume;
    }

    private void applyBlocks(PooledVolume volume) throws IOException, Refusal {
        String name = volume.name();
        long size = volume.sizeBytes();
        try (PoolFile image = files.open(paths.image(name), PoolFiles.Mode.WRITE);
                PoolFile contents = files.open(incoming.blocks(), PoolFiles.Mode.READ);
                StoredDiskManifest.Patch manifest =
                        StoredDiskManifest.patch(files, paths.diskManifest(name))) {
            manifest.setSize(size);
            image.setSize(size);
            BlockRuns runs = new BlockRuns(image, contents, size, fresh ? null : buffer);
            BlockTable.read(
                    files,
                    incoming.plan(name),
                    BlockTable.PLAN,
                    (index, hash, position) -> {
                        runs.add(index, hash, position);
                        manifest.set(index, hash);
                    });
            runs.finish();
            image.force();
            manifest.force();
        }
    }

    private PooledVolume applyTree(PooledVolume volume) throws IOException, Refusal {
        String name = volume.name();
        SortedSet<String> notKept = new TreeSet<>(volume.notKept());
        if (files.exists(incoming.plan(name))) {
            Set<TreeFiles.Loss> losses =
                    TreePlan.apply(
                            files, incoming.plan(name), paths.tree(name), incoming.nodes(name));
            losses.forEach(loss -> notKept.add(loss.name()));
            if (files.exists(incoming.manifest(name))) {
                TreeManifestChange.apply(files, paths.treeManifest(name), incoming.manifest(name));
            }
        } else {
            if (files.exists(incoming.tree(name))) {
                files.rename(incoming.tree(name), paths.tree(name));
            }
            if (files.exists(incoming.manifest(name))) {
                files.rename(incoming.manifest(name), paths.treeManifest(name));
            }
        }
        return new PooledVolume(
                name, volume.kind(), volume.sizeBytes(), volume.entries(), volume.root(), notKept);
    }
}
