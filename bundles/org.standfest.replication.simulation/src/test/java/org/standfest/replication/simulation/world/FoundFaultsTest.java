package org.standfest.replication.simulation.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.IncomingPoint;
import org.standfest.replication.pool.PointRequest;
import org.standfest.replication.pool.PoolOpener;
import org.standfest.replication.pool.PoolSettings;
import org.standfest.replication.pool.Progress;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.DiskManifest;
import org.standfest.replication.simulation.disk.Act;
import org.standfest.replication.simulation.disk.DiskRules;
import org.standfest.replication.simulation.disk.Hand;
import org.standfest.replication.simulation.disk.ProcessEnd;
import org.standfest.replication.simulation.disk.SimDisk;
import org.standfest.replication.simulation.disk.SimFiles;
import org.standfest.replication.simulation.machine.SimClock;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** The faults that seeds found, each as the shortest life that shows it. */
class FoundFaultsTest {

    private static final int BLOCKS = 3;

    private final SimClock clock = new SimClock();
    private final SplittableRandom random = new SplittableRandom(1);

    private SimDisk disk(boolean journalled) {
        return disk(journalled, false);
    }

    private SimDisk disk(boolean journalled, boolean syncsAtOnce) {
        SimDisk disk =
                new SimDisk(
                        new DiskRules(journalled, false, syncsAtOnce),
                        random.split(),
                        clock::wallNanos);
        PoolWorld.furnish(disk);
        return disk;
    }

    private Outcome<ImagePool> open(SimDisk disk, Hand hand) {
        return new PoolOpener(new SimFiles(disk, hand), clock, clock, random)
                .open(PoolHouse.POOL, new PoolSettings(0));
    }

    private static IncomingPoint begin(ImagePool pool, String key) {
        return pool.begin(
                        new PointRequest(
                                "s",
                                key,
                                1,
                                java.time.Instant.EPOCH,
                                Optional.empty(),
                                List.of(
                                        new PointRequest.Volume(
                                                "disk0",
                                                VolumeKind.DISK,
                                                (long) BLOCKS * Blocks.SIZE)),
                                Map.of()))
                .orThrow();
    }

    /** Seed 162 of the pool: stale bytes where zeros had to be. */
    @Test
    void contentWhoseRecordWasLostDoesNotStayInAFirstCopy() throws IOException {
        SimDisk disk = disk(true);
        ImagePool killed = open(disk, Hand.FREE).orThrow();
        killed.addSystem("s", "Server").orThrow();
        Block block = Block.random(random, Blocks.SIZE);
        begin(killed, "first").putBlock("disk0", 1, block.hash(), block.buffer()).orThrow();
        // killed: nothing is closed, records that waited in memory are gone, the image stays
        disk.unlockAll();
        try (ImagePool pool = open(disk, Hand.FREE).orThrow()) {
            IncomingPoint second = begin(pool, "second");
            second.putBlock("disk0", 0, block.hash(), block.buffer()).orThrow();
            DiskManifest.Editor expected = DiskManifest.zero((long) BLOCKS * Blocks.SIZE).edit();
            expected.set(0, block.hash());
            BlockHash root = expected.build().root();
            second.commit(Map.of("disk0", root), Progress.NONE).orThrow();
            byte[] image = disk.bytes(pool.newestImage("s", "disk0").orThrow());
            for (int i = Blocks.SIZE; i < image.length; i++) {
                assertEquals(0, image[i], "stale content at " + i);
            }
        }
    }

    /** Dies at the n-th change. */
    private static Hand dyingAt(int change) {
        int[] changes = new int[1];
        return (Act act, String path) -> {
            if (act.isChange() && ++changes[0] >= change) {
                throw new ProcessEnd(0.5);
            }
            return true;
        };
    }

    /** Whether it died. */
    private boolean makePoolAndSystem(SimDisk disk, Hand hand) {
        try (ImagePool pool = open(disk, hand).orThrow()) {
            pool.addSystem("s", "Server").orThrow();
            return false;
        } catch (ProcessEnd end) {
            disk.unlockAll();
            return true;
        }
    }

    /** Seeds 5 and 108 of the pool: what a death left half made could never be opened again. */
    @Test
    void aPoolAndASystemThatWereHalfMadeAreMadeWhole() {
        boolean died = true;
        for (int change = 1; died; change++) {
            for (boolean power : new boolean[] {false, true}) {
                SimDisk disk = disk(false);
                died = makePoolAndSystem(disk, dyingAt(change));
                if (power) {
                    disk.crash();
                }
                String where = "change " + change + (power ? ", power failure" : ", kill");
                try (ImagePool pool = open(disk, Hand.FREE).orThrow()) {
                    assertEquals(Map.of(), pool.damaged(), where);
                    pool.addSystem("s", "Server").orThrow();
                }
                // acknowledged from here on
                disk.crash();
                try (ImagePool pool = open(disk, Hand.FREE).orThrow()) {
                    assertTrue(pool.system("s").isPresent(), where);
                }
            }
        }
    }

