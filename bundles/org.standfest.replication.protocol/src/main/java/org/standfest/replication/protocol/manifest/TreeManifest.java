package org.standfest.replication.protocol.manifest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything in one tree at one instant: its entries in the order of {@link TreePath}, the root
 * directory first. The entries are kept as their encoded bytes, about 100 bytes each plus 32 for
 * every 64 KiB of content.
 *
 * <p>A manifest is either empty or complete: it begins with the root, every entry's parent
 * directory is in it, and a hard link points to an earlier entry that is neither directory nor hard
 * link. Immutable, safe for any thread.
 */
public final class TreeManifest implements Iterable<TreeEntry> {

    /** Most entries of one tree. */
    public static final int MAX_ENTRIES = 50_000_000;

    /** A tree without even a root. */
    public static final TreeManifest EMPTY = new TreeManifest(new byte[0][]);

    private final byte[][] encoded;
    private volatile BlockHash root;

    private TreeManifest(byte[][] encoded) {
        this.encoded = encoded;
    }

    /**
     * The manifest of some entries in any order; IllegalArgumentException when they make no
     * complete tree.
     */
    public static TreeManifest of(Collection<TreeEntry> entries) {
        List<TreeEntry> sorted = new ArrayList<>(entries);
        sorted.sort((a, b) -> a.path().compareTo(b.path()));
        Builder builder = new Builder();
        sorted.forEach(builder::add);
        return builder.build();
    }

    /** How many entries, the root included. */
    public int size() {
        return encoded.length;
    }

    /** One entry, decoded anew at each call. */
    public TreeEntry get(int index) {
        return decode(encoded[index]);
    }

    /** The path of one entry. */
    public TreePath path(int index) {
        return RawEntry.path(encoded[index]);
    }

    /** The order of one entry's path and another, as {@link TreePath#compareTo}. */
    public int comparePath(int index, TreePath other) {
        return RawEntry.comparePath(encoded[index], other.raw());
    }

    /** The kind of one entry. */
    public EntryKind kind(int index) {
        return RawEntry.kind(encoded[index]);
    }

    /** The modification time of one entry that is no hard link, ns since 1970. */
    public long mtimeNanos(int index) {
        return RawEntry.mtimeNanos(encoded[index]);
    }

    /** The size of one entry if it is a file, otherwise 0. */
    public long sizeBytes(int index) {
        return RawEntry.sizeBytes(encoded[index]);
    }

    /** How many block hashes one entry has. */
    public int blockCount(int index) {
        byte[] entry = encoded[index];
        return (entry.length - RawEntry.blocksAt(entry)) / BlockHash.BYTES;
    }

    /** A hash of one entry. */
    public BlockHash block(int index, int block) {
        byte[] entry = encoded[index];
        return BlockHash.at(entry, RawEntry.blocksAt(entry) + block * BlockHash.BYTES);
    }

    /** Where the entry at a path is; -1 when there is none. */
    public int indexOf(TreePath path) {
        return search(encoded, encoded.length, path.raw());
    }

    /** The entry at a path. */
    public Optional<TreeEntry> find(TreePath path) {
        int index = indexOf(path);
        return index < 0 ? Optional.empty() : Optional.of(get(index));
    }

    private static int search(byte[][] entries, int size, byte[] path) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = RawEntry.comparePath(entries[middle], path);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /** The root hash: SHA-256 of everything that {@link TreeManifestCodec} writes before it. */
    public BlockHash root() {
        BlockHash known = root;
        if (known == null) {
            known = TreeManifestCodec.root(this);
            root = known;
        }
        return known;
    }

    /** Bytes of all files together. */
    public long contentBytes() {
        long sum = 0;
        for (byte[] entry : encoded) {
            sum += RawEntry.sizeBytes(entry);
        }
        return sum;
    }

    @Override
    public Iterator<TreeEntry> iterator() {
        return Arrays.stream(encoded).map(TreeManifest::decode).iterator();
    }

    /** What has to happen to an older manifest to become this one, in path order. */
    public List<TreeChange> changesSince(TreeManifest older) {
        List<TreeChange> changes = new ArrayList<>();
        changes(older).forEachRemaining(changes::add);
        return changes;
    }

    /** What {@link #changesSince} says, one after the other, made when it is asked for. */
    public Iterator<TreeChange> changes(TreeManifest older) {
        return new Iterator<>() {
            private int i;
            private int j;
            private TreeChange next = find();

            private TreeChange find() {
                while (i < encoded.length || j < older.encoded.length) {
                    int order = order(i, older, j);
                    if (order < 0) {
                        return new TreeChange.Put(get(i++));
                    }
                    if (order > 0) {
                        return new TreeChange.Removed(older.path(j++));
                    }
                    boolean same = Arrays.equals(encoded[i++], older.encoded[j++]);
                    if (!same) {
                        return new TreeChange.Put(get(i - 1));
                    }
                }
                return null;
            }

            @Override
            public boolean hasNext() {
                return next != null;
            }

            @Override
            public TreeChange next() {
                if (next == null) {
                    throw new NoSuchElementException();
                }
                TreeChange found = next;
                next = find();
                return found;
            }
        };
    }

