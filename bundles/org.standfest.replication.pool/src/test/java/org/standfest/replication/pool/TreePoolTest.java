package org.standfest.replication.pool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.ByteRange;
import org.standfest.replication.protocol.manifest.EntryKind;
import org.standfest.replication.protocol.manifest.ExtendedAttribute;
import org.standfest.replication.protocol.manifest.HashList;
import org.standfest.replication.protocol.manifest.RawBytes;
import org.standfest.replication.protocol.manifest.TreeChange;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.replication.protocol.manifest.TreePath;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

final class TreePoolTest {

    @TempDir Path directory;

    static TestTree tree() {
        TestTree tree = new TestTree();
        tree.directory("etc");
        tree.file("etc/passwd", 1_000, 1);
        tree.file("etc/large", 3 * Blocks.SIZE + 17, 2);
        tree.directory("data");
        tree.directory("data/a");
        tree.file("data/a/one", 70_000, 3);
        tree.file("data/a/two", 10, 4);
        tree.directory("data/a/deep");
        tree.file("data/a/deep/three", 5_000, 5);
        tree.hardLink("data/z-link", "data/a/one");
        tree.symlink("data/out", "../nowhere");
        tree.fifo("data/pipe");
        tree.file("data/empty", 0, 6);
        byte[] sparse = new byte[10 * Blocks.SIZE];
        sparse[5 * Blocks.SIZE + 100] = 7;
        tree.file(
                "data/sparse",
                sparse,
                List.of(
                        new ByteRange(0, 5 * Blocks.SIZE),
                        new ByteRange(5 * Blocks.SIZE + 4096, 5 * Blocks.SIZE - 4096)));
        tree.attributes(
                "etc/passwd",
                0600,
                List.of(new ExtendedAttribute(RawBytes.of("user.comment"), RawBytes.of("hello"))));
        return tree;
    }

    /** The whole life of a tree in one list of changes. */
    static List<TestTree> history() {
        TestTree first = tree();
        TestTree second = first.copy();
        second.file("etc/passwd", 2_000, 10);
        second.remove("data/a/two");
        second.attributes("etc/large", 0444, List.of());
        second.directory("new");
        second.file("new/file", 100_000, 11);
        second.hardLink("new/linked", "etc/large");
        TestTree third = second.copy();
        third.rename("data/a", "moved");
        third.remove("data/z-link");
        third.hardLink("moved/z-link", "moved/one");
        third.remove("new");
        third.symlink("new", "data");
        third.remove("data/out");
        third.directory("data/out");
        third.file("data/out/inner", 7, 12);
        third.remove("data/pipe");
        third.file("data/pipe", 70_000, 3);
        TestTree fourth = third.copy();
        fourth.file("moved/one", 200_000, 13);
        fourth.remove("new");
        fourth.file("new", 3, 14);
        fourth.remove("data/out");
        fourth.fifo("data/out");
        return List.of(first, second, third, fourth);
    }

    @Test
    void keepsEveryPointOfATree() throws IOException {
        List<TestTree> history = history();
        Path at = directory.resolve("pool");
        try (ImagePool pool = PoolDriver.openWithSystem(at)) {
            for (TestTree tree : history) {
                PoolDriver.replicate(
                        pool, "k" + history.indexOf(tree), Map.of(), Map.of("files", tree));
                checkNative(pool, tree);
                VerifyReport report = pool.verify("s", Progress.NONE).orThrow();
                assertTrue(report.intact(), report.findings()::toString);
            }
            for (int number = 1; number <= history.size(); number++) {
                Path out = directory.resolve("out" + number);
                pool.export("s", number, out, Progress.NONE).orThrow();
                assertSame(
                        history.get(number - 1).manifest(), TreeReader.read(out.resolve("files")));
            }
        }
        try (ImagePool pool = PoolDriver.open(at)) {
            assertEquals(history.getLast().manifest(), pool.treeManifest("s", "files").orThrow());
            assertEquals(2, pool.keepLast("s", 2).orThrow());
            assertTrue(pool.verify("s", Progress.NONE).orThrow().intact());
        }
    }

