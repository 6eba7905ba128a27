package org.standfest.replication.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.pool.SystemRules;
import org.standfest.replication.protocol.FactNames;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Message.VolumeHead;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.BlockHasher;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.transport.Channel;
import org.standfest.trust.Identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Blocks that a customer's other system has do not travel; nobody learns about other customers. */
class CustomerTest {

    private static final int SIZE = 2 << 20;

    @TempDir private Path folder;
    private Rig rig;
    private Path image;

    @BeforeEach
    void start() throws IOException {
        rig = new Rig(folder.resolve("standby"));
        image = folder.resolve("disk.img");
        Rig.fill(image, SIZE, 1);
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    private Identity system(String id, String customer) {
        rig.pool.addSystem(id, id).orThrow();
        rig.pool.setRules(id, new SystemRules(customer, 0, Duration.ZERO)).orThrow();
        return rig.agent(id);
    }

    private SessionSender.Sent replicate(String id, Identity agent) {
        return rig.replicate(agent, id, image, Optional.empty(), 0).orThrow();
    }

    @Test
    void whatAnotherSystemOfTheCustomerHasDoesNotTravel() throws IOException {
        replicate("first", system("first", "town"));
        SessionSender.Sent second = replicate("second", system("second", "town"));
        assertEquals(0, Rig.fact(second, FactNames.BLOCKS_SENT));
        assertEquals(-1, Files.mismatch(image, rig.pool.newestImage("second", "disk").orThrow()));
    }

    @Test
    void whatAnotherCustomerHasTravels() {
        replicate("first", system("first", "town"));
        SessionSender.Sent foreign = replicate("foreign", system("foreign", "village"));
        assertEquals(SIZE / Blocks.SIZE, Rig.fact(foreign, FactNames.BLOCKS_SENT));
        SessionSender.Sent nobodys = replicate("nobodys", system("nobodys", ""));
        assertEquals(SIZE / Blocks.SIZE, Rig.fact(nobodys, FactNames.BLOCKS_SENT));
    }

    @Test
    void offersDoNotTellWhatAnotherCustomerHas() throws Exception {
        replicate("first", system("first", "town"));
        Identity curious = system("curious", "village");
        byte[] content = Files.readAllBytes(image);
        byte[] hash = new BlockHasher().hash(content, 0, Blocks.SIZE).toBytes();
        try (Channel channel = rig.connect(curious, Purpose.REPLICATE).orThrow()) {
            channel.send(
                    new Message.SessionOpen(
                            "k",
                            "curious",
                            0,
                            0,
                            "",
                            List.of(new VolumeHead("disk", VolumeKind.DISK, SIZE)),
                            Map.of()));
            assertInstanceOf(Message.SessionReady.class, channel.receive());
            channel.send(new Message.Offer(0, List.of(3L), hash));
            Message.Wanted wanted = assertInstanceOf(Message.Wanted.class, channel.receive());
            assertEquals(1, wanted.bits()[0]);
            assertEquals(0, wanted.subHashes().length);
            assertEquals(BlockHash.BYTES, hash.length);
        }
    }
}