    private int order(int i, TreeManifest older, int j) {
        if (i == encoded.length) {
            return 1;
        }
        if (j == older.encoded.length) {
            return -1;
        }
        // entries that did not change are mostly the same bytes in both
        return encoded[i] == older.encoded[j]
                ? 0
                : RawEntry.comparePaths(encoded[i], older.encoded[j]);
    }

    /**
     * This manifest with changes applied; IllegalArgumentException when the result is no complete
     * tree.
     */
    public TreeManifest with(Collection<TreeChange> changes) {
        if (changes.isEmpty()) {
            return this;
        }
        TreeMap<TreePath, TreeChange> pending = new TreeMap<>();
        changes.forEach(change -> pending.put(change.path(), change));
        Builder builder = new Builder();
        Iterator<TreeChange> rest = pending.values().iterator();
        TreeChange next = rest.next();
        for (byte[] old : encoded) {
            int order = 1;
            while (next != null && (order = RawEntry.comparePath(old, next.path().raw())) > 0) {
                apply(next, builder);
                next = rest.hasNext() ? rest.next() : null;
            }
            if (next != null && order == 0) {
                apply(next, builder);
                next = rest.hasNext() ? rest.next() : null;
            } else {
                builder.addEncoded(old);
            }
        }
        if (next != null) {
            apply(next, builder);
        }
        rest.forEachRemaining(change -> apply(change, builder));
        return builder.build();
    }

    private static void apply(TreeChange change, Builder builder) {
        if (change instanceof TreeChange.Put(TreeEntry entry)) {
            builder.add(entry);
        }
    }

    byte[] encodedAt(int index) {
        return encoded[index];
    }

    static byte[] encode(TreeEntry entry) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try {
            TreeEntryCodec.write(entry, new DataOutputStream(bytes));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static TreeEntry decode(byte[] bytes) {
        try {
            return TreeEntryCodec.read(new DataInputStream(new ByteArrayInputStream(bytes)));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TreeManifest that && Arrays.deepEquals(encoded, that.encoded);
    }

    @Override
    public int hashCode() {
        return root().hashCode();
    }

    @Override
    public String toString() {
        return size() + " entries";
    }

    /** Collects entries in path order. For one thread. */
    public static final class Builder {

        private final TreeOrder order = new TreeOrder();
        private byte[][] entries = new byte[64][];
        private int size;

        /**
         * Adds the next entry; IllegalArgumentException when it does not continue a complete tree.
         */
        public void add(TreeEntry entry) {
            addEncoded(encode(entry));
        }

        /** Adds an entry of another manifest as it is there. */
        public void addSame(TreeManifest other, int index) {
            addEncoded(other.encoded[index]);
        }

        /** Adds an entry of another manifest, no hard link, under another path. */
        public void addMoved(TreeManifest other, int index, TreePath path) {
            addEncoded(RawEntry.moved(other.encoded[index], path.raw()));
        }

        void addEncoded(byte[] bytes) {
            order.accept(bytes);
            if (RawEntry.isHardLink(bytes) && !isLinkable(bytes)) {
                throw new IllegalArgumentException("hard link to nothing: " + RawEntry.path(bytes));
            }
            if (size == entries.length) {
                entries = Arrays.copyOf(entries, size + (size >> 1));
            }
            entries[size++] = bytes;
        }

        private boolean isLinkable(byte[] hardLink) {
            int at = 2 + RawEntry.pathLength(hardLink) + 3;
            int index = search(entries, size, Arrays.copyOfRange(hardLink, at, hardLink.length));
            EntryKind kind = index < 0 ? EntryKind.HARD_LINK : RawEntry.kind(entries[index]);
            return kind != EntryKind.HARD_LINK && kind != EntryKind.DIRECTORY;
        }

        /** How many entries so far. */
        public int size() {
            return size;
        }

        /** Where an entry of a path was added; -1 when there is none. */
        public int indexOf(TreePath path) {
            return search(entries, size, path.raw());
        }

        /** An entry that was added, decoded anew at each call. */
        public TreeEntry get(int index) {
            return decode(entries[index]);
        }

        /** The path of an entry that was added. */
        public TreePath path(int index) {
            return RawEntry.path(entries[index]);
        }

        /** The kind of an entry that was added. */
        public EntryKind kind(int index) {
            return RawEntry.kind(entries[index]);
        }

        /** The size of a file that was added. */
        public long sizeBytes(int index) {
            return RawEntry.sizeBytes(entries[index]);
        }

        /** A hash of a file that was added. */
        public BlockHash block(int index, int block) {
            byte[] entry = entries[index];
            return BlockHash.at(entry, RawEntry.blocksAt(entry) + block * BlockHash.BYTES);
        }

        /** The manifest; the builder is used up. */
        public TreeManifest build() {
            return build(null);
        }

        TreeManifest build(BlockHash knownRoot) {
            TreeManifest manifest =
                    size == 0 ? EMPTY : new TreeManifest(Arrays.copyOf(entries, size));
            if (knownRoot != null) {
                manifest.root = knownRoot;
            }
            return manifest;
        }
    }
}
