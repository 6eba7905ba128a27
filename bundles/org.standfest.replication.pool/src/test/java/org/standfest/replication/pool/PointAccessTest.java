package org.standfest.replication.pool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.standfest.replication.pool.PoolDriver.code;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.TreePath;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;

/** What travels with a point, and what can be got out of it. */
final class PointAccessTest {

    @TempDir Path directory;

    /** A GPT with one partition of 1 MiB at 1 MiB. */
    private static void gpt(TestDisk disk) {
        ByteBuffer table = ByteBuffer.wrap(disk.content).order(ByteOrder.LITTLE_ENDIAN);
        table.put(446 + 4, (byte) 0xee).putInt(446 + 8, 1).putInt(446 + 12, 4_095);
        table.putShort(510, (short) 0xaa55);
        table.put(1_024, new byte[] {(byte) 0xaf, 0x3d, (byte) 0xc6, 0x0f});
        table.putShort(1_028, (short) 0x8483).putShort(1_030, (short) 0x4772);
        table.put(
                1_032,
                new byte[] {(byte) 0x8e, 0x79, 0x3d, 0x69, (byte) 0xd8, 0x47, 0x7d, (byte) 0xe4});
        table.putLong(1_024 + 32, 2_048).putLong(1_024 + 40, 4_095);
        table.put(1_024 + 56, "root;fs".getBytes(StandardCharsets.UTF_16LE));
        byte[] entries = new byte[128 * 128];
        table.get(1_024, entries);
        CRC32 crc = new CRC32();
        crc.update(entries);
        table.put(512, "EFI PART".getBytes(StandardCharsets.US_ASCII)).putInt(520, 0x10000);
        table.putInt(524, 92).putLong(512 + 72, 2).putInt(512 + 80, 128).putInt(512 + 84, 128);
        table.putInt(512 + 88, (int) crc.getValue());
        byte[] header = new byte[92];
        table.get(512, header);
        crc.reset();
        crc.update(header);
        table.putInt(512 + 16, (int) crc.getValue());
    }

    @Test
    void partitionsTravelWithThePointAndLeadTheMount() {
        TestDisk disk = new TestDisk(64 * Blocks.SIZE);
        gpt(disk);
        try (ImagePool pool = PoolDriver.openWithSystem(directory.resolve("pool"))) {
            PoolDriver.replicate(pool, "a", Map.of("disk0", disk), Map.of());
            disk.fill(40, 1);
            PoolDriver.replicate(pool, "b", Map.of("disk0", disk), Map.of());
            PartitionTable table = pool.access().partitions("s", 2, "disk0").orThrow();
            assertEquals("gpt", table.scheme());
            assertEquals(
                    List.of(
                            new PartitionTable.Partition(
                                    1,
                                    1 << 20,
                                    1 << 20,
                                    "0fc63daf-8483-4772-8e79-3d69d8477de4",
                                    "root,fs",
                                    false)),
                    table.partitions());
            MountHint hint = pool.access().mountHint("s", 2, "disk0").orThrow();
            assertEquals("guestmount", hint.alternatives().getFirst().tool());
            assertTrue(
                    hint.alternatives().toString().contains("offset=1048576,sizelimit=1048576"),
                    hint::toString);
            MountHint old = pool.access().mountHint("s", 1, "disk0").orThrow();
            assertTrue(old.toString().contains("standfest pool export s --point 1"));
            disk.zero(0);
            PoolDriver.replicate(pool, "c", Map.of("disk0", disk), Map.of());
            assertEquals(PartitionTable.NONE, pool.access().partitions("s", 3, "disk0").orThrow());
        }
    }

    @Test
    void readsAnMbrAndNoNonsense() {
        TestDisk disk = new TestDisk(64 * Blocks.SIZE);
        ByteBuffer table = ByteBuffer.wrap(disk.content).order(ByteOrder.LITTLE_ENDIAN);
        table.putShort(510, (short) 0xaa55).putInt(440, 0x1234abcd);
        table.put(446, (byte) 0x80).put(450, (byte) 0x83).putInt(454, 2_048).putInt(458, 4_096);
        table.put(466, (byte) 0x83).putInt(470, 6_144).putInt(474, Integer.MAX_VALUE);
        try (ImagePool pool = PoolDriver.openWithSystem(directory.resolve("pool"))) {
            PoolDriver.replicate(pool, "a", Map.of("disk0", disk), Map.of());
            PartitionTable found = pool.access().partitions("s", 1, "disk0").orThrow();
            assertEquals("mbr", found.scheme());
            assertEquals("1234abcd", found.diskId());
            assertEquals(1, found.partitions().size(), "one lies beyond the disk");
            assertTrue(found.partitions().getFirst().bootable());
        }
    }

