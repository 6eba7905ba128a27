package org.standfest.replication.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.protocol.FactNames;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Message.CommandKind;
import org.standfest.replication.protocol.Message.VolumeHead;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;
import org.standfest.results.Outcome;
import org.standfest.trust.Identity;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** A standby that has one session open at a time, and agents that do not know of each other. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SessionTurnsTest {

    @TempDir Path home;
    private Rig rig;

    @BeforeEach
    void open() throws IOException {
        rig = new Rig(home);
        rig.stop();
        rig.places = new SessionPlaces(1, 1, Clock.systemUTC());
        rig.start();
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    /** Opens a session of one disk, without waiting for the answer. */
    static void open(Channel channel, String system) throws ChannelException {
        List<VolumeHead> volumes = List.of(new VolumeHead("disk", VolumeKind.DISK, Blocks.SIZE));
        channel.send(new Message.SessionOpen("k", system, 0, 0, "", volumes, Map.of()));
    }

    private Channel open(String system) throws ChannelException {
        Channel channel = rig.connect(rig.agent(system), Purpose.REPLICATE).orThrow();
        open(channel, system);
        return channel;
    }

    private static Message afterTheQueue(Channel channel) throws ChannelException {
        Message message = channel.receive();
        while (message instanceof Message.Queued) {
            message = channel.receive();
        }
        return message;
    }

    private static final class Waits implements SessionSender.Progress {

        private final BlockingQueue<OptionalInt> heard = new LinkedBlockingQueue<>();

        @Override
        public void at(long doneBytes, long totalBytes) {
            // not what is looked at
        }

        @Override
        public void waits(OptionalInt ahead) {
            heard.add(ahead);
        }
    }

    @Test
    void aSenderHearsThatItWaitsAndGoesOnWhenItIsItsTurn() throws Exception {
        Path image = home.resolve("disk.img");
        Rig.fill(image, 2 * Blocks.SIZE, 1);
        Waits waits = new Waits();
        rig.progress = waits;
        CompletableFuture<Outcome<SessionSender.Sent>> sent;
        try (Channel first = open("first")) {
            assertInstanceOf(Message.SessionReady.class, first.receive());
            try (Channel second = open("second")) {
                assertEquals(new Message.Queued(0), second.receive());
                Identity third = rig.agent("third");
                sent =
                        CompletableFuture.supplyAsync(
                                () -> rig.replicate(third, "third", image, Optional.empty(), 0),
                                Thread::startVirtualThread);
                assertEquals(OptionalInt.of(1), waits.heard.take());
                assertFalse(sent.isDone());
            }
            // the second one went away while it waited
        }
        sent.join().orThrow();
        assertEquals(OptionalInt.empty(), List.copyOf(waits.heard).getLast());
        assertEquals(1, rig.pool.points("third").orThrow().size());
    }

    @Test
    void theNextOneIsReadyWhenTheOneBeforeEnds() throws Exception {
        try (Channel second = afterFirst()) {
            assertInstanceOf(Message.SessionReady.class, afterTheQueue(second));
        }
    }

    @Test
    void whoAsksForItsTurnHasItForTheSessionThatFollows() throws Exception {
        Channel second;
        try (Channel first = open("first")) {
            assertInstanceOf(Message.SessionReady.class, first.receive());
            second = rig.connect(rig.agent("second"), Purpose.REPLICATE).orThrow();
            second.send(new Message.Turn("second"));
            assertEquals(new Message.Queued(0), second.receive());
        }
        assertEquals(new Message.Turn("second"), afterTheQueue(second));
        Channel third = open("third");
        assertEquals(new Message.Queued(0), third.receive());
        open(second, "second");
        assertInstanceOf(Message.SessionReady.class, second.receive());
        second.close();
        assertInstanceOf(Message.SessionReady.class, afterTheQueue(third));
        third.close();
    }

    @Test
    void aTurnIsForOneSystemOnly() throws Exception {
        try (Channel greedy =
                rig.connect(rig.agent("mine", "other"), Purpose.REPLICATE).orThrow()) {
            greedy.send(new Message.Turn("mine"));
            assertEquals(new Message.Turn("mine"), greedy.receive());
            open(greedy, "other");
            Message.Refusal refusal =
                    assertInstanceOf(Message.Refusal.class, greedy.receiveOrRefusal());
            assertEquals("engine.protocol", refusal.code());
        }
        try (Channel stranger = rig.connect(rig.agent("else"), Purpose.REPLICATE).orThrow()) {
            stranger.send(new Message.Turn("mine"));
            assertInstanceOf(Message.Refusal.class, stranger.receiveOrRefusal());
        }
    }

    private Channel afterFirst() throws ChannelException {
        try (Channel first = open("first")) {
            assertInstanceOf(Message.SessionReady.class, first.receive());
            Channel second = open("second");
            assertEquals(new Message.Queued(0), second.receive());
            return second;
        }
    }

    @Test
    void aStrangersSystemTakesNoPlaceAndIsRefusedAtOnce() throws Exception {
        Identity owner = rig.agent("mine");
        try (Channel first = rig.connect(owner, Purpose.REPLICATE).orThrow();
                Channel stranger = rig.connect(rig.agent("else"), Purpose.REPLICATE).orThrow()) {
            open(first, "mine");
            assertInstanceOf(Message.SessionReady.class, first.receive());
            open(stranger, "mine");
            assertInstanceOf(Message.Refusal.class, stranger.receiveOrRefusal());
        }
    }

    @Test
    void aCopyThatTheStandbyAskedForAsUrgentDoesNotWait() throws Exception {
        Path image = home.resolve("disk.img");
        Rig.fill(image, Blocks.SIZE, 1);
        Identity agent = rig.agent("second");
        try (Channel first = open("first");
                Channel control = rig.connect(agent, Purpose.CONTROL).orThrow()) {
            assertInstanceOf(Message.SessionReady.class, first.receive());
            askForAnUrgentCopy(control, agent, "second");
            assertTrue(rig.lines.urgent("second"));
            assertFalse(rig.lines.urgent("first"));
            rig.replicate(agent, "second", image, Optional.empty(), 0).orThrow();
        }
    }

    /** As a planned change asks for the last copy, with the machine down. */
    private void askForAnUrgentCopy(Channel control, Identity agent, String system)
            throws ChannelException {
        control.send(new Message.AgentReport("host", "test", List.of(), List.of()));
        while (rig.lines.agent(agent.id()).isEmpty()) {
            Thread.onSpinWait();
        }
        rig.lines.start(
                agent.id(),
                CommandKind.REPLICATE,
                system,
                Map.of(FactNames.URGENT, "true"),
                CommandListener.NONE);
    }

    @Test
    void aSessionThatWaitsAlreadyGoesOnWhenItsCopyBecomesUrgent() throws Exception {
        Identity agent = rig.agent("second");
        try (Channel first = open("first");
                Channel control = rig.connect(agent, Purpose.CONTROL).orThrow();
                Channel second = rig.connect(agent, Purpose.REPLICATE).orThrow()) {
            assertInstanceOf(Message.SessionReady.class, first.receive());
            open(second, "second");
            assertEquals(new Message.Queued(0), second.receive());
            askForAnUrgentCopy(control, agent, "second");
            assertInstanceOf(Message.SessionReady.class, afterTheQueue(second));
        }
    }
}
