package org.standfest.probe.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.standfest.probe.Probe;
import org.standfest.probe.ProbeTarget;
import org.standfest.probe.Verdict;
import org.standfest.probe.Verdict.Answer;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

class NetworkProbesTest {

    /** Never waited for where all goes well. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final Duration SHORT = Duration.ofMillis(700);
    private static final List<Probe> ALL =
            List.of(
                    new TcpProbe(),
                    new HttpProbe(),
                    new PingProbe(),
                    new ArpProbe(),
                    new BindProbe());

    /** A server that answers every connection with the same bytes, or not at all. */
    private record Server(ServerSocket socket) implements AutoCloseable {

        static Server answering(String answer) throws IOException {
            ServerSocket socket = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
            Thread.ofVirtual().start(() -> serve(socket, answer));
            return new Server(socket);
        }

        private static void serve(ServerSocket socket, String answer) {
            try {
                while (true) {
                    Socket connection = socket.accept();
                    if (answer != null) {
                        connection.getInputStream().read(new byte[4096]);
                        connection.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                        connection.close();
                    }
                }
            } catch (IOException closed) {
                // The test is over.
            }
        }

        int port() {
            return socket.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static void assertSays(Answer answer, String code, Verdict verdict) {
        assertEquals(code, verdict.reason().code(), verdict.reason().toString());
        assertEquals(answer, verdict.answer());
        assertFalse(
                verdict.reason().inFull(Locale.GERMAN).contains("!"),
                verdict.reason().inFull(Locale.GERMAN));
        assertFalse(
                verdict.reason().inFull(Locale.GERMAN).contains("{"),
                verdict.reason().inFull(Locale.GERMAN));
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    @Test
    void aConnectionThatMeetsItselfIsNoSignOfLife() throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress("127.0.0.1", 0));
            socket.connect(socket.getLocalSocketAddress());
            assertTrue(Connection.meetsItself(socket));
        }
        try (Server server = Server.answering("");
                Socket socket = new Socket("127.0.0.1", server.port())) {
            assertFalse(Connection.meetsItself(socket));
        }
    }

    @Test
    void tcpTellsAnOpenPortFromAClosedOne() throws IOException {
        try (Server server = Server.answering("")) {
            assertSays(
                    Answer.POSITIVE,
                    "tcp.connected",
                    new TcpProbe().test(ProbeTarget.port("127.0.0.1", server.port()), LIMIT));
        }
        assertSays(
                Answer.NEGATIVE,
                "probe.refused-here",
                new TcpProbe().test(ProbeTarget.port("127.0.0.1", closedPort()), LIMIT));
    }

    @Test
    void bindTellsAHeldPortFromAFreeOne() throws IOException {
        try (Server server = Server.answering("")) {
            assertSays(
                    Answer.POSITIVE,
                    "bind.taken",
                    new BindProbe().test(ProbeTarget.port("127.0.0.1", server.port()), LIMIT));
        }
        assertSays(
                Answer.NEGATIVE,
                "bind.free",
                new BindProbe().test(ProbeTarget.port("127.0.0.1", closedPort()), LIMIT));
        assertSays(
                Answer.INCONCLUSIVE,
                "bind.not-here",
                new BindProbe().test(ProbeTarget.port("203.0.113.7", 8080), LIMIT));
    }