    private static void checkNative(ImagePool pool, TestTree tree) throws IOException {
        Path root = pool.newestImage("s", "files").orThrow();
        // files of the tree have further names in the reverse deltas, so links are compared apart
        assertSame(tree.manifest(), TreeReader.read(root));
    }

    private static void assertSame(TreeManifest expected, TreeManifest actual) {
        List<TreeChange> changes = actual.changesSince(expected);
        assertEquals(List.of(), changes);
    }

    @Test
    void doesNotNeedTheContentOfAMovedDirectory() {
        TestTree tree = tree();
        try (ImagePool pool = PoolDriver.openWithSystem(directory.resolve("pool"))) {
            PoolDriver.replicate(pool, "a", Map.of(), Map.of("files", tree));
            tree.rename("data/a", "elsewhere");
            tree.remove("data/z-link");
            RecoveryPoint point = PoolDriver.replicate(pool, "b", Map.of(), Map.of("files", tree));
            assertEquals(0, point.receivedBytes());
            assertEquals(0, point.changedBytes());
            assertTrue(pool.verify("s", Progress.NONE).orThrow().intact());
        }
    }

    @Test
    void cannotBeLedOutOfThePoolByLinks() throws IOException {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        TestTree tree = new TestTree();
        tree.symlink("a", outside.toString());
        try (ImagePool pool = PoolDriver.openWithSystem(directory.resolve("pool"))) {
            PoolDriver.replicate(pool, "a", Map.of(), Map.of("files", tree));
            IncomingPoint point =
                    pool.begin(PoolDriver.request(pool, "b", Map.of(), Map.of("files", tree)))
                            .orThrow();
            TestTree victim = new TestTree();
            victim.directory("a");
            victim.file("a/passwd", 5, 1);
            TreeEntry file = victim.manifest().find(TreePath.of("a/passwd")).orElseThrow();
            // a file below what is a symbolic link in the same manifest
            point.putEntry("files", file).orThrow();
            assertEquals(
                    "pool.tree-impossible",
                    point.commit(Map.of("files", tree.manifest().root()), Progress.NONE)
                            .problem()
                            .orElseThrow()
                            .code());
            // the symbolic link becomes a directory in the same commit as a file below it
            point.discard();
            PoolDriver.replicate(pool, "c", Map.of(), Map.of("files", victim));
            assertTrue(Files.isDirectory(pool.newestImage("s", "files").orThrow().resolve("a")));
            assertEquals(0, Files.list(outside).count());
        }
    }

    @Test
    void refusesAHardLinkToNothingAndContentInAHole() {
        TestTree tree = tree();
        try (ImagePool pool = PoolDriver.openWithSystem(directory.resolve("pool"))) {
            IncomingPoint point =
                    pool.begin(PoolDriver.request(pool, "b", Map.of(), Map.of("files", tree)))
                            .orThrow();
            PoolDriver.send(pool, point, Map.of(), Map.of("files", tree));
            point.removeEntry("files", TreePath.of("data/a/one")).orThrow();
            assertEquals(
                    "pool.tree-impossible",
                    point.commit(Map.of("files", tree.manifest().root()), Progress.NONE)
                            .problem()
                            .orElseThrow()
                            .code());
            byte[] content = new byte[Blocks.SIZE];
            content[5000] = 1;
            tree.file("liar", content, List.of(new ByteRange(4096, 4096)));
            PoolDriver.send(pool, point, Map.of(), Map.of("files", tree));
            assertEquals(
                    "pool.tree-impossible",
                    point.commit(Map.of("files", tree.manifest().root()), Progress.NONE)
                            .problem()
                            .orElseThrow()
                            .code());
            tree.remove("liar");
            point.removeEntry("files", TreePath.of("liar")).orThrow();
            PoolDriver.send(pool, point, Map.of(), Map.of("files", tree));
            point.commit(Map.of("files", tree.manifest().root()), Progress.NONE).orThrow();
            assertTrue(pool.verify("s", Progress.NONE).orThrow().intact());
        }
    }

