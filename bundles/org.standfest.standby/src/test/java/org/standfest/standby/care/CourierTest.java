package org.standfest.standby.care;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.standfest.management.CareRuling;
import org.standfest.management.OperationState;
import org.standfest.management.TaskStatus;
import org.standfest.replication.engine.courier.CourierOutput;
import org.standfest.replication.engine.courier.CourierRecorder;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.DiskManifest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** First copies that somebody carries. */
@Timeout(60)
class CourierTest extends CareRig {

    private final byte[] key = new byte[32];
    private Path courier;
    private BlockHash root;
    private long chunks;

    @BeforeEach
    void export() throws IOException {
        courier = Files.createDirectories(folder.resolve("courier"));
        random.nextBytes(key);
        random.nextBytes(disk);
        Arrays.fill(disk, 2 * Blocks.SIZE, 3 * Blocks.SIZE, (byte) 0);
        List<Message> session = new ArrayList<>();
        session.add(
                new Message.SessionOpen(
                        "courier-1",
                        "mail",
                        0,
                        clock.now.toEpochMilli(),
                        "",
                        List.of(new Message.VolumeHead("disk0", VolumeKind.DISK, disk.length)),
                        Map.of()));
        DiskManifest.Editor manifest = DiskManifest.zero(disk.length).edit();
        for (int block = 0; block < BLOCKS; block++) {
            byte[] content =
                    Arrays.copyOfRange(disk, block * Blocks.SIZE, (block + 1) * Blocks.SIZE);
            BlockHash hash = new BlockHasher().hash(ByteBuffer.wrap(content));
            manifest.set(block, hash);
            if (!hash.isZero()) {
                session.add(
                        new Message.Block(
                                0,
                                block,
                                hash.toBytes(),
                                Message.Encoding.RAW,
                                content.length,
                                content));
            }
        }
        root = manifest.build().root();
        session.add(new Message.Commit(List.of(root.toBytes())));
        CourierRecorder recorder = CourierRecorder.onto(CourierOutput.begin(courier, key, random));
        recorder.serve(new RecordedSession(session), "courier-1").orThrow();
        chunks = recorder.output().chunks();
        assertTrue(chunks > 1);
    }

    private void sheet(byte[] shownKey, long count, BlockHash shownRoot) throws IOException {
        String sheet =
                "version=2\nagent=agent-1\nsystem=mail\nname=Mail server\nkey="
                        + Base64.getEncoder().encodeToString(shownKey)
                        + "\nchunks="
                        + count
                        + "\nvolumes=disk0\nroots="
                        + shownRoot
                        + "\n";
        Files.writeString(courier.resolve("courier.properties"), sheet);
        Files.writeString(courier.resolve("courier.sig"), sheet);
    }

    private TaskStatus imported() {
        return end(ask(new CareRuling.Import(courier.toString())));
    }

    private void refused(String code) {
        TaskStatus task = imported();
        assertEquals(OperationState.REFUSED, task.state());
        assertEquals(code, task.reason().orElseThrow().code());
        assertTrue(
                pool.system("mail").flatMap(system -> system.newest()).isEmpty(), "nothing came");
    }

    @Test
    void bringsAFirstCopyOnce() throws IOException {
        sheet(key, chunks, root);
        TaskStatus taken = imported();
        assertEquals(OperationState.SUCCEEDED, taken.state(), () -> taken.reason().toString());
        Path image = pool.newestImage("mail", "disk0").orThrow();
        assertEquals(-1, Arrays.mismatch(disk, Files.readAllBytes(image)));
        assertEquals("Mail server", pool.system("mail").orElseThrow().name());
        TaskStatus again = imported();
        assertEquals("care.has-points", again.reason().orElseThrow().code());
    }

    @Test
    void aSheetThatNoAgentSignedIsNotBelieved() throws IOException {
        sheet(key, chunks, root);
        Files.writeString(courier.resolve("courier.sig"), "forged");
        refused("care.no-courier");
    }

    @Test
    void anotherKeyAnotherRootAndAMissingPieceAreRefused() throws IOException {
        byte[] other = key.clone();
        other[0] ^= 1;
        sheet(other, chunks, root);
        refused("courier.damaged");
        sheet(key, chunks, BlockHash.ZERO);
        refused("courier.damaged");
        sheet(key, chunks + 1, root);
        refused("courier.damaged");
        sheet(key, chunks - 1, root);
        refused("courier.ended");
        sheet(key, chunks, root);
        assertEquals(OperationState.SUCCEEDED, imported().state(), "the disk itself is right");
    }

    @Test
    void aChangedByteAnywhereIsRefused() throws IOException {
        sheet(key, chunks, root);
        Path data = courier.resolve("data-00000");
        byte[] right = Files.readAllBytes(data);
        for (int at : new int[] {0, 5, 40, right.length / 2, right.length - 1}) {
            byte[] wrong = right.clone();
            wrong[at] ^= 0x40;
            Files.write(data, wrong);
            refused("courier.damaged");
        }
        Files.write(data, right);
        assertEquals(OperationState.SUCCEEDED, imported().state());
    }
}
