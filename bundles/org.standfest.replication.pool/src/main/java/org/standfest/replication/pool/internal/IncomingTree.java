package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.Progress;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.TreeChange;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.replication.protocol.manifest.TreePath;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.TreeMap;

/** A tree on its way: its basis and what changes. */
final class IncomingTree implements Closeable {

    private final String name;
    private final TreeManifest basis;
    private final FirstTree first;
    private final TreeWriter writer;
    private final CommitSource source;
    private boolean broken;
    private final TreeMap<TreePath, TreeChange> changes = new TreeMap<>();

    /**
     * @param first what the entries of a first copy become at once; {@code null} for a change
     */
    IncomingTree(String name, TreeManifest basis, FirstTree first, CommitSource source) {
        this.name = name;
        this.basis = basis;
        this.first = first;
        this.source = source;
        this.writer = new TreeWriter(source);
    }

    String name() {
        return name;
    }

    boolean isFirstCopy() {
        return first != null;
    }

    /** Whether the native form of a first copy is made while it arrives. */
    boolean isDirect() {
        return first != null && !first.collecting();
    }

    TreeManifest basis() {
        return basis;
    }

    /** What it was and will be written with. */
    TreeWriter writer() {
        return writer;
    }

    void put(TreeEntry entry) throws IOException, Refusal {
        if (isDirect()) {
            int size = first.manifest().size();
            if (size == 0
                    ? entry.path().isRoot()
                    : first.manifest().path(size - 1).compareTo(entry.path()) < 0) {
                putDirect(entry);
                return;
            }
            collect();
        }
        if (changes.size() >= TreeManifest.MAX_ENTRIES) {
            throw Refusal.of("pool.tree-impossible", name, "too many entries");
        }
        changes.put(entry.path(), new TreeChange.Put(entry));
    }

    private void putDirect(TreeEntry entry) throws IOException, Refusal {
        boolean done = false;
        try {
            first.put(entry, source, writer);
            done = true;
        } catch (IllegalArgumentException wrong) {
            throw Refusal.of("pool.tree-impossible", name, wrong.getMessage());
        } finally {
            broken |= !done;
        }
    }

    /** Entries that come in another order than that of a tree are kept until all are there. */
    private void collect() throws IOException {
        for (int i = 0; i < first.manifest().size(); i++) {
            TreeEntry entry = first.manifest().get(i);
            changes.put(entry.path(), new TreeChange.Put(entry));
        }
        first.collect();
    }

    /** Takes a checked content that this tree waits for; false when it does not. */
    boolean content(BlockHash hash, ByteBuffer content) throws IOException, Refusal {
        boolean done = false;
        try {
            boolean taken = isDirect() && first.content(hash, content, writer);
            done = true;
            return taken;
        } finally {
            broken |= !done;
        }
    }

    /** Completes the native form that was made while the tree arrived. */
    void finish(Progress progress) throws IOException, Refusal {
        first.finish(writer, progress);
    }

    @Override
    public void close() throws IOException {
        if (first != null) {
            first.close();
        }
    }

    void remove(TreePath path) throws IOException, Refusal {
        if (path.isRoot()) {
            throw Refusal.of("pool.tree-impossible", name, "a tree without its root");
        }
        if (isDirect()) {
            collect();
        }
        changes.put(path, new TreeChange.Removed(path));
    }

    /** The manifest as it is by now; refused when it makes no complete tree. */
    TreeManifest manifest() throws Refusal {
        if (broken) {
            // The native form lacks what the manifest says: it has to be sent again.
            throw Refusal.of("pool.content-missing", name);
        }
        try {
            TreeManifest manifest =
                    isDirect() ? first.manifest().build() : basis.with(changes.values());
            if (manifest.size() == 0) {
                throw Refusal.of("pool.tree-impossible", name, "a tree without its root");
            }
            return manifest;
        } catch (IllegalArgumentException wrong) {
            throw Refusal.of("pool.tree-impossible", name, wrong.getMessage());
        }
    }
}