    @Test
    void keepsNamesThatAreNoUtf8AndDevices() throws IOException {
        assumeTrue(
                "root".equals(System.getProperty("user.name")), "device nodes need the superuser");
        TestTree tree = new TestTree();
        tree.put(
                new TreeEntry(
                        TreePath.of(new byte[] {'x', (byte) 0xff, (byte) 0xfe}),
                        EntryKind.FILE,
                        04755,
                        1234,
                        5678,
                        -1_500_000_000L,
                        0,
                        RawBytes.of(""),
                        0,
                        0,
                        List.of(),
                        List.of(),
                        HashList.EMPTY));
        tree.put(
                new TreeEntry(
                        TreePath.of("null"),
                        EntryKind.CHARACTER_DEVICE,
                        0666,
                        0,
                        6,
                        77,
                        0,
                        RawBytes.of(""),
                        1,
                        3,
                        List.of(),
                        List.of(),
                        HashList.EMPTY));
        tree.put(
                new TreeEntry(
                        TreePath.of("big"),
                        EntryKind.BLOCK_DEVICE,
                        0660,
                        0,
                        6,
                        77,
                        0,
                        RawBytes.of(""),
                        259,
                        1_000_000,
                        List.of(),
                        List.of(),
                        HashList.EMPTY));
        byte[] acl = {
            2, 0, 0, 0, 1, 0, 6, 0, -1, -1, -1, -1, 2, 0, 4, 0, 57, 48, 0, 0, 4, 0, 4, 0, -1, -1,
            -1, -1, 16, 0, 4, 0, -1, -1, -1, -1, 32, 0, 0, 0, -1, -1, -1, -1
        };
        tree.file("acl", 10, 1);
        tree.attributes(
                "acl",
                0640,
                List.of(
                        new ExtendedAttribute(
                                RawBytes.of("system.posix_acl_access"), RawBytes.of(acl)),
                        new ExtendedAttribute(RawBytes.of("trusted.note"), RawBytes.of("t"))));
        try (ImagePool pool = PoolDriver.openWithSystem(directory.resolve("pool"))) {
            RecoveryPoint point = PoolDriver.replicate(pool, "a", Map.of(), Map.of("files", tree));
            PooledVolume volume = point.volume("files").orElseThrow();
            assumeTrue(
                    volume.notKept().isEmpty(),
                    () -> "this machine cannot keep " + volume.notKept());
            assertSame(tree.manifest(), TreeReader.read(pool.newestImage("s", "files").orThrow()));
            assertTrue(pool.verify("s", Progress.NONE).orThrow().intact());
        }
    }

    @Test
    void saysWhatTheJdkAloneCannotKeep() {
        TestTree tree = tree();
        try (ImagePool pool =
                PoolDriver.opener(LocalPoolFiles.withoutNativeCalls())
                        .open(directory.resolve("pool"), PoolDriver.SETTINGS)
                        .orThrow()) {
            pool.addSystem("s", "Server").orThrow();
            for (TestTree state : history()) {
                PoolDriver.replicate(
                        pool, "k" + tree.manifest().size(), Map.of(), Map.of("files", state));
                VerifyReport report = pool.verify("s", Progress.NONE).orThrow();
                assertTrue(report.intact(), report.findings()::toString);
            }
            RecoveryPoint newest = pool.points("s").orThrow().getFirst();
            assertTrue(
                    newest.volume("files")
                            .orElseThrow()
                            .notKept()
                            .containsAll(List.of("FIFO", "TIME")));
        }
    }

