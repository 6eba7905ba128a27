package org.standfest.replication.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.engine.ReplicateHandler;
import org.standfest.replication.engine.SessionListener;
import org.standfest.replication.engine.courier.CourierInput;
import org.standfest.replication.engine.courier.CourierReplay;
import org.standfest.replication.pool.Progress;
import org.standfest.replication.pool.VerifyReport;
import org.standfest.results.Outcome;
import org.standfest.trust.Authority;
import org.standfest.trust.SignedStatement;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

@Timeout(120)
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

    private Map<String, String> sheet() throws IOException {
        return PropertiesFile.read(disk.resolve("courier.properties"));
    }

    /** What a standby does with a courier disk. */
    private Outcome<String> arrive() throws IOException {
        Map<String, String> sheet = sheet();
        byte[] key = rig.authority.unseal(Base64.getDecoder().decode(sheet.get("key"))).orThrow();
        rig.authority.claim("web", "s").orThrow();
        ReplicateHandler handler =
                new ReplicateHandler(
                        rig.pool,
                        (_, _) -> Outcome.done(),
                        SessionListener.NONE,
                        Clock.systemUTC());
        try (CourierInput input =
                new CourierInput(disk, key, Long.parseLong(sheet.get("chunks")))) {
            return new CourierReplay(
                            input,
                            new CourierReplay.Expected(
                                    "web", "s", List.of(sheet.get("roots").split(","))),
                            _ -> true)
                    .play(handler::serve);
        }
    }

    @Test
    void theSheetIsSignedAndNobodyElseReadsWhatIsOnTheDisk() throws IOException {
        Path tree = Files.createDirectories(folder.resolve("letters"));
        Files.writeString(tree.resolve("to the mayor"), "a word that nobody may read");
        rig.done("web", "protect", "--system", "s", "--tree", "letters=" + tree);
        export();
        byte[] statement = Files.readAllBytes(disk.resolve("courier.properties"));
        byte[] signature = Files.readAllBytes(disk.resolve("courier.sig"));
        assertEquals("web", SignedStatement.verify(statement, signature, rig.authority).orThrow());
        try (var files = Files.walk(disk)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertFalse(bytes.contains("mayor"), file::toString);
                assertFalse(bytes.contains("that nobody"), file::toString);
            }
        }
        // The key is not on the disk, and no longer at the agent; another standby makes another
        // one.
        assertTrue(Files.notExists(rig.home("web").courier("s")));
        byte[] shown = Base64.getDecoder().decode(sheet().get("key"));
        byte[] right = rig.authority.unseal(shown).orThrow();
        Authority stranger =
                Authority.open(
                                folder.resolve("stranger"),
                                Clock.systemUTC(),
                                StandbyRig.RANDOM,
                                _ -> {})
                        .orThrow();
        byte[] wrong = stranger.unseal(shown).orThrow();
        assertFalse(Arrays.equals(right, wrong));
        try (CourierInput input = new CourierInput(disk, wrong, 1)) {
            assertThrows(IOException.class, input::next);
        }
        assertTrue(stranger.unseal(new byte[91]).problem().isPresent(), "no point on the curve");
        statement[statement.length - 2] ^= 1;
        assertEquals(
                "trust.statement-wrong",
                SignedStatement.verify(statement, signature, rig.authority)
                        .problem()
                        .orElseThrow()
                        .code());
        statement[statement.length - 2] ^= 1;
        rig.authority.revoke("web", "stolen").orThrow();
        assertEquals(
                "trust.revoked",
                SignedStatement.verify(statement, signature, rig.authority)
                        .problem()
                        .orElseThrow()
                        .code());
    }

    @Test
    void afterTheCourierArrivedOnlyChangesTravel() throws IOException {
        Path tree = Files.createDirectories(folder.resolve("files/sub"));
        for (int i = 0; i < 30; i++) {
            Files.writeString(tree.resolve("file" + i), "content " + i);
        }
        Files.createSymbolicLink(tree.resolve("link"), Path.of("file1"));
        rig.done(
                "web",
                "protect",
                "--system",
                "s",
                "--disk",
                "disk=file:" + image,
                "--tree",
                "files=" + tree.getParent());
        export();
        arrive().orThrow();
        VerifyReport verified = rig.pool.verify("s", Progress.NONE).orThrow();
        assertTrue(verified.intact(), () -> verified.findings().toString());
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.seek(700_000);
            file.write(1);
        }
        String said = rig.done("web", "run", "--system", "s", "--json");
        assertTrue(said.contains("\"blocks_sent\":1"), said);
        String wire = said.replaceFirst("(?s).*\"bytes_on_wire\":(\\d+).*", "$1");
        assertTrue(Long.parseLong(wire) < 80_000, "no manifest travelled either: " + wire);
        assertEquals(-1, Files.mismatch(image, rig.pool.newestImage("s", "disk").orThrow()));
        assertEquals(
                "content 7",
                Files.readString(
                        rig.pool.newestImage("s", "files").orThrow().resolve("sub/file7")));
    }

    @Test
    void anExportThatWasBrokenOffGoesOn() throws Exception {
        SlowDisks slow = new SlowDisks();
        rig.providers.add(slow);
        rig.done(
                "web",
                "protect",
                "--system",
                "s",
                "--disk",
                "disk=slow:anything",
                "--option",
                "disk:compress=off");
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
        rig.await(() -> bytesBelow(disk) > 8 << 20);
        rig.stopResidents();
        exporting.join();
        assertTrue(Files.notExists(disk.resolve("courier.sig")), "no sheet for half a copy");
        slow.slow = false;
        String said =
                rig.done("web", "courier", "--system", "s", "--to", disk.toString(), "--json");
        String sent = said.replaceFirst("(?s).*\"blocks_sent\":(\\d+).*", "$1");
        assertTrue(Long.parseLong(sent) < 1024 - 64, "begun anew: " + said);
        assertTrue(Files.exists(disk.resolve("courier.sig")));
        arrive().orThrow();
        assertTrue(rig.pool.verify("s", Progress.NONE).orThrow().intact(), "of both attempts");
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
