package org.standfest.replication.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreeManifest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

class FirstTreeTest {

    @TempDir private Path directory;

    private final TestTree tree = tree();

    private static TestTree tree() {
        TestTree tree = new TestTree();
        tree.directory("a");
        for (int i = 0; i < 20; i++) {
            tree.file("a/f" + i, 3_000 + i, i);
        }
        tree.file("a/large", 200_000, 77);
        tree.hardLink("a/m-second", "a/f3");
        tree.file("b", 3_003, 3);
        tree.symlink("c", "a/f1");
        return tree;
    }

    private IncomingPoint begin(ImagePool pool, String key) {
        return pool.begin(PoolDriver.request(pool, key, Map.of(), Map.of("files", tree))).orThrow();
    }

    private Path incoming() {
        return directory.resolve("pool/systems/s/incoming");
    }

    private RecoveryPoint commit(IncomingPoint point) {
        return point.commit(Map.of("files", tree.manifest().root()), Progress.NONE).orThrow();
    }

    private void check(ImagePool pool) throws IOException {
        TreeManifest found = TreeReader.read(directory.resolve("pool/systems/s/current/files"));
        assertEquals(tree.manifest(), found);
        assertTrue(pool.verify("s", Progress.NONE).orThrow().intact());
    }

    @Test
    void contentIsWrittenToItsFileAndNowhereElse() throws IOException {
        try (ImagePool pool = PoolDriver.openWithSystem(directory.resolve("pool"))) {
            IncomingPoint point = begin(pool, "k");
            tree.send(point, "files", TreeManifest.EMPTY);
            assertEquals(3_007, Files.size(incoming().resolve("files.whole/a/f7")));
            assertEquals(0, Files.size(incoming().resolve("blocks")));
            commit(point);
            check(pool);
        }
    }

    @Test
    void whatArrivedBeforeABreakIsNotAskedForAgain() throws IOException {
        try (ImagePool pool = PoolDriver.openWithSystem(directory.resolve("pool"))) {
            for (String key : List.of("k", "k", "another")) {
                IncomingPoint broken = begin(pool, key);
                tree.send(broken, "files", TreeManifest.EMPTY);
                broken.close();
            }
        }
        try (ImagePool pool = PoolDriver.open(directory.resolve("pool"))) {
            IncomingPoint point = begin(pool, "k");
            assertTrue(point.resumed());
            tree.send(point, "files", TreeManifest.EMPTY);
            assertEquals(0, point.receivedBytes());
            commit(point);
            check(pool);
        }
    }

    @Test
    void whatWasDamagedMeanwhileIsAskedForAgain() throws IOException {
        try (ImagePool pool = PoolDriver.openWithSystem(directory.resolve("pool"))) {
            IncomingPoint broken = begin(pool, "k");
            tree.send(broken, "files", TreeManifest.EMPTY);
            broken.close();
            Files.writeString(incoming().resolve("files.whole/a/f9"), "something else");
            IncomingPoint point = begin(pool, "k");
            tree.send(point, "files", TreeManifest.EMPTY);
            assertEquals(3_009, point.receivedBytes());
            commit(point);
            check(pool);
        }
    }

    @Test
    void entriesInAnyOrderMakeTheSameTree() throws IOException {
        List<TreeEntry> entries = new ArrayList<>();
        tree.manifest().forEach(entries::add);
        Collections.shuffle(entries.subList(8, entries.size()), new Random(5));
        try (ImagePool pool = PoolDriver.openWithSystem(directory.resolve("pool"))) {
            IncomingPoint point = begin(pool, "k");
            for (TreeEntry entry : entries) {
                point.putEntry("files", entry).orThrow();
            }
            tree.send(point, "files", TreeManifest.EMPTY);
            commit(point);
            check(pool);
        }
    }

    @Test
    void whatAnEarlierAttemptBroughtIsUsedInAnyOrder() throws IOException {
        List<TreeEntry> entries = new ArrayList<>();
        tree.manifest().forEach(entries::add);
        Collections.reverse(entries.subList(8, entries.size()));
        try (ImagePool pool = PoolDriver.openWithSystem(directory.resolve("pool"))) {
            IncomingPoint broken = begin(pool, "k");
            tree.send(broken, "files", TreeManifest.EMPTY);
            broken.close();
            IncomingPoint point = begin(pool, "k");
            for (TreeEntry entry : entries) {
                point.putEntry("files", entry).orThrow();
            }
            commit(point);
            assertEquals(0, point.receivedBytes());
            check(pool);
        }
    }

    @Test
    void contentThatNeverCameIsMissedAtTheCommit() throws IOException {
        BlockHash absent = new BlockHasher().hash(new byte[] {1, 2, 3}, 0, 3);
        try (ImagePool pool = PoolDriver.openWithSystem(directory.resolve("pool"))) {
            IncomingPoint point = begin(pool, "k");
            for (TreeEntry entry : tree.manifest()) {
                point.putEntry("files", entry).orThrow();
            }
            Map<String, BlockHash> roots = Map.of("files", tree.manifest().root());
            assertFalse(point.commit(roots, Progress.NONE).isDone());
            assertEquals(Set.of(absent), point.lacking(List.of(absent)).orThrow());
            tree.send(point, "files", tree.manifest());
            assertFalse(point.commit(roots, Progress.NONE).isDone());
            point.putContent(absent, ByteBuffer.wrap(new byte[] {1, 2, 3})).orThrow();
        }
    }
}
