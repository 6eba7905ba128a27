package org.standfest.replication.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.MessageCodec;
import org.standfest.replication.protocol.Peer;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.protocol.Right;
import org.standfest.replication.protocol.Version;
import org.standfest.replication.protocol.WireWriter;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;
import org.standfest.replication.transport.StandbyConnector;
import org.standfest.results.Outcome;
import org.standfest.trust.Grant;
import org.standfest.trust.Identity;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/** The port as strangers, newcomers, agents and operators meet it: real TLS on loopback. */
@Timeout(60)
class PortTest {

    @TempDir private Path folder;
    private Rig rig;

    @BeforeEach
    void start() throws IOException {
        rig = new Rig(folder.resolve("standby"));
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    private static String problem(Outcome<?> outcome) {
        return outcome.problem().orElseThrow(() -> new AssertionError("was done")).code();
    }

    @Test
    void operatorIsServedAndAgentIsNotAllowedToManage() throws ChannelException {
        Outcome<Channel> opened = rig.connect(rig.operator(Right.SEE), Purpose.MANAGE);
        try (Channel channel = opened.orThrow()) {
            assertInstanceOf(Peer.Standby.class, channel.peer());
            channel.send(new Message.ManageRequest(7, "{}".getBytes(StandardCharsets.UTF_8)));
            assertEquals(7, assertInstanceOf(Message.ManageRequest.class, channel.receive()).id());
        }
        assertEquals("transport.not-allowed", problem(rig.connect(rig.agent(), Purpose.MANAGE)));
        assertEquals(
                "transport.not-allowed",
                problem(rig.connect(rig.operator(Right.ADMINISTRATE), Purpose.REPLICATE)));
    }

    @Test
    void revokedIdentityIsRefusedInItsLanguage() {
        Identity agent = rig.agent();
        rig.authority.revoke(agent.id(), "test").orThrow();
        try (StandbyConnector german =
                new StandbyConnector(
                        agent.clientContext(Clock.systemUTC(), Rig.RANDOM),
                        Rig.QUICK,
                        Locale.GERMAN,
                        "test")) {
            Outcome<Channel> outcome = german.connect("127.0.0.1", rig.port, Purpose.CONTROL);
            assertEquals("trust.revoked", problem(outcome));
            assertTrue(
                    outcome.problem().orElseThrow().happened(Locale.ENGLISH).contains("gesperrt"));
        }
    }

    @Test
    void identityOfAnotherAuthorityIsRefused() throws Exception {
        try (Rig other = new Rig(folder.resolve("other"))) {
            Identity foreign = other.agent();
            // The foreign client does not know this standby; a hostile one would not mind.
            assertEquals(
                    "transport.standby-unknown", problem(rig.connect(foreign, Purpose.CONTROL)));
            assertEquals(
                    "transport.standby-unknown",
                    problem(other.connect(rig.agent(), Purpose.CONTROL)));
        }
    }

    @Test
    void codeOfAnotherStandbyIsNotGivenAway() throws Exception {
        try (Rig impostor = new Rig(folder.resolve("impostor"))) {
            String code = rig.code(Grant.agent(Set.of()));
            Outcome<Identity> outcome =
                    rig.enrolClient().enrol("127.0.0.1", impostor.port, code, "x");
            assertEquals("transport.standby-unknown", problem(outcome));
            assertTrue(rig.enrolClient().enrol("127.0.0.1", rig.port, code, "x").isDone());
        }
    }

    @Test
    void usedAndMistypedCodesAreRefused() {
        String code = rig.code(Grant.agent(Set.of()));
        assertTrue(rig.enrolClient().enrol("127.0.0.1", rig.port, code, "x").isDone());
        assertEquals(
                "trust.code-not-valid",
                problem(rig.enrolClient().enrol("127.0.0.1", rig.port, code, "x")));
        String mistyped = code.substring(0, code.length() - 1) + (code.endsWith("2") ? '3' : '2');
        assertEquals(
                "engine.code-mistyped",
                problem(rig.enrolClient().enrol("127.0.0.1", rig.port, mistyped, "x")));
    }

    @Test
    void nobodyGetsInWithoutACertificate() throws Exception {
        SSLContext anonymous =
                Strangers.trustingEverybody(rig.home.resolve("trust"), "standby.p12", false);
        try (StandbyConnector stranger =
                new StandbyConnector(anonymous, Rig.QUICK, Locale.ENGLISH, "stranger")) {
            for (Purpose purpose :
                    Set.of(Purpose.CONTROL, Purpose.REPLICATE, Purpose.RESTORE, Purpose.MANAGE)) {
                assertEquals(
                        "transport.not-allowed",
                        problem(stranger.connect("127.0.0.1", rig.port, purpose)));
            }
        }
    }

    @Test
    void theStandbysOwnCertificateIsNoClientIdentity() throws Exception {
        SSLContext stolen =
                Strangers.trustingEverybody(rig.home.resolve("trust"), "standby.p12", true);
        try (StandbyConnector thief =
                new StandbyConnector(stolen, Rig.QUICK, Locale.ENGLISH, "thief")) {
            assertEquals(
                    "transport.identity-refused",
                    problem(thief.connect("127.0.0.1", rig.port, Purpose.MANAGE)));
        }
    }

    @Test
    void olderTlsIsNotSpoken() throws Exception {
        SSLContext anonymous =
                Strangers.trustingEverybody(rig.home.resolve("trust"), "standby.p12", false);
        try (SSLSocket socket =
                (SSLSocket)
                        anonymous
                                .getSocketFactory()
                                .createSocket(InetAddress.getLoopbackAddress(), rig.port)) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            assertThrows(SSLException.class, socket::startHandshake);
        }
    }

