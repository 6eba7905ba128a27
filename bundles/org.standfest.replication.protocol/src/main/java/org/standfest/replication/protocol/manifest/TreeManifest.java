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
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Everything in one tree at one instant: its entries in the order of {@link TreePath}, the root
 * directory first. The entries are kept as their encoded bytes, about 100 bytes each plus 32 for
 * every 64 KiB of content; those of a large tree leave the heap ({@link Overflow}).
 *
 * <p>A manifest is either empty or complete: it begins with the root, every entry's parent
 * directory is in it, and a hard link points to an earlier entry that is neither directory nor hard
 * link. Immutable, safe for any thread.
 */
public final class TreeManifest implements Iterable<TreeEntry> {

    /** Most entries of one tree. */
    public static final int MAX_ENTRIES = 50_000_000;

    /** A tree without even a root. */
    public static final TreeManifest EMPTY = new TreeManifest(EntryStore.EMPTY);

    private final EntryStore entries;
    private volatile BlockHash root;

    private TreeManifest(EntryStore entries) {
        this.entries = entries;
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
        return entries.size();
    }

    /** One entry, decoded anew at each call. */
    public TreeEntry get(int index) {
        return decode(entries.get(index));
    }

    /** The path of one entry. */
    public TreePath path(int index) {
        return RawEntry.path(entries.get(index));
    }

    /** The order of one entry's path and another, as {@link TreePath#compareTo}. */
    public int comparePath(int index, TreePath other) {
        return RawEntry.comparePath(entries.get(index), other.raw());
    }

    /** The kind of one entry. */
    public EntryKind kind(int index) {
        return RawEntry.kind(entries.get(index));
    }

    /** The modification time of one entry that is no hard link, ns since 1970. */
    public long mtimeNanos(int index) {
        return RawEntry.mtimeNanos(entries.get(index));
    }

    /** The size of one entry if it is a file, otherwise 0. */
    public long sizeBytes(int index) {
        return RawEntry.sizeBytes(entries.get(index));
    }

    /** How many block hashes one entry has. */
    public int blockCount(int index) {
        byte[] entry = entries.get(index);
        return (entry.length - RawEntry.blocksAt(entry)) / BlockHash.BYTES;
    }

    /** A hash of one entry. */
    public BlockHash block(int index, int block) {
        byte[] entry = entries.get(index);
        return BlockHash.at(entry, RawEntry.blocksAt(entry) + block * BlockHash.BYTES);
    }

    /** Where the entry at a path is; -1 when there is none. */
    public int indexOf(TreePath path) {
        return search(entries::get, size(), path.raw());
    }

    /** The entry at a path. */
    public Optional<TreeEntry> find(TreePath path) {
        int index = indexOf(path);
        return index < 0 ? Optional.empty() : Optional.of(get(index));
    }

