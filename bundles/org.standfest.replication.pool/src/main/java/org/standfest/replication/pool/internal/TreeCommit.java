package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.protocol.manifest.ByteRange;
import org.standfest.replication.protocol.manifest.EntryKind;
import org.standfest.replication.protocol.manifest.HashList;
import org.standfest.replication.protocol.manifest.TreeChange;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.replication.protocol.manifest.TreePath;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Prepares the change of a tree without touching it: new files, pipes and links as numbered nodes
 * in a directory of their own, the old files of the reverse delta as further names of the files in
 * the tree, and the plan of what has to be done. File content in the tree is never changed in
 * place, so those further names keep the old content.
 */
final class TreeCommit {

    private final TreeFiles tree;
    private final TreeFiles nodes;
    private final TreeFiles deltaNodes;
    private final TreeWriter writer;
    private final TreeManifest older;
    private final TreeManifest newer;

    private final List<TreeDelta.Item> delta = new ArrayList<>();
    private final List<TreePlan.Act> deletions = new ArrayList<>();
    private final List<TreePlan.Act> directories = new ArrayList<>();
    private final List<TreePlan.Act> placements = new ArrayList<>();
    private final List<TreePlan.Act> attributes = new ArrayList<>();
    private final Set<TreePath> touched = new TreeSet<>();

    /** The nodes that take the place of first names, for the hard links to them. */
    private final Map<TreePath, Long> placedAt = new HashMap<>();

    /**
     * Files that disappear: a new file of the same content is most likely one of them under a new
     * name.
     */
    private final Map<Content, TreePath> disappearing = new HashMap<>();

    private long nextNode;
    private long nextDeltaNode;

    private record Content(long size, List<ByteRange> holes, HashList blocks) {
        static Content of(TreeEntry entry) {
            return new Content(entry.sizeBytes(), entry.holes(), entry.blocks());
        }
    }

    /**
     * Prepares with everything it works on; all three trees are on one file system.
     *
     * @param tree the native form, only read and linked from
     * @param nodes an empty directory for what will be placed
     * @param deltaNodes an empty directory for the old files
     */
    TreeCommit(
            TreeFiles tree,
            TreeFiles nodes,
            TreeFiles deltaNodes,
            TreeWriter writer,
            TreeManifest older,
            TreeManifest newer) {
        this.tree = tree;
        this.nodes = nodes;
        this.deltaNodes = deltaNodes;
        this.writer = writer;
        this.older = older;
        this.newer = newer;
    }

    /** Does the work; afterwards the plan and the delta are complete. */
    void prepare(List<TreeChange> changes, Progress progress) throws IOException, Refusal {
        for (TreeChange change : changes) {
            if (change instanceof TreeChange.Removed(TreePath path)) {
                TreeEntry old = older.find(path).orElseThrow();
                if (old.kind() == EntryKind.FILE && old.sizeBytes() > 0) {
                    disappearing.putIfAbsent(Content.of(old), path);
                }
            }
        }
        Set<TreePath> changed = new HashSet<>();
        for (TreeChange change : changes) {
            if (progress.cancelled()) {
                throw Refusal.of("pool.cancelled");
            }
            changed.add(change.path());
            Optional<TreeEntry> old = older.find(change.path());
            switch (change) {
                case TreeChange.Removed(TreePath path) -> remove(path, old.orElseThrow());
                case TreeChange.Put(TreeEntry entry) -> put(entry, old);
            }
        }
        relink(changed);
        finishDirectories();
    }

    List<TreeDelta.Item> delta() {
        return delta;
    }

    /** The acts in the order in which they are safe. */
    List<TreePlan.Act> plan() {
        List<TreePlan.Act> plan = new ArrayList<>(deletions.reversed());
        plan.addAll(directories);
        plan.addAll(placements);
        plan.addAll(attributes);
        return plan;
    }

    private void remove(TreePath path, TreeEntry old) throws IOException {
        keepOld(old);
        deletions.add(new TreePlan.Act.Delete(path));
        touched.add(path.parent());
    }

    private void keepOld(TreeEntry old) throws IOException {
        if (old.kind() == EntryKind.FILE) {
            long number = nextDeltaNode++;
            tree.link(old.path(), deltaNodes, TreePlan.nodeName(number));
            delta.add(new TreeDelta.Item.Node(old, number));
        } else {
            delta.add(new TreeDelta.Item.EntryOnly(old));
        }
    }

