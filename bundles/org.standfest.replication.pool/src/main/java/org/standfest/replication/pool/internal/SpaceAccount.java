package org.standfest.replication.pool.internal;

import org.standfest.replication.pool.PointStatus;
import org.standfest.replication.pool.PoolSpace;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.TreePath;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What points occupy. Files say it themselves, but for clones: those say what they would occupy
 * alone, so their manifest is compared with that of the next newer point, block by block, a chunk
 * of each in memory. For one thread.
 */
final class SpaceAccount {

    private static final int HEADER = 64;
    private static final int MAX_KNOWN = 10_000;

    private final PoolFiles files;
    private final SystemFiles paths;
    private final SystemState state;
    private final Map<String, Bytes> known;

    /**
     * Of one state of a system.
     *
     * @param known what was found before: a point and its next newer one do not change
     */
    SpaceAccount(PoolFiles files, SystemFiles paths, SystemState state, Map<String, Bytes> known) {
        this.files = files;
        this.paths = paths;
        this.state = state;
        this.known = known;
    }

    /**
     * The bytes of one older point.
     *
     * @param own what the next newer point does not have
     * @param shared what a clone has together with it
     */
    record Bytes(long own, long shared, PointStatus.Form form) {}

    /** All of a system. */
    PoolSpace.SystemSpace used() throws IOException, Refusal {
        long older = 0;
        for (long number : state.numbers()) {
            if (number != state.numbers().getFirst()) {
                older += older(number).own();
            }
        }
        return new PoolSpace.SystemSpace(
                state.id(),
                current(),
                older,
                files.allocatedBytes(paths.incoming().root()),
                state.guards().rules().quotaBytes());
    }

    /** The newest point with manifests. */
    long current() throws IOException {
        String key = state.newest().map(RecoveryPoint::id).orElse("");
        Bytes before = known.get(key);
        if (before != null) {
            return before.own();
        }
        long bytes =
                files.allocatedBytes(paths.current()) + files.allocatedBytes(paths.manifests());
        remember(key, new Bytes(bytes, 0, PointStatus.Form.NATIVE));
        return bytes;
    }

    private void remember(String key, Bytes bytes) {
        if (known.size() > MAX_KNOWN) {
            known.clear();
        }
        known.put(key, bytes);
    }

    /** One older point. */
    Bytes older(long number) throws IOException, Refusal {
        int newer = state.numbers().indexOf(number) - 1;
        String key = number + " " + (newer < 0 ? 0 : state.numbers().get(newer));
        Bytes before = known.get(key);
        if (before == null) {
            before = count(number);
            remember(key, before);
        }
        return before;
    }

    private Bytes count(long number) throws IOException, Refusal {
        Path at = paths.older(number);
        long own = 0;
        long shared = 0;
        boolean clone = false;
        for (String name : files.list(at)) {
            Path path = at.resolve(name);
            if (name.endsWith(".img")) {
                clone = true;
                String volume = name.substring(0, name.length() - ".img".length());
                long[] both = compare(number, volume);
                own += both[0];
                shared += both[1];
            } else if (name.endsWith(".disk")
                    || name.endsWith(".tree")
                    || name.endsWith(".manifest")) {
                own += files.allocatedBytes(path);
            } else {
                own += nodes(path);
            }
        }
        return new Bytes(own, shared, clone ? PointStatus.Form.CLONE : PointStatus.Form.DELTA);
    }

    /** Old files that no tree has under another name. */
    private long nodes(Path directory) throws IOException {
        long sum = 0;
        try (TreeFiles tree = files.tree(directory)) {
            for (byte[] name : tree.list(TreePath.ROOT)) {
                sum +=
                        tree.status(TreePath.ROOT.child(name))
                                .filter(status -> status.links() <= 1)
                                .map(TreeFiles.Status::allocatedBytes)
                                .orElse(0L);
            }
        }
        return sum;
    }

    /** Own and shared bytes of a clone. */
    private long[] compare(long number, String volume) throws IOException, Refusal {
        Path mine = SystemFiles.cloneManifest(paths.older(number), volume);
        Path next = nextNewer(number, volume);
        long own = 0;
        long shared = 0;
        try (PoolFile a = files.open(mine, PoolFiles.Mode.READ);
                PoolFile b = files.open(next, PoolFiles.Mode.READ)) {
            long size = StoredDiskManifest.size(a);
            long blocks = Blocks.count(size);
            ByteBuffer left = ByteBuffer.allocate(1 << 16);
            ByteBuffer right = ByteBuffer.allocate(1 << 16);
            int per = left.capacity() / BlockHash.BYTES;
            for (long first = 0; first < blocks; first += per) {
                int count = (int) Math.min(per, blocks - first);
                Arrays.fill(right.array(), (byte) 0);
                long position = HEADER + first * BlockHash.BYTES;
                FileStreams.readFully(
                        a, left.clear().limit(count * BlockHash.BYTES), position, "manifest");
                b.read(right.clear().limit(count * BlockHash.BYTES), position);
                for (int i = 0; i < count; i++) {
                    BlockHash hash = BlockHash.at(left.array(), i * BlockHash.BYTES);
                    int length = Blocks.length(first + i, size);
                    if (hash.equalsAt(right.array(), i * BlockHash.BYTES)) {
                        shared += hash.isZero() ? 0 : length;
                    } else {
                        own += hash.isZero() ? 0 : length;
                    }
                }
            }
        }
        return new long[] {own, shared};
    }

    /** The nearest newer image of a disk. */
    private Path nextNewer(long number, String volume) throws IOException {
        List<Long> numbers = state.numbers();
        for (int i = numbers.indexOf(number) - 1; i > 0; i--) {
            Path older = paths.older(numbers.get(i));
            if (files.exists(SystemFiles.clone(older, volume))) {
                return SystemFiles.cloneManifest(older, volume);
            }
        }
        return paths.diskManifest(volume);
    }
}