    @Test
    void attachmentsAreKeptOncePerContent() throws IOException {
        Path at = directory.resolve("pool");
        TestDisk disk = new TestDisk(2 * Blocks.SIZE);
        byte[] nvram = new byte[540_672];
        nvram[7] = 1;
        try (ImagePool pool = PoolDriver.openWithSystem(at)) {
            for (int i = 0; i < 3; i++) {
                disk.fill(0, i);
                nvram[8] = (byte) (i / 2);
                IncomingPoint point =
                        pool.begin(
                                        PoolDriver.request(
                                                pool, "k" + i, Map.of("disk0", disk), Map.of()))
                                .orThrow();
                point.putAttachment("nvram.fd", ByteBuffer.wrap(nvram)).orThrow();
                assertEquals(
                        "pool.request-wrong",
                        code(point.putAttachment("../x", ByteBuffer.allocate(1))));
                assertEquals(
                        "pool.request-wrong",
                        code(point.putAttachment("x", ByteBuffer.allocate(5 << 20))));
                point.commit(
                                PoolDriver.send(pool, point, Map.of("disk0", disk), Map.of()),
                                Progress.NONE)
                        .orThrow();
            }
            Path kept = at.resolve("systems/s/attachments");
            assertEquals(2, new LocalPoolFiles().list(kept).size());
            assertEquals(Map.of("nvram.fd", 540_672L), pool.access().attachments("s", 1).orThrow());
            assertEquals(
                    ByteBuffer.wrap(nvram), pool.access().attachment("s", 3, "nvram.fd").orThrow());
            assertEquals("pool.attachment-unknown", code(pool.access().attachment("s", 3, "x")));
            pool.keepLast("s", 1).orThrow();
            assertEquals(1, new LocalPoolFiles().list(kept).size());
            IndependentReaderTest.check(at);
            Path file = kept.resolve(new LocalPoolFiles().list(kept).getFirst());
            Files.write(file, new byte[540_672]);
            assertEquals("pool.damaged", code(pool.access().attachment("s", 3, "nvram.fd")));
        }
    }

    @Test
    void restoresOneEntryOutOfAnyPoint() throws IOException {
        List<TestTree> trees = TreePoolTest.history();
        try (ImagePool pool = PoolDriver.openWithSystem(directory.resolve("pool"))) {
            for (int i = 0; i < trees.size(); i++) {
                PoolDriver.replicate(pool, "k" + i, Map.of(), Map.of("files", trees.get(i)));
            }
            for (int i = 0; i < trees.size(); i++) {
                int number = i + 1;
                for (var entry : trees.get(i).manifest()) {
                    if (entry.path().isRoot() || entry.path().parent().equals(TreePath.ROOT)) {
                        Path out = directory.resolve("out");
                        int count =
                                pool.access()
                                        .restore(
                                                "s",
                                                number,
                                                "files",
                                                entry.path(),
                                                out,
                                                Progress.NONE)
                                        .orThrow();
                        assertTrue(count >= 1);
                        if (entry.path().isRoot()) {
                            assertEquals(
                                    List.of(),
                                    TreeReader.read(out).changesSince(trees.get(i).manifest()));
                        } else {
                            assertEquals(1, new LocalPoolFiles().list(out).size());
                        }
                        new LocalPoolFiles().deleteTree(out);
                    }
                }
            }
            Path out = directory.resolve("out");
            assertEquals(
                    "pool.entry-unknown",
                    code(
                            pool.access()
                                    .restore(
                                            "s",
                                            1,
                                            "files",
                                            TreePath.of("not/there"),
                                            out,
                                            Progress.NONE)));
            assertEquals(
                    "pool.target-in-pool",
                    code(
                            pool.access()
                                    .exportVolume(
                                            "s",
                                            1,
                                            "files",
                                            directory.resolve("pool/x"),
                                            Progress.NONE)));
        }
    }

