package org.standfest.replication.pool.internal;

import org.standfest.replication.protocol.manifest.TreeChange;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.replication.protocol.manifest.TreePath;

import java.util.TreeMap;

/** A tree on its way: its basis and what changes. */
final class IncomingTree {

    private final String name;
    private final boolean firstCopy;
    private final TreeManifest basis;
    private final TreeMap<TreePath, TreeChange> changes = new TreeMap<>();

    IncomingTree(String name, boolean firstCopy, TreeManifest basis) {
        this.name = name;
        this.firstCopy = firstCopy;
        this.basis = basis;
    }

    String name() {
        return name;
    }

    boolean isFirstCopy() {
        return firstCopy;
    }

    TreeManifest basis() {
        return basis;
    }

    void put(TreeEntry entry) throws Refusal {
        if (changes.size() >= TreeManifest.MAX_ENTRIES) {
            throw Refusal.of("pool.tree-impossible", name, "too many entries");
        }
        changes.put(entry.path(), new TreeChange.Put(entry));
    }

    void remove(TreePath path) throws Refusal {
        if (path.isRoot()) {
            throw Refusal.of("pool.tree-impossible", name, "a tree without its root");
        }
        changes.put(path, new TreeChange.Removed(path));
    }

    /** The manifest as it is by now; refused when it makes no complete tree. */
    TreeManifest manifest() throws Refusal {
        try {
            TreeManifest manifest = basis.with(changes.values());
            if (manifest.size() == 0) {
                throw Refusal.of("pool.tree-impossible", name, "a tree without its root");
            }
            return manifest;
        } catch (IllegalArgumentException wrong) {
            throw Refusal.of("pool.tree-impossible", name, wrong.getMessage());
        }
    }
}
