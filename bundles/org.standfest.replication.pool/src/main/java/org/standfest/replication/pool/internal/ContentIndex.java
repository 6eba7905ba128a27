package org.standfest.replication.pool.internal;

import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.DiskManifest;
import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.replication.protocol.manifest.TreePath;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Finds content by its hash in the newest point of a system: an open table of places, 16 bytes a
 * block; the hashes themselves stay in the manifests. Immutable once built.
 */
final class ContentIndex {

    /** 32 MiB: two million blocks, or 128 GiB of content, are found at once. */
    private static final int MAX_SLOTS = 1 << 22;

    private static final int VOLUME_SHIFT = 48;
    private static final long ORDINAL_MASK = (1L << VOLUME_SHIFT) - 1;

    private final List<Volume> volumes = new ArrayList<>();
    private final long[] slots;

    /** One volume as the index needs it. */
    private sealed interface Volume {
        String name();

        long blocks();

        BlockHash hash(long ordinal);

        Place place(long ordinal);

        void each(BiConsumer<Long, BlockHash> visitor);
    }

    /** Where a content lies. */
    sealed interface Place {
        /** In a disk. */
        record InDisk(String volume, long index, int length) implements Place {}

        /** In a file of a tree. */
        record InTree(String volume, TreePath path, int block, int length) implements Place {}
    }

    ContentIndex(List<NamedDisk> disks, List<NamedTree> trees) {
        disks.forEach(disk -> volumes.add(new Disk(disk)));
        trees.forEach(tree -> volumes.add(new Tree(tree)));
        long blocks = volumes.stream().mapToLong(Volume::blocks).sum();
        int size =
                Integer.highestOneBit((int) Math.min(MAX_SLOTS / 2, Math.max(16, blocks * 3 / 2)))
                        << 1;
        slots = new long[size];
        Arrays.fill(slots, -1);
        for (int i = 0; i < volumes.size(); i++) {
            long volume = (long) i << VOLUME_SHIFT;
            volumes.get(i).each((ordinal, hash) -> put(hash, volume | ordinal));
        }
    }

    record NamedDisk(String name, DiskManifest manifest) {}

    record NamedTree(String name, TreeManifest manifest) {}

    private void put(BlockHash hash, long locator) {
        int slot = slot(hash);
        // a table that is nearly full (beyond MAX_SLOTS) forgets some: content is then sent
        // again, nothing worse
        for (int tries = 0; tries < 64; tries++) {
            if (slots[slot] < 0) {
                slots[slot] = locator;
                return;
            }
            if (hashAt(slot).equals(hash)) {
                return;
            }
            slot = slot + 1 & slots.length - 1;
        }
    }

    private BlockHash hashAt(int slot) {
        return volumes.get((int) (slots[slot] >>> VOLUME_SHIFT)).hash(slots[slot] & ORDINAL_MASK);
    }

    private int slot(BlockHash hash) {
        return hash.hashCode() & slots.length - 1;
    }

    /** Where a content lies, if it does. */
    Optional<Place> find(BlockHash hash) {
        int slot = slot(hash);
        for (int tries = 0; tries < 64 && slots[slot] >= 0; tries++) {
            if (hashAt(slot).equals(hash)) {
                Volume volume = volumes.get((int) (slots[slot] >>> VOLUME_SHIFT));
                return Optional.of(volume.place(slots[slot] & ORDINAL_MASK));
            }
            slot = slot + 1 & slots.length - 1;
        }
        return Optional.empty();
    }

    /**
     * Every place where a content lies: one of them may be damaged. Goes through all volumes, so it
     * is for rare acts only.
     */
    List<Place> findAll(BlockHash hash) {
        List<Place> places = new ArrayList<>();
        for (Volume volume : volumes) {
            volume.each(
                    (ordinal, other) -> {
                        if (other.equals(hash) && places.size() < 64) {
                            places.add(volume.place(ordinal));
                        }
                    });
        }
        return places;
    }

    private record Disk(NamedDisk disk) implements Volume {
        @Override
        public String name() {
            return disk.name();
        }

        @Override
        public long blocks() {
            return disk.manifest().nonZeroBlocks();
        }

        @Override
        public BlockHash hash(long ordinal) {
            return disk.manifest().hash(ordinal);
        }

        @Override
        public Place place(long ordinal) {
            return new Place.InDisk(
                    name(), ordinal, Blocks.length(ordinal, disk.manifest().sizeBytes()));
        }

        @Override
        public void each(BiConsumer<Long, BlockHash> visitor) {
            DiskManifest manifest = disk.manifest();
            manifest.forEachNonZero(
                    0, manifest.blockCount(), i -> visitor.accept(i, manifest.hash(i)));
        }
    }

    private static final class Tree implements Volume {

        private final NamedTree tree;

        /** The ordinal of each entry's first block. */
        private final long[] starts;

        private final long blocks;

        Tree(NamedTree tree) {
            this.tree = tree;
            starts = new long[tree.manifest().size()];
            long sum = 0;
            for (int i = 0; i < starts.length; i++) {
                starts[i] = sum;
                sum += tree.manifest().blockCount(i);
            }
            blocks = sum;
        }

        @Override
        public String name() {
            return tree.name();
        }

        @Override
        public long blocks() {
            return blocks;
        }

        private int entryOf(long ordinal) {
            int low = 0;
            int high = starts.length - 1;
            // entries without blocks share the start of the next one: the last with this start has
            // the block
            while (low < high) {
                int middle = (low + high + 1) >>> 1;
                if (starts[middle] <= ordinal) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            return low;
        }

        @Override
        public BlockHash hash(long ordinal) {
            int entry = entryOf(ordinal);
            return tree.manifest().block(entry, (int) (ordinal - starts[entry]));
        }

        @Override
        public Place place(long ordinal) {
            int at = entryOf(ordinal);
            TreeManifest manifest = tree.manifest();
            int block = (int) (ordinal - starts[at]);
            return new Place.InTree(
                    name(), manifest.path(at), block, Blocks.length(block, manifest.sizeBytes(at)));
        }

        @Override
        public void each(BiConsumer<Long, BlockHash> visitor) {
            TreeManifest manifest = tree.manifest();
            for (int i = 0; i < starts.length; i++) {
                int count = manifest.blockCount(i);
                for (int block = 0; block < count; block++) {
                    BlockHash hash = manifest.block(i, block);
                    if (!hash.isZero()) {
                        visitor.accept(starts[i] + block, hash);
                    }
                }
            }
        }
    }
}