    @Test
    void findsWhatAStrangerChangedInTheTree() throws IOException {
        TestTree tree = tree();
        try (ImagePool pool = PoolDriver.openWithSystem(directory.resolve("pool"))) {
            PoolDriver.replicate(pool, "a", Map.of(), Map.of("files", tree));
            Path root = pool.newestImage("s", "files").orThrow();
            Files.writeString(root.resolve("etc/passwd"), "root::0:0");
            Files.writeString(root.resolve("stranger"), "x");
            Files.delete(root.resolve("data/a/two"));
            VerifyReport report = pool.verify("s", Progress.NONE).orThrow();
            assertFalse(report.intact());
            List<String> said =
                    report.findings().stream()
                            .map(finding -> finding.explanation())
                            .map(why -> why.code() + why.arguments())
                            .toList();
            assertTrue(said.contains("pool.found-stranger[/, [stranger]]"), said::toString);
            assertTrue(said.contains("pool.found-entry-missing[data/a/two]"), said::toString);
            assertTrue(said.contains("pool.found-entry[etc/passwd, size]"), said::toString);
            assertTrue(said.contains("pool.found-block[etc/passwd, 0]"), said::toString);
        }
    }

    @Test
    void commitsDisksAndTreesTogether() throws IOException {
        TestTree tree = tree();
        TestDisk disk = new TestDisk(5 * Blocks.SIZE);
        disk.fill(1, 1);
        try (ImagePool pool = PoolDriver.openWithSystem(directory.resolve("pool"))) {
            PoolDriver.replicate(pool, "a", Map.of("disk0", disk), Map.of("files", tree));
            disk.fill(2, 2);
            tree.file("etc/passwd", 10, 77);
            TestDisk more = new TestDisk(3 * Blocks.SIZE);
            more.fill(0, 9);
            // a volume that joins later
            PoolDriver.replicate(
                    pool, "b", Map.of("disk0", disk, "disk1", more), Map.of("files", tree));
            assertArrayEquals(
                    disk.content, Files.readAllBytes(pool.newestImage("s", "disk0").orThrow()));
            assertArrayEquals(
                    more.content, Files.readAllBytes(pool.newestImage("s", "disk1").orThrow()));
            checkNative(pool, tree);
            assertTrue(pool.verify("s", Progress.NONE).orThrow().intact());
            pool.export("s", 1, directory.resolve("out"), Progress.NONE).orThrow();
            assertFalse(Files.exists(directory.resolve("out/disk1.img")));
            PointRequest without =
                    PoolDriver.request(pool, "c", Map.of("disk0", disk), Map.of("files", tree));
            assertEquals(
                    "pool.volume-left-out", pool.begin(without).problem().orElseThrow().code());
        }
    }

    @Test
    void aSmallChangeOfALargeFileKeepsBothStates() throws IOException {
        byte[] content = new byte[40 * Blocks.SIZE + 100];
        new Random(9).nextBytes(content);
        Arrays.fill(content, 20 * Blocks.SIZE, 23 * Blocks.SIZE, (byte) 0);
        List<ByteRange> holes = List.of(new ByteRange(21 * Blocks.SIZE, Blocks.SIZE));
        TestTree before = new TestTree();
        before.file("large", content, holes);
        byte[] changed = content.clone();
        changed[7 * Blocks.SIZE + 5] ^= 1;
        changed[39 * Blocks.SIZE] ^= 1;
        TestTree after = before.copy();
        after.file("large", changed, holes);
        try (ImagePool pool = PoolDriver.openWithSystem(directory.resolve("pool"))) {
            PoolDriver.replicate(pool, "1", Map.of(), Map.of("files", before));
            PoolDriver.replicate(pool, "2", Map.of(), Map.of("files", after));
            checkNative(pool, after);
            VerifyReport report = pool.verify("s", Progress.NONE).orThrow();
            assertTrue(report.intact(), report.findings()::toString);
            Path out = directory.resolve("out");
            pool.export("s", 1, out, Progress.NONE).orThrow();
            assertSame(before.manifest(), TreeReader.read(out.resolve("files")));
        }
    }
}
