package org.standfest.replication.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.IncomingPoint;
import org.standfest.replication.pool.PointRequest;
import org.standfest.replication.pool.PoolOpener;
import org.standfest.replication.pool.PoolSettings;
import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.trust.SignedStatement;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

class CourierExportTest {

    private static final int SIZE = 12 << 20;

    @TempDir private Path folder;
    private StandbyRig rig;
    private Path image;
    private Path disk;

    @BeforeEach
    void start() throws IOException {
        rig = new StandbyRig(folder, Clock.systemUTC());
        rig.enrol("web");
        image = folder.resolve("disk.img");
        byte[] content = new byte[SIZE];
        new SplittableRandom(3).nextBytes(content);
        Files.write(image, content);
        disk = folder.resolve("usb");
        rig.done("web", "protect", "--system", "s", "--disk", "disk=file:" + image);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private void export() {
        rig.done("web", "courier", "--system", "s", "--to", disk.toString());
    }

    private ImagePool courierPool() {
        return new PoolOpener(rig.files, Clock.systemUTC(), StandbyRig.RANDOM)
                .open(disk.resolve("pool"), new PoolSettings(0))
                .orThrow();
    }

    @Test
    void theSheetIsSignedAndSaysWhatIsOnTheDisk() throws IOException {
        export();
        byte[] statement = Files.readAllBytes(disk.resolve("courier.properties"));
        byte[] sheet = Files.readAllBytes(disk.resolve("courier.sig"));
        assertEquals("web", SignedStatement.verify(statement, sheet, rig.authority).orThrow());
        Map<String, String> said = PropertiesFile.read(disk.resolve("courier.properties"));
        try (ImagePool pool = courierPool()) {
            RecoveryPoint point = pool.points("s").orThrow().getFirst();
            assertEquals(point.id(), said.get("point"));
            assertEquals(point.volumes().getFirst().root().toString(), said.get("roots"));
            assertEquals(-1, Files.mismatch(image, pool.newestImage("s", "disk").orThrow()));
        }
        statement[statement.length - 2] ^= 1;
        assertEquals(
                "trust.statement-wrong",
                SignedStatement.verify(statement, sheet, rig.authority)
                        .problem()
                        .orElseThrow()
                        .code());
        statement[statement.length - 2] ^= 1;
        rig.authority.revoke("web", "stolen").orThrow();
        assertEquals(
                "trust.revoked",
                SignedStatement.verify(statement, sheet, rig.authority)
                        .problem()
                        .orElseThrow()
                        .code());
    }

    @Test
    void afterTheCourierArrivedOnlyChangesTravel() throws IOException {
        export();
        try (ImagePool pool = courierPool()) {
            arrive(pool.points("s").orThrow().getFirst(), pool.newestImage("s", "disk").orThrow());
        }
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.seek(700_000);
            file.write(1);
        }
        String said = rig.done("web", "run", "--system", "s", "--json");
        assertTrue(said.contains("\"blocksSent\":\"1\""), said);
        String wire = said.replaceFirst("(?s).*\"bytesOnWire\":\"(\\d+)\".*", "$1");
        assertTrue(Long.parseLong(wire) < 80_000, "no manifest travelled either: " + wire);
        assertEquals(-1, Files.mismatch(image, rig.pool.newestImage("s", "disk").orThrow()));
    }

    /** What a standby does with a courier disk, in short. */
    private void arrive(RecoveryPoint point, Path content) throws IOException {
        rig.authority.claim("web", "s").orThrow();
        rig.pool.addSystem("s", "s").orThrow();
        PointRequest request =
                new PointRequest(
                        "s",
                        "courier",
                        1,
                        point.takenAt(),
                        Optional.empty(),
                        List.of(new PointRequest.Volume("disk", VolumeKind.DISK, SIZE)),
                        Map.of());
        byte[] bytes = Files.readAllBytes(content);
        BlockHasher hasher = new BlockHasher();
        try (IncomingPoint incoming = rig.pool.begin(request).orThrow()) {
            for (int at = 0; at < bytes.length; at += Blocks.SIZE) {
                int length = Math.min(Blocks.SIZE, bytes.length - at);
                ByteBuffer block = ByteBuffer.wrap(bytes, at, length).slice();
                BlockHash hash = hasher.hash(block.duplicate());
                incoming.putBlock("disk", at / Blocks.SIZE, hash, block).orThrow();
            }
            incoming.commit(Map.of("disk", point.volumes().getFirst().root()), Progress.NONE)
                    .orThrow();
        }
    }

    @Test
    void anExportThatWasBrokenOffGoesOn() throws Exception {
        SlowDisks slow = new SlowDisks();
        rig.providers.add(slow);
        rig.done("web", "protect", "--system", "s", "--disk", "disk=slow:anything");
        Thread exporting =
                Thread.ofPlatform()
                        .start(
                                () ->
                                        rig.agent(
                                                "web",
                                                "courier",
                                                "--system",
                                                "s",
                                                "--to",
                                                disk.toString()));
        Path staged = disk.resolve("pool");
        StandbyRig.await(() -> bytesBelow(staged) > 8 << 20);
        rig.stopResidents();
        exporting.join();
        assertTrue(Files.notExists(disk.resolve("courier.sig")), "no sheet for half a copy");
        slow.slow = false;
        String said =
                rig.done("web", "courier", "--system", "s", "--to", disk.toString(), "--json");
        String sent = said.replaceFirst("(?s).*\"blocksSent\":\"(\\d+)\".*", "$1");
        assertTrue(Long.parseLong(sent) < 1024 - 64, "begun anew: " + said);
        assertTrue(Files.exists(disk.resolve("courier.sig")));
    }

    /** What was really written: images are as long as the disk from the beginning. */
    private long bytesBelow(Path directory) {
        try {
            return rig.files.allocatedBytes(directory);
        } catch (IOException _) {
            return 0;
        }
    }
}