    @Test
    void anotherMajorVersionIsRefusedWithBothNumbers() throws Exception {
        SSLContext anonymous =
                Strangers.trustingEverybody(rig.home.resolve("trust"), "standby.p12", false);
        try (SSLSocket socket =
                (SSLSocket)
                        anonymous
                                .getSocketFactory()
                                .createSocket(InetAddress.getLoopbackAddress(), rig.port)) {
            WireWriter frame = new WireWriter(64);
            new MessageCodec()
                    .encode(new Message.Hello(9, 4, Purpose.MANAGE, "de", "future"), frame);
            socket.getOutputStream().write(frame.toBytes());
            Message.Refusal refusal = assertInstanceOf(Message.Refusal.class, read(socket));
            assertEquals("transport.version", refusal.code());
            assertTrue(
                    refusal.happened().contains("9.4")
                            && refusal.happened().contains(Version.MAJOR + ".0"));
        }
    }

    private static Message read(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] payload = new byte[in.readInt()];
        int type = in.readUnsignedByte();
        in.readFully(payload);
        return new MessageCodec().decode(type, ByteBuffer.wrap(payload));
    }

    @Test
    void hugeAndMalformedFramesEndTheConnection() throws Exception {
        Identity agent = rig.agent("x");
        for (int length : new int[] {Integer.MAX_VALUE, -1, 600 * 1024}) {
            try (SSLSocket socket = greeted(agent, Purpose.REPLICATE)) {
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                out.writeInt(length);
                out.writeByte(0x35);
                out.flush();
                Message.Refusal refusal = assertInstanceOf(Message.Refusal.class, read(socket));
                assertEquals("transport.protocol", refusal.code());
            }
        }
    }

    private SSLSocket greeted(Identity identity, Purpose purpose) throws IOException {
        SSLSocket socket =
                (SSLSocket)
                        identity.clientContext(Clock.systemUTC(), Rig.RANDOM)
                                .getSocketFactory()
                                .createSocket(InetAddress.getLoopbackAddress(), rig.port);
        WireWriter frame = new WireWriter(64);
        new MessageCodec()
                .encode(new Message.Hello(Version.MAJOR, 0, purpose, "en", "test"), frame);
        socket.getOutputStream().write(frame.toBytes());
        assertInstanceOf(Message.Welcome.class, read(socket));
        return socket;
    }

    @Test
    void silentAndDrippingCallersAreCutOff() throws Exception {
        List<Socket> crowd = new ArrayList<>();
        for (int i = 0; i < Rig.QUICK.connections() / 2; i++) {
            crowd.add(new Socket(InetAddress.getLoopbackAddress(), rig.port));
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), rig.port)) {
            socket.setSoTimeout((int) Duration.ofSeconds(15).toMillis());
            long began = System.nanoTime();
            int end = -1;
            try {
                end = socket.getInputStream().read();
            } catch (IOException reset) {
                assertInstanceOf(java.net.SocketException.class, reset);
            }
            assertEquals(-1, end);
            assertTrue(Duration.ofNanos(System.nanoTime() - began).toSeconds() < 12);
        } finally {
            for (Socket one : crowd) {
                one.close();
            }
        }
    }

    @Test
    void linesStandAcrossSilenceThanksToKeepAlive() throws Exception {
        try (Channel channel = rig.connect(rig.operator(Right.SEE), Purpose.MANAGE).orThrow()) {
            Thread.sleep(2500);
            channel.send(new Message.ManageRequest(1, new byte[] {'1'}));
            assertInstanceOf(Message.ManageRequest.class, channel.receive());
        }
    }
}
