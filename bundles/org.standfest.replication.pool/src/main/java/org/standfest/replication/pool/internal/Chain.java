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

    /** Stands at the newest point. */
    Chain(SystemStore store, RecoveryPoint newest) throws IOException, Refusal {
        files = store.tools().files();
        paths = store.paths();
        for (PooledVolume volume : newest.volumes()) {
            if (volume.kind() == VolumeKind.DISK) {
                disks.put(volume.name(), store.disk(volume.name()));
            } else {
                trees.put(volume.name(), store.tree(volume.name()));
            }
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

    /** Goes one point back; Damage when the reverse delta does not lead to the point's root. */
    void back(RecoveryPoint older) throws IOException, Refusal {
        Path delta = paths.delta(older.number());
        items.clear();
        for (PooledVolume volume : older.volumes()) {
            String name = volume.name();
            if (volume.kind() == VolumeKind.DISK) {
                backDisk(SystemFiles.diskDelta(delta, name), volume);
            } else {
                List<TreeDelta.Item> changed =
                        TreeDelta.read(files, SystemFiles.treeDelta(delta, name));
                items.put(name, changed);
                backTree(changed, volume);
            }
        }
    }

    private void backDisk(Path delta, PooledVolume volume) throws IOException, Refusal {
        DiskManifest.Editor editor = disks.get(volume.name()).edit(volume.sizeBytes());
        BlockTable.read(
                files, delta, BlockTable.DELTA, (index, hash, position) -> editor.set(index, hash));
        DiskManifest older = editor.build();
        if (!older.root().equals(volume.root())) {
            throw new Damage(
                    "reverse delta of "
                            + volume.name()
                            + " that does not lead to its recovery point");
        }
        disks.put(volume.name(), older);
    }

    private void backTree(List<TreeDelta.Item> changed, PooledVolume volume) throws Damage {
        TreeManifest older;
        try {
            older =
                    trees.get(volume.name())
                            .with(changed.stream().map(TreeDelta.Item::change).toList());
        } catch (IllegalArgumentException wrong) {
            throw new Damage("reverse delta of " + volume.name() + " that makes no tree", wrong);
        }
        if (!older.root().equals(volume.root())) {
            throw new Damage(
                    "reverse delta of "
                            + volume.name()
                            + " that does not lead to its recovery point");
        }
        trees.put(volume.name(), older);
    }
}
