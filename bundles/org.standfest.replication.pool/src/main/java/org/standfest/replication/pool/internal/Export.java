package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.PooledVolume;
import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.SyncWatch;
import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.protocol.VolumeKind;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes a recovery point somewhere else in its native form. A commit waits until it is done. Every
 * content is checked against the point's manifest before it counts.
 */
final class Export {

    private final SystemStore store;
    private final PoolFiles files;
    private final SystemFiles paths;
    private final Progress progress;

    Export(SystemStore store, Progress progress) {
        this.store = store;
        this.files = store.tools().files();
        this.paths = store.paths();
        this.progress = progress;
    }

    RecoveryPoint run(long number, Path target) throws IOException, Refusal {
        return store.reading(
                state -> {
                    RecoveryPoint wanted = state.point(number).point();
                    List<String> own = wanted.volumes().stream().map(Export::name).toList();
                    return Outside.write(files, target, own, () -> all(state, wanted, target));
                });
    }

    private RecoveryPoint all(SystemState state, RecoveryPoint wanted, Path target)
            throws IOException, Refusal {
        files.createDirectory(target);
        for (PooledVolume volume : wanted.volumes()) {
            write(state, wanted.number(), volume, target.resolve(name(volume)));
        }
        return wanted;
    }

    /** What a volume is called in an export. */
    private static String name(PooledVolume volume) {
        return volume.kind() == VolumeKind.DISK ? volume.name() + ".img" : volume.name();
    }

    RecoveryPoint volume(long number, String name, Path target) throws IOException, Refusal {
        return store.reading(
                state -> {
                    RecoveryPoint wanted = state.point(number).point();
                    PooledVolume volume =
                            wanted.volume(name)
                                    .orElseThrow(
                                            () ->
                                                    Refusal.of(
                                                            "pool.volume-unknown",
                                                            name,
                                                            state.name()));
                    return Outside.write(
                            files,
                            target,
                            List.of(),
                            () -> {
                                write(state, number, volume, target);
                                return wanted;
                            });
                });
    }

    private void write(SystemState state, long number, PooledVolume volume, Path target)
            throws IOException, Refusal {
        if (volume.kind() == VolumeKind.DISK) {
            try (DiskAt disk = DiskAt.open(files, paths, state.numbers(), number, volume);
                    PoolFile out = files.open(target, PoolFiles.Mode.REPLACE)) {
                Images.write(disk, out, progress, () -> {});
            }
            return;
        }
        files.createDirectory(target);
        try (SyncWatch watch = files.watch(target)) {
            try (TreeAt tree = TreeAt.open(files, paths, state.numbers(), number, volume);
                    TreeFiles out = files.tree(target)) {
                new TreeWriter(tree).writeAll(out, tree.manifest(), progress);
            }
            watch.syncAll(target);
        }
    }
}