    @Test
    void theBindTestDoesNotLookAliveToTheWitnessesThatAreAskedAtTheSameTime() throws Exception {
        int port = closedPort();
        ProbeTarget target = ProbeTarget.port("127.0.0.1", port);
        AtomicBoolean over = new AtomicBoolean();
        Thread binding =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    while (!over.get()) {
                                        new BindProbe().test(target, LIMIT);
                                    }
                                });
        try {
            for (int i = 0; i < 2_000; i++) {
                assertEquals(Answer.NEGATIVE, new TcpProbe().test(target, LIMIT).answer());
            }
        } finally {
            over.set(true);
            binding.join();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1 200 OK|||ok fine, POSITIVE, http.answered",
        "HTTP/1.0 200 OK|||other, INCONCLUSIVE, http.body",
        "HTTP/1.1 503 No|||ok, INCONCLUSIVE, http.status",
        "SSH-2.0-OpenSSH|, INCONCLUSIVE, http.other",
        "'', INCONCLUSIVE, http.empty"
    })
    void httpJudgesTheAnswer(String answer, Answer expected, String code) throws IOException {
        try (Server server =
                Server.answering(answer.replace("|||", "\r\n\r\n").replace("|", "\r\n"))) {
            ProbeTarget target =
                    ProbeTarget.page("127.0.0.1", server.port(), "/health").expecting(200, "ok");
            assertSays(expected, code, new HttpProbe().test(target, LIMIT));
        }
    }

    @Test
    void httpOfASilentServerEndsInTime() throws IOException {
        try (Server server = Server.answering(null)) {
            long start = System.nanoTime();
            Verdict verdict =
                    new HttpProbe().test(ProbeTarget.page("127.0.0.1", server.port(), "/"), SHORT);
            assertSays(Answer.INCONCLUSIVE, "http.silent", verdict);
            assertTrue(System.nanoTime() - start < LIMIT.toNanos());
        }
    }

    @Test
    void httpAsksAgainOnANewConnectionWhenTheFirstStaysSilent() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"))) {
            Thread.ofVirtual().start(() -> serveOnlyTheSecond(socket));
            ProbeTarget target = ProbeTarget.page("127.0.0.1", socket.getLocalPort(), "/");
            Verdict verdict = new HttpProbe().test(target, Duration.ofSeconds(60));
            assertSays(Answer.POSITIVE, "http.answered", verdict);
            assertTrue(verdict.took().toSeconds() < 50, verdict.took().toString());
        }
    }

    private static void serveOnlyTheSecond(ServerSocket socket) {
        try (Socket silent = socket.accept()) {
            try (Socket second = socket.accept()) {
                second.getInputStream().read(new byte[4096]);
                second.getOutputStream()
                        .write("HTTP/1.0 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            // Silent to the end: closed only when the other side has gone.
            silent.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException closed) {
            // The test is over.
        }
    }

    @Test
    void httpOfAHostThatTakesNoConnectionDoesNotClaimThatItDid() throws IOException {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            List<Socket> queue = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                queue.add(new Socket(full.getInetAddress(), full.getLocalPort()));
            }
            ProbeTarget target = ProbeTarget.page("127.0.0.1", full.getLocalPort(), "/");
            Verdict verdict = new HttpProbe().test(target, Duration.ofMillis(600));
            assertEquals(Answer.INCONCLUSIVE, verdict.answer());
            assertFalse(verdict.reason().code().startsWith("http."), verdict.reason().toString());
            for (Socket socket : queue) {
                socket.close();
            }
        }
    }

    @Test
    void httpReadsNoMoreThanItsLimit() throws IOException {
        try (Server server =
                Server.answering("HTTP/1.0 200 OK\r\n\r\n" + "x".repeat(300_000) + "needle")) {
            ProbeTarget target =
                    ProbeTarget.page("127.0.0.1", server.port(), "/").expecting(200, "needle");
            assertSays(Answer.INCONCLUSIVE, "http.body", new HttpProbe().test(target, LIMIT));
        }
    }

    @Test
    void ownAddressesSayNothingAboutAnotherMachine() {
        assertSays(
                Answer.INCONCLUSIVE,
                "probe.own",
                new PingProbe().test(ProbeTarget.address("127.0.0.1"), LIMIT));
        assertSays(
                Answer.INCONCLUSIVE,
                "probe.own",
                new ArpProbe().test(ProbeTarget.address("127.0.0.9"), LIMIT));
    }

    @Test
    void theWireTestDoesNotReachBeyondTheWire() {
        assertSays(
                Answer.INCONCLUSIVE,
                "arp.not-local",
                new ArpProbe().test(ProbeTarget.address("203.0.113.7"), LIMIT));
        assertSays(
                Answer.INCONCLUSIVE,
                "arp.not-4",
                new ArpProbe().test(ProbeTarget.address("2001:db8::1"), LIMIT));
    }

    @Test
    void unknownNamesAndMissingPortsAreInconclusive() {
        ProbeTarget unknown = ProbeTarget.port("no-such-host.invalid", 80);
        for (Probe probe : ALL) {
            Verdict verdict = probe.test(unknown, Duration.ofSeconds(3));
            assertEquals(Answer.INCONCLUSIVE, verdict.answer(), probe.kind());
        }
        assertSays(
                Answer.INCONCLUSIVE,
                "probe.no-port",
                new TcpProbe().test(ProbeTarget.address("127.0.0.1"), LIMIT));
        assertSays(
                Answer.INCONCLUSIVE,
                "probe.no-port",
                new BindProbe().test(ProbeTarget.address("127.0.0.1"), LIMIT));
    }

    @Test
    void everyProbeEndsWithinItsLimitAtAnAddressThatSwallowsEverything() {
        for (Probe probe : ALL) {
            long start = System.nanoTime();
            Verdict verdict = probe.test(ProbeTarget.port("203.0.113.1", 81), SHORT);
            long tookMillis = (System.nanoTime() - start) / 1_000_000;
            assertTrue(tookMillis < LIMIT.toMillis(), probe.kind() + " took " + tookMillis);
            assertEquals(probe.kind(), verdict.probe());
        }
    }
}