    /** Cancels when it is asked for the n-th time. */
    private static Progress cancelledAt(int n) {
        AtomicInteger asked = new AtomicInteger();
        return new Progress() {
            @Override
            public void report(long doneBytes, long totalBytes) {}

            @Override
            public boolean cancelled() {
                return asked.incrementAndGet() >= n;
            }
        };
    }

    @Test
    void whatWasCancelledLeavesNoPartAndMayBeginAgain() throws IOException {
        TestDisk disk = new TestDisk(3 * Blocks.SIZE);
        disk.fill(0, 1);
        TestTree tree = TreePoolTest.history().getFirst();
        Path whole = Files.createDirectory(directory.resolve("whole"));
        Path volume = directory.resolve("disk0.img");
        Path file = directory.resolve("etc");
        try (ImagePool pool = PoolDriver.openWithSystem(directory.resolve("pool"))) {
            PoolDriver.replicate(pool, "a", Map.of("disk0", disk), Map.of("files", tree));
            PointAccess access = pool.access();
            TreePath etc = TreePath.of("etc");
            // the disk is complete by then, and a part of the tree
            String cancelled = "pool.cancelled";
            assertEquals(cancelled, code(pool.export("s", 1, whole, cancelledAt(6))));
            assertEquals(
                    cancelled, code(access.exportVolume("s", 1, "disk0", volume, cancelledAt(2))));
            assertEquals(
                    cancelled, code(access.restore("s", 1, "files", etc, file, cancelledAt(2))));
            assertEquals(List.of(), new LocalPoolFiles().list(whole));
            assertFalse(Files.exists(volume));
            assertFalse(Files.exists(file));

            pool.export("s", 1, whole, Progress.NONE).orThrow();
            access.exportVolume("s", 1, "disk0", volume, Progress.NONE).orThrow();
            access.restore("s", 1, "files", etc, file, Progress.NONE).orThrow();
            assertArrayEquals(disk.content, Files.readAllBytes(volume));
            assertEquals("pool.target-not-empty", code(pool.export("s", 1, whole, Progress.NONE)));
            assertEquals(-1, Files.mismatch(volume, whole.resolve("disk0.img")));
        }
    }

    @Test
    void whatOthersPutBesideAnExportStaysWhenItIsCancelled() throws IOException {
        TestTree tree = TreePoolTest.history().getFirst();
        Path whole = Files.createDirectory(directory.resolve("whole"));
        Path part = Files.createDirectory(directory.resolve("part"));
        try (ImagePool pool = PoolDriver.openWithSystem(directory.resolve("pool"))) {
            PoolDriver.replicate(pool, "a", Map.of(), Map.of("files", tree));
            assertEquals("pool.cancelled", code(pool.export("s", 1, whole, beside(whole))));
            TreePath root = TreePath.ROOT;
            assertEquals(
                    "pool.cancelled",
                    code(pool.access().restore("s", 1, "files", root, part, beside(part))));
        }
        assertEquals(List.of("strange"), new LocalPoolFiles().list(whole));
        assertEquals(List.of("strange"), new LocalPoolFiles().list(part));
    }

    /** Puts something into a folder when it is asked first, and cancels the next time. */
    private static Progress beside(Path folder) {
        AtomicInteger asked = new AtomicInteger();
        return new Progress() {
            @Override
            public void report(long doneBytes, long totalBytes) {}

            @Override
            public boolean cancelled() {
                try {
                    Files.write(folder.resolve("strange"), new byte[1]);
                } catch (IOException fault) {
                    throw new AssertionError(fault);
                }
                return asked.incrementAndGet() >= 3;
            }
        };
    }

