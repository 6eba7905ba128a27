package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.protocol.manifest.EntryKind;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreeEntryCodec;
import org.standfest.replication.protocol.manifest.TreePath;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a commit does to a tree in the pool, in order. Every act can be repeated after any part of
 * the plan was done, so that a plan is simply carried out again from its beginning after a crash.
 */
final class TreePlan {

    private static final int MAGIC = 0x53465450;

    private TreePlan() {}

    /** One act. */
    sealed interface Act {

        /** Nothing may stand here. */
        record Delete(TreePath path) implements Act {}

        /** What stands here gives way to a directory. */
        record DeleteUnlessDirectory(TreePath path) implements Act {}

        /** A directory gives way to a node that is placed later; not when it has been placed. */
        record DeleteBefore(TreePath path, long node) implements Act {}

        /** A directory stands here. */
        record MakeDirectory(TreePath path) implements Act {}

        /** A prepared node moves here, in place of what is there. */
        record Place(TreePath path, long node) implements Act {}

        /** The entry here gets these attributes. */
        record Attributes(TreeEntry entry) implements Act {}
    }

    static TreePath nodeName(long number) {
        return TreePath.of(Long.toString(number));
    }

    static void write(PoolFiles files, Path path, List<Act> acts) throws IOException {
        RecordFile.write(
                files,
                path,
                MAGIC,
                acts.size(),
                out -> {
                    for (Act act : acts) {
                        write(act, out);
                    }
                });
    }

    private static void write(Act act, DataOutputStream out) throws IOException {
        switch (act) {
            case Act.Delete(TreePath path) -> {
                out.writeByte(1);
                TreeEntryCodec.writePath(path, out);
            }
            case Act.DeleteUnlessDirectory(TreePath path) -> {
                out.writeByte(2);
                TreeEntryCodec.writePath(path, out);
            }
            case Act.DeleteBefore(TreePath path, long node) -> {
                out.writeByte(3);
                TreeEntryCodec.writePath(path, out);
                out.writeLong(node);
            }
            case Act.MakeDirectory(TreePath path) -> {
                out.writeByte(4);
                TreeEntryCodec.writePath(path, out);
            }
            case Act.Place(TreePath path, long node) -> {
                out.writeByte(5);
                TreeEntryCodec.writePath(path, out);
                out.writeLong(node);
            }
            case Act.Attributes(TreeEntry entry) -> {
                out.writeByte(6);
                TreeEntryCodec.write(entry, out);
            }
        }
    }

    private static Act readAct(DataInputStream in) throws IOException {
        return switch (in.readUnsignedByte()) {
            case 1 -> new Act.Delete(TreeEntryCodec.readPath(in));
            case 2 -> new Act.DeleteUnlessDirectory(TreeEntryCodec.readPath(in));
            case 3 -> new Act.DeleteBefore(TreeEntryCodec.readPath(in), in.readLong());
            case 4 -> new Act.MakeDirectory(TreeEntryCodec.readPath(in));
            case 5 -> new Act.Place(TreeEntryCodec.readPath(in), in.readLong());
            case 6 -> new Act.Attributes(TreeEntryCodec.read(in));
            default -> throw new Damage("plan with an unknown act");
        };
    }

    /**
     * Carries a plan out, from wherever an earlier attempt stopped; returns what could not be kept.
     */
    static Set<TreeFiles.Loss> apply(PoolFiles files, Path plan, Path tree, Path nodes)
            throws IOException, Refusal {
        List<Act> acts = new ArrayList<>();
        RecordFile.read(files, plan, MAGIC, in -> acts.add(readAct(in)));
        EnumSet<TreeFiles.Loss> losses = EnumSet.noneOf(TreeFiles.Loss.class);
        try (TreeFiles target = files.tree(tree);
                TreeFiles prepared = files.tree(nodes)) {
            Set<TreePath> made = new HashSet<>();
            for (Act act : acts) {
                if (act instanceof Act.MakeDirectory(TreePath path)) {
                    made.add(path);
                }
                // A node must not be in a directory that a power failure can take away again: where
                // names are not written in order, it would be gone from both places.
                if (act instanceof Act.Place(TreePath path, _) && made.contains(path.parent())) {
                    files.syncAll(tree);
                    made.clear();
                }
                apply(act, target, prepared, losses);
            }
        }
        return losses;
    }

    private static void apply(
            Act act, TreeFiles target, TreeFiles prepared, Set<TreeFiles.Loss> losses)
            throws IOException {
        switch (act) {
            case Act.Delete(TreePath path) -> deleteWithAll(target, path);
            case Act.DeleteUnlessDirectory(TreePath path) -> {
                if (!isDirectory(target, path)) {
                    target.delete(path);
                }
            }
            case Act.DeleteBefore(TreePath path, long node) -> {
                if (prepared.status(nodeName(node)).isPresent()) {
                    deleteWithAll(target, path);
                }
            }
            case Act.MakeDirectory(TreePath path) -> {
                if (!isDirectory(target, path)) {
                    target.createDirectory(path);
                }
            }
            case Act.Place(TreePath path, long node) -> {
                TreePath name = nodeName(node);
                if (prepared.status(name).isPresent()) {
                    prepared.rename(name, target, path);
                }
            }
            case Act.Attributes(TreeEntry entry) ->
                    losses.addAll(target.setAttributes(entry.path(), entry));
        }
    }

    private static boolean isDirectory(TreeFiles tree, TreePath path) throws IOException {
        return tree.status(path)
                .flatMap(TreeFiles.Status::kind)
                .equals(Optional.of(EntryKind.DIRECTORY));
    }

    /**
     * What lies below a directory that the plan removes belongs to nobody: the manifest did not
     * know it.
     */
    private static void deleteWithAll(TreeFiles tree, TreePath path) throws IOException {
        try {
            tree.delete(path);
        } catch (DirectoryNotEmptyException strangers) {
            for (byte[] name : tree.list(path)) {
                deleteWithAll(tree, path.child(name));
            }
            tree.delete(path);
        }
    }
}