    private void put(TreeEntry entry, Optional<TreeEntry> old) throws IOException, Refusal {
        TreePath path = entry.path();
        boolean directory = entry.kind() == EntryKind.DIRECTORY;
        if (old.isEmpty()) {
            delta.add(new TreeDelta.Item.Absent(path));
            touched.add(path.parent());
            if (directory) {
                directories.add(new TreePlan.Act.MakeDirectory(path));
                touched.add(path);
            } else {
                place(entry, null);
            }
        } else if (entry.kind() == old.get().kind()
                && entry.kind() != EntryKind.HARD_LINK
                && entry.hasContentOf(old.get())) {
            boolean file = entry.kind() == EntryKind.FILE;
            delta.add(
                    file
                            ? new TreeDelta.Item.SameContent(old.get())
                            : new TreeDelta.Item.EntryOnly(old.get()));
            if (directory) {
                touched.add(path);
            } else {
                attributes.add(new TreePlan.Act.Attributes(entry));
            }
        } else {
            replace(entry, old.get());
        }
    }

    private void replace(TreeEntry entry, TreeEntry old) throws IOException, Refusal {
        TreePath path = entry.path();
        keepOld(old);
        touched.add(path.parent());
        if (entry.kind() == EntryKind.DIRECTORY) {
            deletions.add(new TreePlan.Act.DeleteUnlessDirectory(path));
            directories.add(new TreePlan.Act.MakeDirectory(path));
            touched.add(path);
        } else {
            if (old.kind() == EntryKind.DIRECTORY) {
                deletions.add(new TreePlan.Act.DeleteBefore(path, nextNode));
            }
            place(entry, old);
        }
    }

    /**
     * @param old what stands there; {@code null} when nothing does
     */
    private void place(TreeEntry entry, TreeEntry old) throws IOException, Refusal {
        long number = nextNode++;
        TreePath node = TreePlan.nodeName(number);
        if (entry.kind() == EntryKind.HARD_LINK) {
            linkTo(entry.firstName(), node);
        } else {
            placedAt.put(entry.path(), number);
            TreePath known =
                    entry.kind() == EntryKind.FILE ? disappearing.remove(Content.of(entry)) : null;
            if (known == null && old != null) {
                writer.writeChanged(nodes, node, entry, tree, old);
            } else if (known == null) {
                writer.writeNode(nodes, node, entry);
            } else {
                tree.link(known, nodes, node);
                // only after the commit: now it is still a file of the newest point
                attributes.add(new TreePlan.Act.Attributes(entry));
            }
        }
        placements.add(new TreePlan.Act.Place(entry.path(), number));
    }

    private void linkTo(TreePath firstName, TreePath node) throws IOException {
        Long placed = placedAt.get(firstName);
        if (placed != null) {
            nodes.link(TreePlan.nodeName(placed), nodes, node);
        } else {
            tree.link(firstName, nodes, node);
        }
    }

    /** Hard links that did not change themselves, but whose first name is another file now. */
    private void relink(Set<TreePath> changed) throws IOException {
        if (placedAt.isEmpty()) {
            return;
        }
        for (TreeEntry entry : newer) {
            if (entry.kind() == EntryKind.HARD_LINK
                    && !changed.contains(entry.path())
                    && placedAt.containsKey(entry.firstName())) {
                long number = nextNode++;
                linkTo(entry.firstName(), TreePlan.nodeName(number));
                placements.add(new TreePlan.Act.Place(entry.path(), number));
                touched.add(entry.path().parent());
            }
        }
    }

    /** Every act in a directory changed its times, so its attributes come last. */
    private void finishDirectories() {
        TreeMap<TreePath, TreeEntry> last = new TreeMap<>();
        for (TreePath path : touched) {
            newer.find(path)
                    .filter(entry -> entry.kind() == EntryKind.DIRECTORY)
                    .ifPresent(entry -> last.put(path, entry));
        }
        last.descendingMap()
                .values()
                .forEach(entry -> attributes.add(new TreePlan.Act.Attributes(entry)));
    }
}