    private static BlockHash replicate(
            ImagePool pool, String system, TestDisk disk, boolean known) {
        IncomingPoint point =
                pool.begin(
                                new PointRequest(
                                        system,
                                        "k",
                                        1,
                                        PoolDriver.TAKEN,
                                        Optional.empty(),
                                        List.of(
                                                new PointRequest.Volume(
                                                        "sda",
                                                        VolumeKind.DISK,
                                                        disk.content.length)),
                                        Map.of()))
                        .orThrow();
        for (long i = 0; i < Blocks.count(disk.content.length); i++) {
            BlockHash hash = disk.manifest().hash(i);
            assertEquals(known, point.putKnown("sda", i, hash).orThrow(), system + i);
            assertEquals(known ? 0 : 1, point.lacking(List.of(hash)).orThrow().size(), system + i);
            if (!known) {
                point.putBlock("sda", i, hash, disk.block(i)).orThrow();
            }
        }
        return point.commit(Map.of("sda", disk.manifest().root()), Progress.NONE)
                .orThrow()
                .volumes()
                .getFirst()
                .root();
    }

    @Test
    void contentIsKnownWithinACustomerAndNeverBeyond() throws IOException {
        Path at = directory.resolve("pool");
        TestDisk disk = new TestDisk(9 * Blocks.SIZE + 512);
        for (int i = 0; i < 10; i++) {
            disk.fill(i, 70 + i);
        }
        try (ImagePool pool = PoolDriver.open(at)) {
            for (String system : List.of("a1", "a2", "a3", "b1", "free")) {
                pool.addSystem(system, system).orThrow();
                String customer = system.equals("free") ? "" : system.substring(0, 1);
                pool.setRules(system, new SystemRules(customer, 0, Duration.ZERO)).orThrow();
            }
            replicate(pool, "a1", disk, false);
            replicate(pool, "a2", disk, true);
            replicate(pool, "b1", disk, false);
            replicate(pool, "free", disk, false);
        }
        // an index that lies costs a look and nothing else; one that is gone is made anew
        Path index = at.resolve("customers/a.index");
        byte[] bytes = Files.readAllBytes(index);
        for (int i = 64; i < bytes.length; i += 16) {
            bytes[i + 15] ^= 1;
        }
        Files.write(index, bytes);
        try (ImagePool pool = PoolDriver.open(at)) {
            pool.addSystem("a4", "a4").orThrow();
            pool.setRules("a4", new SystemRules("a", 0, Duration.ZERO)).orThrow();
            replicate(pool, "a3", disk, false);
        }
        Files.delete(index);
        try (ImagePool pool = PoolDriver.open(at)) {
            replicate(pool, "a4", disk, true);
            assertTrue(pool.verify("a4", Progress.NONE).orThrow().intact());
            assertFalse(pool.verify("a2", Progress.NONE).orThrow().points() == 0);
            assertArrayEquals(
                    disk.content, Files.readAllBytes(pool.newestImage("a4", "sda").orThrow()));
        }
    }

    @Test
    void aPoolOfFormatOneBecomesOneOfFormatTwo() throws IOException {
        Path at = directory.resolve("pool");
        TestDisk disk = new TestDisk(4 * Blocks.SIZE);
        try (ImagePool pool = PoolDriver.openWithSystem(at)) {
            for (int i = 0; i < 3; i++) {
                disk.fill(i, i);
                PoolDriver.replicate(pool, "k" + i, Map.of("disk0", disk), Map.of());
            }
        }
        FormatOne.make(at);
        try (ImagePool pool = PoolDriver.openWithSystem(at)) {
            assertEquals(3, pool.points("s").orThrow().size());
            disk.fill(3, 9);
            PoolDriver.replicate(pool, "new", Map.of("disk0", disk), Map.of());
            pool.export("s", 1, directory.resolve("out"), Progress.NONE).orThrow();
            pool.upkeep().repair("s", true, Progress.NONE).orThrow();
            assertTrue(pool.verify("s", Progress.NONE).orThrow().intact());
            pool.retention().remove("s", 2, Progress.NONE).orThrow();
        }
        assertTrue(Files.readString(at.resolve("pool.properties")).contains("format=2"));
        IndependentReaderTest.check(at);
    }

    @Test
    void refusesUnknownVersions() throws IOException {
        Path at = directory.resolve("pool");
        PoolDriver.open(at).close();
        Files.writeString(at.resolve("pool.properties"), "format=3\n");
        Files.writeString(at.resolve("pool.properties.copy"), "format=3\n");
        assertEquals(
                "pool.damaged",
                code(PoolDriver.opener(new LocalPoolFiles()).open(at, PoolDriver.SETTINGS)));
    }
}
