package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.manifest.TreeChange;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreeEntryCodec;
import org.standfest.replication.protocol.manifest.TreePath;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What makes the older point of a tree out of the newer: the entries that differ, as they were. */
final class TreeDelta {

    private static final int MAGIC = 0x53465444;
    private static final int ABSENT = 0;
    private static final int SAME_CONTENT = 1;
    private static final int NODE = 2;
    private static final int ENTRY_ONLY = 3;

    private TreeDelta() {}

    /** One place that differs. */
    sealed interface Item {

        TreePath path();

        /** In the older point nothing stood here. */
        record Absent(TreePath path) implements Item {}

        /** A file whose content is that of the newer point at the same path. */
        record SameContent(TreeEntry entry) implements Item {
            @Override
            public TreePath path() {
                return entry.path();
            }
        }

        /** A file whose content is the node of this number in the delta's directory. */
        record Node(TreeEntry entry, long number) implements Item {
            @Override
            public TreePath path() {
                return entry.path();
            }
        }

        /** Something that has no content but what the entry says. */
        record EntryOnly(TreeEntry entry) implements Item {
            @Override
            public TreePath path() {
                return entry.path();
            }
        }

        /** What has to happen to the newer manifest. */
        default TreeChange change() {
            return switch (this) {
                case Absent(TreePath path) -> new TreeChange.Removed(path);
                case SameContent(TreeEntry entry) -> new TreeChange.Put(entry);
                case Node(TreeEntry entry, long _) -> new TreeChange.Put(entry);
                case EntryOnly(TreeEntry entry) -> new TreeChange.Put(entry);
            };
        }
    }

    static void write(PoolFiles files, Path path, List<Item> items) throws IOException {
        RecordFile.write(
                files,
                path,
                MAGIC,
                items.size(),
                out -> {
                    for (Item item : items) {
                        write(item, out);
                    }
                });
    }

    private static void write(Item item, DataOutputStream out) throws IOException {
        switch (item) {
            case Item.Absent(TreePath path) -> {
                out.writeByte(ABSENT);
                TreeEntryCodec.writePath(path, out);
            }
            case Item.SameContent(TreeEntry entry) -> {
                out.writeByte(SAME_CONTENT);
                TreeEntryCodec.write(entry, out);
            }
            case Item.Node(TreeEntry entry, long number) -> {
                out.writeByte(NODE);
                TreeEntryCodec.write(entry, out);
                out.writeLong(number);
            }
            case Item.EntryOnly(TreeEntry entry) -> {
                out.writeByte(ENTRY_ONLY);
                TreeEntryCodec.write(entry, out);
            }
        }
    }

    static List<Item> read(PoolFiles files, Path path) throws IOException, Refusal {
        List<Item> items = new ArrayList<>();
        RecordFile.read(
                files,
                path,
                MAGIC,
                in ->
                        items.add(
                                switch (in.readUnsignedByte()) {
                                    case ABSENT -> new Item.Absent(TreeEntryCodec.readPath(in));
                                    case SAME_CONTENT ->
                                            new Item.SameContent(TreeEntryCodec.read(in));
                                    case NODE ->
                                            new Item.Node(TreeEntryCodec.read(in), in.readLong());
                                    case ENTRY_ONLY -> new Item.EntryOnly(TreeEntryCodec.read(in));
                                    default ->
                                            throw new Damage(
                                                    "reverse delta with an unknown record");
                                }));
        return items;
    }
}
