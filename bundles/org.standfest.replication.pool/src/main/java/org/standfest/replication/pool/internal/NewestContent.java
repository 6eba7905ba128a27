package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.PooledVolume;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.DiskManifest;
import org.standfest.replication.protocol.manifest.TreeManifest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the newest point of a system contains: its manifests, each proved by the point's root, and
 * where which content lies. Kept while it is needed. The caller holds the system's monitor.
 */
final class NewestContent {

    private final PoolFiles files;
    private final SystemFiles paths;
    private final Map<String, DiskManifest> disks = new HashMap<>();
    private final Map<String, TreeManifest> trees = new HashMap<>();
    private ContentIndex index;

    NewestContent(PoolFiles files, SystemFiles paths) {
        this.files = files;
        this.paths = paths;
    }

    void forget() {
        disks.clear();
        trees.clear();
        index = null;
    }

    DiskManifest disk(PooledVolume volume) throws IOException, Refusal {
        String name = volume.name();
        if (volume.kind() != VolumeKind.DISK) {
            throw Refusal.of("pool.volume-kind", name);
        }
        DiskManifest manifest = disks.get(name);
        if (manifest == null) {
            manifest = StoredDiskManifest.read(files, paths.diskManifest(name));
            if (!manifest.root().equals(volume.root())) {
                throw wrong(name);
            }
            disks.put(name, manifest);
        }
        return manifest;
    }

    TreeManifest tree(PooledVolume volume) throws IOException, Refusal {
        String name = volume.name();
        if (volume.kind() != VolumeKind.TREE) {
            throw Refusal.of("pool.volume-kind", name);
        }
        TreeManifest manifest = trees.get(name);
        if (manifest == null) {
            manifest = StoredTreeManifest.read(files, paths.treeManifest(name));
            if (!manifest.root().equals(volume.root())) {
                throw wrong(name);
            }
            trees.put(name, manifest);
        }
        return manifest;
    }

    private static Damage wrong(String name) {
        return new Damage("manifest of " + name + " whose root is not the recovery point's");
    }

    boolean isIndexed() {
        return index != null;
    }

    /**
     * Where which content lies; built when first asked for.
     *
     * @param volumes those of the newest point
     */
    ContentIndex index(List<PooledVolume> volumes) throws IOException, Refusal {
        if (index == null) {
            List<ContentIndex.NamedDisk> namedDisks = new ArrayList<>();
            List<ContentIndex.NamedTree> namedTrees = new ArrayList<>();
            for (PooledVolume volume : volumes) {
                if (volume.kind() == VolumeKind.DISK) {
                    namedDisks.add(new ContentIndex.NamedDisk(volume.name(), disk(volume)));
                } else {
                    namedTrees.add(new ContentIndex.NamedTree(volume.name(), tree(volume)));
                }
            }
            index = new ContentIndex(namedDisks, namedTrees);
        }
        return index;
    }
}
