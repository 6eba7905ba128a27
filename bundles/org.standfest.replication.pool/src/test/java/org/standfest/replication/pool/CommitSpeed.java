package org.standfest.replication.pool;

import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.DiskManifest;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;

/**
 * Measures the commits of a sparse disk: arguments are a folder, the size in MiB, the changed
 * blocks and the number of commits. Not a test; run it with this bundle's test class path.
 */
final class CommitSpeed {

    private CommitSpeed() {}

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        long size = Long.parseLong(arguments[1]) << 20;
        int changes = Integer.parseInt(arguments[2]);
        int commits = Integer.parseInt(arguments[3]);
        Random random = new Random(42);
        PoolOpener opener = new PoolOpener(new LocalPoolFiles(), Clock.systemUTC(), random);
        try (ImagePool pool = opener.open(folder, PoolSettings.DEFAULT).orThrow()) {
            pool.addSystem("s", "S").orThrow();
            DiskManifest known = DiskManifest.zero(size);
            for (int i = 0; i <= commits; i++) {
                known = commit(pool, known, i == 0 ? changes * 4 : changes, random);
            }
        }
    }

    private static DiskManifest commit(
            ImagePool pool, DiskManifest known, int changes, Random random) {
        Optional<String> basis =
                pool.points("s").orThrow().stream().findFirst().map(RecoveryPoint::id);
        IncomingPoint point =
                pool.begin(
                                new PointRequest(
                                        "s",
                                        "k" + random.nextInt(),
                                        1,
                                        Instant.now(),
                                        basis,
                                        List.of(
                                                new PointRequest.Volume(
                                                        "disk0",
                                                        VolumeKind.DISK,
                                                        known.sizeBytes())),
                                        Map.of()))
                        .orThrow();
        BlockHasher hasher = new BlockHasher();
        DiskManifest.Editor editor = known.edit();
        ByteBuffer block = ByteBuffer.allocateDirect(Blocks.SIZE);
        TreeSet<Long> indices = new TreeSet<>();
        while (indices.size() < changes) {
            indices.add(random.nextLong(known.blockCount()));
        }
        long start = System.nanoTime();
        for (long index : indices) {
            block.clear();
            while (block.hasRemaining()) {
                block.putLong(random.nextLong());
            }
            BlockHash hash = hasher.hash(block.flip());
            editor.set(index, hash);
            point.putBlock("disk0", index, hash, block).orThrow();
        }
        DiskManifest now = editor.build();
        BlockHash root = now.root();
        long put = System.nanoTime();
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        point.commit(Map.of("disk0", root), Progress.NONE).orThrow();
        long end = System.nanoTime();
        long used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
        System.out.printf(
                "%d blocks: put %d ms, commit %d ms (CPU %d ms), heap %d MB%n",
                changes,
                (put - start) / 1_000_000,
                (end - put) / 1_000_000,
                used / 1_000_000,
                (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
        return now;
    }
}