    /** Seed 172 of the pool: one failed call to the disk made a system damaged until a restart. */
    @Test
    void aSystemThatTheDiskDidNotShowOnceIsShownTheNextTime() {
        SimDisk disk = disk(true);
        assertTrue(!makePoolAndSystem(disk, Hand.FREE));
        boolean[] broken = new boolean[1];
        Hand hand =
                (act, path) -> {
                    if (broken[0] && path.endsWith("/attachments")) {
                        throw new IOException("input/output error");
                    }
                    return true;
                };
        broken[0] = true;
        try (ImagePool pool = open(disk, hand).orThrow()) {
            assertTrue(!pool.points("s").isDone());
            broken[0] = false;
            assertEquals(List.of(), pool.points("s").orThrow());
        }
    }

    /** Seed 975 of the pool: a sheet torn while a decided commit was carried out. */
    @Test
    void aTornSheetOfACommitThatIsCarriedOutIsWrittenAgain() {
        Block block = Block.random(random, Blocks.SIZE);
        DiskManifest.Editor expected = DiskManifest.zero((long) BLOCKS * Blocks.SIZE).edit();
        expected.set(0, block.hash());
        BlockHash root = expected.build().root();
        boolean died = true;
        for (int change = 1; died; change++) {
            for (int attempt = 0; attempt < 4; attempt++) {
                SimDisk disk = disk(attempt % 2 == 0, true);
                makePoolAndSystem(disk, Hand.FREE);
                died = false;
                try (ImagePool pool = open(disk, dyingAt(change)).orThrow()) {
                    IncomingPoint point = begin(pool, "key");
                    point.putBlock("disk0", 0, block.hash(), block.buffer()).orThrow();
                    point.commit(Map.of("disk0", root), Progress.NONE).orThrow();
                } catch (ProcessEnd end) {
                    died = true;
                }
                disk.crash();
                try (ImagePool pool = open(disk, Hand.FREE).orThrow()) {
                    assertEquals(Map.of(), pool.damaged(), "change " + change);
                    assertTrue(died || pool.system("s").orElseThrow().newest().isPresent());
                }
            }
        }
    }

    /** Seed 2597 of the pool: a full disk, on which people need the pool most. */
    @Test
    void aPoolOnAFullDiskOpensAndIsRead() throws IOException {
        SimDisk disk = disk(true);
        Block block = Block.random(random, Blocks.SIZE);
        DiskManifest.Editor expected = DiskManifest.zero((long) BLOCKS * Blocks.SIZE).edit();
        expected.set(0, block.hash());
        try (ImagePool pool = open(disk, Hand.FREE).orThrow()) {
            pool.addSystem("s", "Server").orThrow();
            IncomingPoint point = begin(pool, "key");
            point.putBlock("disk0", 0, block.hash(), block.buffer()).orThrow();
            point.commit(Map.of("disk0", expected.build().root()), Progress.NONE).orThrow();
            clock.pass(Duration.ofHours(1));
            disk.capacity(disk.usedBytes());
        }
        try (ImagePool pool = open(disk, Hand.FREE).orThrow()) {
            assertEquals(1, pool.points("s").orThrow().size());
            assertTrue(pool.verify("s", Progress.NONE).orThrow().intact());
            assertTrue(disk.bytes(pool.newestImage("s", "disk0").orThrow()).length > 0);
        }
    }

    /** Seed 5474 of the pool: the pool said epoch 1, and after the next opening 2. */
    @Test
    void anEpochWhoseRaisingFailedIsWhatTheDiskHas() {
        for (int failing = 1; failing <= 10; failing++) {
            SimDisk disk = disk(true);
            makePoolAndSystem(disk, Hand.FREE);
            int[] left = {Integer.MAX_VALUE};
            Hand hand =
                    (act, path) -> {
                        if (act.isChange() && --left[0] == 0) {
                            throw new IOException("input/output error");
                        }
                        return true;
                    };
            long said;
            try (ImagePool pool = open(disk, hand).orThrow()) {
                left[0] = failing;
                assertEquals(failing > 9, pool.raiseEpoch("s").isDone(), "change " + failing);
                left[0] = Integer.MAX_VALUE;
                pool.points("s").orThrow();
                said = pool.system("s").orElseThrow().epoch();
            }
            disk.crash();
            try (ImagePool pool = open(disk, Hand.FREE).orThrow()) {
                assertEquals(said, pool.system("s").orElseThrow().epoch(), "change " + failing);
            }
        }
    }

    /** Seed 5609 of the pool: a killed process had named it, and no sync followed. */
    @Test
    void aSystemThatIsShownLasts() {
        boolean died = true;
        for (int change = 1; died; change++) {
            SimDisk disk = disk(false);
            died = makePoolAndSystem(disk, dyingAt(change));
            boolean shown;
            try (ImagePool pool = open(disk, Hand.FREE).orThrow()) {
                shown = pool.system("s").isPresent();
            }
            disk.crash();
            try (ImagePool pool = open(disk, Hand.FREE).orThrow()) {
                assertTrue(!shown || pool.system("s").isPresent(), "change " + change);
            }
        }
    }
}