    private static int search(IntFunction<byte[]> entries, int size, byte[] path) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = RawEntry.comparePath(entries.apply(middle), path);
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
        for (int i = 0; i < size(); i++) {
            sum += sizeBytes(i);
        }
        return sum;
    }

    @Override
    public Iterator<TreeEntry> iterator() {
        return IntStream.range(0, size()).mapToObj(this::get).iterator();
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
                while (i < size() || j < older.size()) {
                    int order = order(i, older, j);
                    if (order < 0) {
                        return new TreeChange.Put(get(i++));
                    }
                    if (order > 0) {
                        return new TreeChange.Removed(older.path(j++));
                    }
                    if (!same(i++, older, j++)) {
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
        if (i == size()) {
            return 1;
        }
        if (j == older.size()) {
            return -1;
        }
        // entries that did not change are mostly the same bytes in both
        return entries.shares(i, older.entries, j)
                ? 0
                : RawEntry.comparePaths(entries.get(i), older.entries.get(j));
    }

    private boolean same(int i, TreeManifest older, int j) {
        return entries.shares(i, older.entries, j)
                || Arrays.equals(entries.get(i), older.entries.get(j));
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
        Builder builder = new Builder(entries.overflow());
        Iterator<TreeChange> rest = pending.values().iterator();
        TreeChange next = rest.next();
        for (int i = 0; i < size(); i++) {
            byte[] old = entries.get(i);
            int order = 1;
            while (next != null && (order = RawEntry.comparePath(old, next.path().raw())) > 0) {
                apply(next, builder);
                next = rest.hasNext() ? rest.next() : null;
            }
            if (next != null && order == 0) {
                apply(next, builder);
                next = rest.hasNext() ? rest.next() : null;
            } else {
                builder.addSame(this, i);
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

    /** What the pieces with the entries take, wherever they lie, in bytes. */
    long heldBytes() {
        return entries.heldBytes();
    }

    byte[] encodedAt(int index) {
        return entries.get(index);
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
        if (!(other instanceof TreeManifest that) || size() != that.size()) {
            return false;
        }
        return IntStream.range(0, size()).allMatch(i -> same(i, that, i));
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
        private final EntryStore.Builder entries;

        /** Keeps everything in the heap. */
        public Builder() {
            this(Overflow.HEAP);
        }

        /**
         * @param overflow where the entries of a large tree go
         */
        public Builder(Overflow overflow) {
            entries = new EntryStore.Builder(overflow);
        }

        /**
         * Adds the next entry; IllegalArgumentException when it does not continue a complete tree.
         */
        public void add(TreeEntry entry) {
            addEncoded(encode(entry));
        }

        /** Adds an entry of another manifest as it is there. */
        public void addSame(TreeManifest other, int index) {
            byte[] bytes = other.entries.get(index);
            check(bytes);
            entries.share(other.entries, index, bytes);
        }

        /** Adds an entry of another manifest, no hard link, under another path. */
        public void addMoved(TreeManifest other, int index, TreePath path) {
            addEncoded(RawEntry.moved(other.entries.get(index), path.raw()));
        }

        void addEncoded(byte[] bytes) {
            check(bytes);
            entries.add(bytes);
        }

        private void check(byte[] bytes) {
            order.accept(bytes);
            if (RawEntry.isHardLink(bytes) && !isLinkable(bytes)) {
                throw new IllegalArgumentException("hard link to nothing: " + RawEntry.path(bytes));
            }
        }

        private boolean isLinkable(byte[] hardLink) {
            int at = 2 + RawEntry.pathLength(hardLink) + 3;
            byte[] first = Arrays.copyOfRange(hardLink, at, hardLink.length);
            int index = search(entries::get, size(), first);
            EntryKind kind = index < 0 ? EntryKind.HARD_LINK : kind(index);
            return kind != EntryKind.HARD_LINK && kind != EntryKind.DIRECTORY;
        }

        /** How many entries so far. */
        public int size() {
            return entries.size();
        }

        /** Where an entry of a path was added; -1 when there is none. */
        public int indexOf(TreePath path) {
            return search(entries::get, size(), path.raw());
        }

        /** An entry that was added, decoded anew at each call. */
        public TreeEntry get(int index) {
            return decode(entries.get(index));
        }

        /** The path of an entry that was added. */
        public TreePath path(int index) {
            return RawEntry.path(entries.get(index));
        }

        /** The kind of an entry that was added. */
        public EntryKind kind(int index) {
            return RawEntry.kind(entries.get(index));
        }

        /** The size of a file that was added. */
        public long sizeBytes(int index) {
            return RawEntry.sizeBytes(entries.get(index));
        }

        /** A hash of a file that was added. */
        public BlockHash block(int index, int block) {
            byte[] entry = entries.get(index);
            return BlockHash.at(entry, RawEntry.blocksAt(entry) + block * BlockHash.BYTES);
        }

        /** The manifest; the builder is used up. */
        public TreeManifest build() {
            return build(null);
        }

        TreeManifest build(BlockHash knownRoot) {
            TreeManifest manifest = size() == 0 ? EMPTY : new TreeManifest(entries.build());
            if (knownRoot != null) {
                manifest.root = knownRoot;
            }
            return manifest;
        }
    }
}
