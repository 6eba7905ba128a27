package org.standfest.replication.pool.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.IncomingPoint;
import org.standfest.replication.pool.PointRequest;
import org.standfest.replication.pool.PoolOpener;
import org.standfest.replication.pool.PoolSettings;
import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.WantedBlock;
import org.standfest.replication.pool.files.ForwardingPoolFiles;
import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.replication.pool.files.PoolFile;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.EntryKind;
import org.standfest.replication.protocol.manifest.HashList;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.replication.protocol.manifest.TreePath;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A list of damage is a round old or rotten itself: what it says is looked up before it counts. */
final class MendingTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final TreePath NAME = TreePath.of("a");

    @TempDir Path directory;

    private final Counted files = new Counted();
    private final BlockHasher hasher = new BlockHasher();

    /** Counts how often the delta of the first point is read. */
    private final class Counted implements ForwardingPoolFiles {

        private final PoolFiles real = new LocalPoolFiles();
        private int deltasRead;

        @Override
        public PoolFiles real() {
            return real;
        }

        @Override
        public PoolFile open(Path file, Mode mode) throws IOException {
            Path older = new SystemFiles(directory.resolve("pool/systems/s")).older(1);
            deltasRead += file.equals(SystemFiles.treeDelta(older, "tree")) ? 1 : 0;
            return real.open(file, mode);
        }
    }

    private static byte[] content(int version) {
        byte[] bytes = new byte[1_000];
        new Random(version).nextBytes(bytes);
        return bytes;
    }

    private BlockHash hash(int version) {
        return hasher.hash(content(version), 0, content(version).length);
    }

    private PointRequest request(Optional<String> basis) {
        List<PointRequest.Volume> volumes =
                List.of(new PointRequest.Volume("tree", VolumeKind.TREE, 0));
        return new PointRequest("s", "k", 1, NOW, basis, volumes, Map.of());
    }

    /** A tree of one file, replaced in the second point: the first one keeps it as a node. */
    private String point(ImagePool pool, Optional<String> basis, int version) {
        IncomingPoint point = pool.begin(request(basis)).orThrow();
        TreeEntry root = TreeEntry.directory(TreePath.ROOT, 0755, 0, 0, version);
        TreeEntry file =
                new TreeEntry(
                        NAME,
                        EntryKind.FILE,
                        0644,
                        0,
                        0,
                        version,
                        content(version).length,
                        TreeEntry.NO_TARGET,
                        0,
                        0,
                        List.of(),
                        List.of(),
                        HashList.of(List.of(hash(version))));
        point.putContent(hash(version), ByteBuffer.wrap(content(version))).orThrow();
        point.putEntry("tree", root).orThrow();
        point.putEntry("tree", file).orThrow();
        BlockHash state = TreeManifest.of(List.of(root, file)).root();
        return point.commit(Map.of("tree", state), Progress.NONE).orThrow().id();
    }

    @Test
    void aBlockThatANodeOfAnOlderPointDoesNotNeedIsNotWrittenToIt() throws IOException {
        Path at = directory.resolve("pool");
        try (ImagePool pool =
                new PoolOpener(files, Clock.fixed(NOW, ZoneOffset.UTC), new Random(1))
                        .open(at, new PoolSettings(0))
                        .orThrow()) {
            pool.addSystem("s", "Server").orThrow();
            String basis = point(pool, Optional.of(point(pool, Optional.empty(), 1)), 2);
            SystemFiles paths = new SystemFiles(at.resolve("systems/s"));
            Path nodes = SystemFiles.treeDeltaNodes(paths.older(1), "tree");
            String name = files.list(nodes).getFirst();
            assertArrayEquals(content(1), Files.readAllBytes(nodes.resolve(name)));

            WantedBlock newest = new WantedBlock("tree", Optional.of(NAME), 0, hash(2));
            DamageList damage = new DamageList();
            damage.add(new DamageList.Item(0, newest));
            for (long index : new long[] {0, 3}) {
                TreePath node = TreePath.of(name);
                damage.add(item(new WantedBlock("tree", Optional.of(node), index, hash(2))));
            }
            damage.write(files, paths);
            files.deltasRead = 0;
            try (IncomingPoint session = pool.begin(request(Optional.of(basis))).orThrow()) {
                assertTrue(session.repair(newest, ByteBuffer.wrap(content(2))).orThrow());
            }
            assertEquals(1, files.deltasRead, "once for all its blocks");
            assertArrayEquals(content(1), Files.readAllBytes(nodes.resolve(name)));
            assertEquals(2, DamageList.read(files, paths).all().size());
        }
    }

    @Test
    void aBlockThatANodeNeedsIsWritten() throws IOException {
        Path at = directory.resolve("pool");
        try (ImagePool pool =
                new PoolOpener(files, Clock.fixed(NOW, ZoneOffset.UTC), new Random(1))
                        .open(at, new PoolSettings(0))
                        .orThrow()) {
            pool.addSystem("s", "Server").orThrow();
            String first = point(pool, Optional.empty(), 1);
            // the newest point has the same content again, so that it can be asked for
            String third = point(pool, Optional.of(point(pool, Optional.of(first), 2)), 1);
            SystemFiles paths = new SystemFiles(at.resolve("systems/s"));
            Path nodes = SystemFiles.treeDeltaNodes(paths.older(1), "tree");
            Path node = nodes.resolve(files.list(nodes).getFirst());
            Files.write(node, new byte[content(1).length]);
            WantedBlock newest = new WantedBlock("tree", Optional.of(NAME), 0, hash(1));
            TreePath name = TreePath.of(node.getFileName().toString());
            DamageList damage = new DamageList();
            damage.add(new DamageList.Item(0, newest));
            damage.add(item(new WantedBlock("tree", Optional.of(name), 0, hash(1))));
            damage.write(files, paths);
            try (IncomingPoint session = pool.begin(request(Optional.of(third))).orThrow()) {
                assertTrue(session.repair(newest, ByteBuffer.wrap(content(1))).orThrow());
            }
            assertArrayEquals(content(1), Files.readAllBytes(node));
            assertEquals(List.of(), DamageList.read(files, paths).all());
        }
    }

    private static DamageList.Item item(WantedBlock block) {
        return new DamageList.Item(1, block);
    }
}
