package org.standfest.replication.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.protocol.FrameType;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Message.VolumeHead;
import org.standfest.replication.protocol.MessageCodec;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.protocol.Version;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.WireWriter;
import org.standfest.replication.transport.TransportEvent;
import org.standfest.trust.Identity;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

import javax.net.ssl.SSLSocket;

/** Seeded rubbish behind a valid certificate: every connection ends, the standby goes on. */
@Timeout(90)
class HostileBytesTest {

    private static final int SEEDS = 25;

    @TempDir private Path folder;
    private final MessageCodec codec = new MessageCodec();

    @Test
    void rubbishEndsItsOwnSessionAndNothingElse() throws Exception {
        try (Rig rig = new Rig(folder.resolve("standby"))) {
            Identity agent = rig.agent("mine");
            for (long seed = 0; seed < SEEDS; seed++) {
                bother(rig, agent, seed);
            }
            assertTrue(
                    rig.events.stream().noneMatch(TransportEvent.HandlerFault.class::isInstance),
                    rig.events::toString);
            assertTrue(rig.pool.system("mine").flatMap(system -> system.newest()).isEmpty());
            Path image = folder.resolve("disk.img");
            Rig.fill(image, 1 << 20, 1);
            assertTrue(rig.replicate(agent, "mine", image, Optional.empty(), 0).isDone());
            assertEquals(-1, Files.mismatch(image, rig.pool.newestImage("mine", "disk").orThrow()));
        }
    }

    private void bother(Rig rig, Identity agent, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        try (SSLSocket socket =
                (SSLSocket)
                        agent.clientContext(Clock.systemUTC(), Rig.RANDOM)
                                .getSocketFactory()
                                .createSocket(InetAddress.getLoopbackAddress(), rig.port)) {
            socket.setSoTimeout(15_000);
            send(socket, new Message.Hello(Version.MAJOR, 0, Purpose.REPLICATE, "en", "rubbish"));
            assertInstanceOf(Message.Welcome.class, read(socket));
            VolumeKind kind = VolumeKind.values()[random.nextInt(2)];
            long size = kind == VolumeKind.DISK ? 1 << 20 : 0;
            if (random.nextInt(5) > 0) {
                send(
                        socket,
                        new Message.SessionOpen(
                                "k" + seed,
                                "mine",
                                0,
                                0,
                                "",
                                List.of(new VolumeHead("disk", kind, size)),
                                Map.of()));
            }
            spray(socket, random);
            socket.shutdownOutput();
            while (socket.getInputStream().read() >= 0) {
                continue;
            }
        } catch (SocketTimeoutException hangs) {
            throw new AssertionError("seed " + seed + " hangs", hangs);
        } catch (IOException ended) {
            assertTrue(ended.getMessage() != null, "seed " + seed);
        }
    }

    private static void spray(SSLSocket socket, SplittableRandom random) throws IOException {
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        FrameType[] types = FrameType.values();
        for (int frames = 1 + random.nextInt(20); frames > 0; frames--) {
            byte[] payload = new byte[random.nextInt(random.nextInt(4) == 0 ? 70_000 : 60)];
            random.nextBytes(payload);
            for (int i = 0; i < payload.length && i < 24; i++) {
                payload[i] = random.nextInt(3) > 0 ? 0 : payload[i];
            }
            out.writeInt(random.nextInt(12) == 0 ? random.nextInt() : payload.length);
            out.writeByte(
                    random.nextInt(10) == 0
                            ? random.nextInt(256)
                            : types[random.nextInt(types.length)].code());
            out.write(payload);
        }
        out.flush();
    }

    private void send(SSLSocket socket, Message message) throws IOException {
        WireWriter frame = new WireWriter(64);
        codec.encode(message, frame);
        socket.getOutputStream().write(frame.toBytes());
    }

    private Message read(SSLSocket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] payload = new byte[in.readInt()];
        int type = in.readUnsignedByte();
        in.readFully(payload);
        return codec.decode(type, ByteBuffer.wrap(payload));
    }
}
