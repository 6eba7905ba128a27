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

    /** The entry at a path. */
    public Optional<TreeEntry> find(TreePath path) {
        int index = search(Arrays.asList(encoded), path);
        return index < 0 ? Optional.empty() : Optional.of(get(index));
    }

    private static int search(List<byte[]> entries, TreePath path) {
        int low = 0;
        int high = entries.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = pathOf(entries.get(middle)).compareTo(path);
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
        for (TreeEntry entry : this) {
            sum += entry.sizeBytes();
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
        int i = 0;
        int j = 0;
        while (i < encoded.length || j < older.encoded.length) {
            int order = order(i, older, j);
            if (order < 0) {
                changes.add(new TreeChange.Put(get(i++)));
            } else if (order > 0) {
                changes.add(new TreeChange.Removed(pathOf(older.encoded[j++])));
            } else {
                if (!Arrays.equals(encoded[i], older.encoded[j])) {
                    changes.add(new TreeChange.Put(get(i)));
                }
                i++;
                j++;
            }
        }
        return changes;
    }

    private int order(int i, TreeManifest older, int j) {
        if (i == encoded.length) {
            return 1;
        }
        if (j == older.encoded.length) {
            return -1;
        }
        return pathOf(encoded[i]).compareTo(pathOf(older.encoded[j]));
    }

    /**
     * This manifest with changes applied; IllegalArgumentException when the result is no complete
     * tree.
     */
    public TreeManifest with(Collection<TreeChange> changes) {
        TreeMap<TreePath, TreeChange> pending = new TreeMap<>();
        changes.forEach(change -> pending.put(change.path(), change));
        Builder builder = new Builder();
        for (byte[] old : encoded) {
            TreePath path = pathOf(old);
            while (!pending.isEmpty() && pending.firstKey().compareTo(path) < 0) {
                apply(pending.pollFirstEntry().getValue(), builder);
            }
            if (!pending.isEmpty() && pending.firstKey().equals(path)) {
                apply(pending.pollFirstEntry().getValue(), builder);
            } else {
                builder.addEncoded(old);
            }
        }
        pending.values().forEach(change -> apply(change, builder));
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

    private static TreePath pathOf(byte[] entry) {
        int length = (entry[0] & 0xff) << 8 | entry[1] & 0xff;
        return TreePath.of(Arrays.copyOfRange(entry, 2, 2 + length));
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

        private final List<byte[]> entries = new ArrayList<>();
        private final TreeOrder order = new TreeOrder();

        /**
         * Adds the next entry; IllegalArgumentException when it does not continue a complete tree.
         */
        public void add(TreeEntry entry) {
            add(entry, encode(entry));
        }

        private void addEncoded(byte[] bytes) {
            add(decode(bytes), bytes);
        }

        private void add(TreeEntry entry, byte[] bytes) {
            order.accept(entry);
            if (entry.kind() == EntryKind.HARD_LINK && !isLinkable(entry.firstName())) {
                throw new IllegalArgumentException("hard link to nothing: " + entry.path());
            }
            entries.add(bytes);
        }

        private boolean isLinkable(TreePath firstName) {
            int index = search(entries, firstName);
            EntryKind kind = index < 0 ? EntryKind.HARD_LINK : decode(entries.get(index)).kind();
            return kind != EntryKind.HARD_LINK && kind != EntryKind.DIRECTORY;
        }

        /** How many entries so far. */
        public int size() {
            return entries.size();
        }

        /** The manifest; the builder is used up. */
        public TreeManifest build() {
            return entries.isEmpty() ? EMPTY : new TreeManifest(entries.toArray(new byte[0][]));
        }
    }
}
