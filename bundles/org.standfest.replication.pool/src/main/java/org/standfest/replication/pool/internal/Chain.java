package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.PooledVolume;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.DiskManifest;
import org.standfest.replication.protocol.manifest.TreeManifest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Walks from the newest point to older ones: keeps the manifests of the point it stands at, each
 * proved by the point's root. The caller holds the content lock. For one thread.
 */
final class Chain {

    private final PoolFiles files;
    private final SystemFiles paths;
    private final Map<String, DiskManifest> disks = new HashMap<>();
    private final Map<String, TreeManifest> trees = new HashMap<>();
    private final Map<String, List<TreeDelta.Item>> items = new HashMap<>();
    private final List<Long> numbers;
    private long standsAt;

    /** Stands at the newest point. */
    Chain(PoolFiles files, SystemFiles paths, SystemState state) throws IOException, Refusal {
        this.files = files;
        this.paths = paths;
        this.numbers = state.numbers();
        RecoveryPoint newest = state.newest().orElseThrow();
        this.standsAt = newest.number();
        for (PooledVolume volume : newest.volumes()) {
            String name = volume.name();
            if (volume.kind() == VolumeKind.DISK) {
                disks.put(name, StoredDiskManifest.read(files, paths.diskManifest(name)));
            } else {
                trees.put(name, StoredTreeManifest.read(files, paths.treeManifest(name)));
            }
            check(volume);
        }
    }

    private void check(PooledVolume volume) throws Damage {
        boolean right =
                volume.kind() == VolumeKind.DISK
                        ? disks.get(volume.name()).root().equals(volume.root())
                        : trees.get(volume.name()).root().equals(volume.root());
        if (!right) {
            throw new Damage(
                    "manifest or reverse delta of "
                            + volume.name()
                            + " that does not lead to its recovery point");
        }
    }

    DiskManifest disk(String volume) {
        return disks.get(volume);
    }

    TreeManifest tree(String volume) {
        return trees.get(volume);
    }

    /** What differs between the point it stands at and the one after. */
    List<TreeDelta.Item> items(String volume) {
        return items.getOrDefault(volume, List.of());
    }

    /** Goes back to an older point; Damage when this does not lead to the point's root. */
    void back(RecoveryPoint older) throws IOException, Refusal {
        Path at = paths.older(older.number());
        items.clear();
        boolean next =
                standsAt > 0 && numbers.indexOf(older.number()) == numbers.indexOf(standsAt) + 1;
        // while it is on the way it stands nowhere
        standsAt = 0;
        for (PooledVolume volume : older.volumes()) {
            String name = volume.name();
            if (!next) {
                jump(volume, older.number());
            } else if (volume.kind() == VolumeKind.TREE) {
                List<TreeDelta.Item> changed =
                        TreeDelta.read(files, SystemFiles.treeDelta(at, name));
                items.put(name, changed);
                backTree(changed, volume);
            } else if (files.exists(SystemFiles.clone(at, name))) {
                disks.put(
                        name, StoredDiskManifest.read(files, SystemFiles.cloneManifest(at, name)));
            } else {
                backDisk(SystemFiles.diskDelta(at, name), volume);
            }
            check(volume);
        }
        standsAt = older.number();
    }

    /** Over points that are left out, because their sheets or deltas are damaged. */
    private void jump(PooledVolume volume, long number) throws IOException, Refusal {
        String name = volume.name();
        if (volume.kind() == VolumeKind.DISK) {
            try (DiskAt disk = DiskAt.open(files, paths, numbers, number, volume)) {
                disks.put(name, disk.manifest());
            }
        } else {
            try (TreeAt tree = TreeAt.open(files, paths, numbers, number, volume)) {
                trees.put(name, tree.manifest());
            }
            items.put(
                    name, TreeDelta.read(files, SystemFiles.treeDelta(paths.older(number), name)));
        }
    }

    private void backDisk(Path delta, PooledVolume volume) throws IOException, Refusal {
        DiskManifest.Editor editor = disks.get(volume.name()).edit(volume.sizeBytes());
        try {
            BlockTable.read(
                    files,
                    delta,
                    BlockTable.DELTA,
                    (index, hash, position) -> editor.set(index, hash));
        } catch (IndexOutOfBoundsException wrong) {
            throw new Damage("reverse delta of " + volume.name() + " beyond the disk", wrong);
        }
        disks.put(volume.name(), editor.build());
    }

    private void backTree(List<TreeDelta.Item> changed, PooledVolume volume) throws Damage {
        try {
            trees.put(
                    volume.name(),
                    trees.get(volume.name())
                            .with(changed.stream().map(TreeDelta.Item::change).toList()));
        } catch (IllegalArgumentException wrong) {
            throw new Damage("reverse delta of " + volume.name() + " that makes no tree", wrong);
        }
    }
}
