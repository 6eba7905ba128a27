package org.standfest.probe.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.standfest.probe.Probe;
import org.standfest.probe.ProbeTarget;
import org.standfest.probe.Verdict;
import org.standfest.probe.Verdict.Answer;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Mail, mailbox and SQL probes against small servers in this process that speak the real protocols
 * as their specifications and their servers' own sessions show them; no product is installed.
 */
class ServiceProbesTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(600);

    /** How a server of a test treats one connection. */
    private interface Manners {
        void serve(InputStream in, OutputStream out) throws IOException;
    }

    /** A server in this process. */
    private record Server(ServerSocket socket) implements AutoCloseable {

        static Server with(Manners manners) throws IOException {
            ServerSocket socket = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
            Thread.ofVirtual().start(() -> accept(socket, manners));
            return new Server(socket);
        }

        private static void accept(ServerSocket socket, Manners manners) {
            while (!socket.isClosed()) {
                try (Socket connection = socket.accept()) {
                    manners.serve(connection.getInputStream(), connection.getOutputStream());
                } catch (IOException ended) {
                    // The probe has gone, or the test is over.
                }
            }
        }

        Verdict asked(Probe probe, String question, Duration limit) {
            return probe.test(
                    ProbeTarget.asking("127.0.0.1", socket.getLocalPort(), question), limit);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static void assertSays(Answer answer, String code, Verdict verdict) {
        assertEquals(code, verdict.reason().code(), verdict.reason().toString());
        assertEquals(answer, verdict.answer());
        for (Locale language : List.of(Locale.ENGLISH, Locale.GERMAN)) {
            assertFalse(verdict.reason().inFull(language).matches("(?s).*(!|\\{\\d).*"));
        }
    }

    /** Says a greeting, then answers each line by its first word; keeps what it heard. */
    private static Manners lines(List<String> heard, String greeting, String... answers) {
        return (in, out) -> {
            out.write((greeting + "\r\n").getBytes(StandardCharsets.US_ASCII));
            for (String line = line(in); line != null; line = line(in)) {
                heard.add(line);
                for (int i = 0; i < answers.length; i += 2) {
                    if (line.contains(answers[i])) {
                        out.write((answers[i + 1] + "\r\n").getBytes(StandardCharsets.US_ASCII));
                    }
                }
            }
        };
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return null;
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.US_ASCII).stripTrailing();
    }

    @Test
    void aMailServerThatGreetsAndKnowsTheProbeIsSeenAndLeftInGoodOrder() throws IOException {
        List<String> heard = new CopyOnWriteArrayList<>();
        Manners postfix =
                lines(
                        heard,
                        "220-mail.example.org ESMTP Postfix\r\n220 ready",
                        "EHLO",
                        "250-mail.example.org\r\n250-PIPELINING\r\n250 SMTPUTF8",
                        "QUIT",
                        "221 2.0.0 Bye");
        try (Server server = Server.with(postfix)) {
            Verdict verdict = server.asked(new SmtpProbe(), "Postfix", LIMIT);
            assertSays(Answer.POSITIVE, "service.answered", verdict);
            assertTrue(verdict.reason().arguments().contains("220-mail.example.org ESMTP Postfix"));
            assertSays(
                    Answer.INCONCLUSIVE,
                    "service.greeting",
                    server.asked(new SmtpProbe(), "Exim", LIMIT));
        }
        assertTrue(heard.contains("EHLO standfest-probe.invalid"), heard.toString());
        assertFalse(heard.toString().contains("MAIL"), heard.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "421 too many, service.not-ready",
        "554 no, service.not-ready",
        "SSH-2.0-OpenSSH_9, service.other",
        "'* OK IMAP4rev1', service.other",
        "'', service.other"
    })
    void aMailServerThatRefusesOrIsNoneIsNoSuccess(String greeting, String code)
            throws IOException {
        try (Server server = Server.with(lines(new ArrayList<>(), greeting))) {
            assertSays(Answer.INCONCLUSIVE, code, server.asked(new SmtpProbe(), "", LIMIT));
        }
    }

    @Test
    void aMailboxServerIsAskedForWhatItCan() throws IOException {
        Manners dovecot =
                lines(
                        new ArrayList<>(),
                        "* OK [CAPABILITY IMAP4rev1] Dovecot ready.",
                        "CAPABILITY",
                        "* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED\r\ns1 OK Pre-login done.",
                        "LOGOUT",
                        "* BYE Logging out\r\ns2 OK Logout completed.");
        try (Server server = Server.with(dovecot)) {
            assertSays(
                    Answer.POSITIVE,
                    "service.answered",
                    server.asked(new ImapProbe(), "STARTTLS", LIMIT));
            assertSays(
                    Answer.INCONCLUSIVE,
                    "service.greeting",
                    server.asked(new ImapProbe(), "START", LIMIT));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "* BYE overloaded, service.not-ready",
        "220 mail ESMTP, service.other",
        "+OK POP3, service.other"
    })
    void aMailboxServerThatRefusesOrIsNoneIsNoSuccess(String greeting, String code)
            throws IOException {
        try (Server server = Server.with(lines(new ArrayList<>(), greeting))) {
            assertSays(Answer.INCONCLUSIVE, code, server.asked(new ImapProbe(), "", LIMIT));
        }
    }

    /** Reads a start-up message as PostgreSQL does, then answers. */
    private static Manners postgresql(byte[] answer) {
        return (in, out) -> {
            DataInputStream data = new DataInputStream(in);
            byte[] body = new byte[data.readInt() - 4];
            data.readFully(body);
            String text = new String(body, StandardCharsets.UTF_8);
            if (body[1] == 3 && text.contains("user\0clerk\0")) {
                out.write(answer);
            }
        };
    }

    private static byte[] error(String state, String words) {
        byte[] body =
                ("SFATAL\0C" + state + "\0M" + words + "\0\0").getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(new byte[] {'E', 0, 0, 0, (byte) (body.length + 4)});
        all.writeBytes(body);
        return all.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({
        "28000, no pg_hba.conf entry, POSITIVE, service.answered",
        "3D000, database does not exist, POSITIVE, service.answered",
        "57P03, the database system is starting up, INCONCLUSIVE, service.not-ready",
        "53300, too many clients already, INCONCLUSIVE, service.not-ready"
    })
    void aPostgresqlServerTellsWhetherItIsUpByHowItRefuses(
            String state, String words, Answer answer, String code) throws IOException {
        try (Server server = Server.with(postgresql(error(state, words)))) {
            assertSays(answer, code, server.asked(new PostgresqlProbe(), "clerk", LIMIT));
        }
    }

    @Test
    void aPostgresqlServerThatAsksForAPasswordIsUp() throws IOException {
        byte[] md5 = HexFormat.of().parseHex("520000000c0000000511223344");
        try (Server server = Server.with(postgresql(md5))) {
            assertSays(
                    Answer.POSITIVE,
                    "service.answered",
                    server.asked(new PostgresqlProbe(), "clerk", LIMIT));
        }
    }

    private static byte[] packet(int number, byte[] body) {
        byte[] all = new byte[body.length + 4];
        all[0] = (byte) body.length;
        all[1] = (byte) (body.length >> 8);
        all[3] = (byte) number;
        System.arraycopy(body, 0, all, 4, body.length);
        return all;
    }

    private static byte[] greeting() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(10);
        body.writeBytes("8.0.36\0".getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(new byte[4 + 8 + 1 + 2 + 1 + 2 + 2 + 1 + 10 + 13]);
        body.writeBytes("caching_sha2_password\0".getBytes(StandardCharsets.US_ASCII));
        return packet(0, body.toByteArray());
    }

    private static byte[] denied(int number, int code) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(new byte[] {(byte) 0xff, (byte) code, (byte) (code >> 8)});
        body.writeBytes("#28000Access denied".getBytes(StandardCharsets.US_ASCII));
        return packet(number, body.toByteArray());
    }

    /** Greets, reads the log-in, asks for another method, reads that, refuses: as MySQL 8 does. */
    private static Manners mysql(List<byte[]> heard, int code) {
        return (in, out) -> {
            out.write(greeting());
            heard.add(read(in));
            out.write(
                    packet(
                            2,
                            "\376mysql_native_password\0x".getBytes(StandardCharsets.ISO_8859_1)));
            heard.add(read(in));
            out.write(denied(4, code));
        };
    }

    private static byte[] read(InputStream in) throws IOException {
        byte[] header = in.readNBytes(4);
        if (header.length < 4) {
            return new byte[0];
        }
        return in.readNBytes((header[0] & 0xff) | (header[1] & 0xff) << 8);
    }

    @Test
    void aMysqlServerIsLeftInGoodOrderBecauseItLocksOutWhoBreaksOff() throws IOException {
        List<byte[]> heard = new CopyOnWriteArrayList<>();
        try (Server server = Server.with(mysql(heard, 1045))) {
            Verdict verdict = server.asked(new MysqlProbe(), "", LIMIT);
            assertSays(Answer.POSITIVE, "service.answered", verdict);
            assertTrue(verdict.reason().arguments().contains("8.0.36"));
        }
        assertEquals(2, heard.size());
        assertTrue(
                new String(heard.getFirst(), StandardCharsets.ISO_8859_1)
                        .contains("\0standfest\0\0mysql_native_password\0"));
        assertEquals(0, heard.getLast().length);
    }

    @Test
    void aMysqlServerThatTakesNobodyMoreIsNotReady() throws IOException {
        try (Server server = Server.with((_, out) -> out.write(denied(0, 1040)))) {
            assertSays(
                    Answer.INCONCLUSIVE,
                    "service.not-ready",
                    server.asked(new MysqlProbe(), "", LIMIT));
        }
        try (Server server = Server.with(mysql(new ArrayList<>(), 1129))) {
            assertSays(
                    Answer.INCONCLUSIVE,
                    "service.not-ready",
                    server.asked(new MysqlProbe(), "", LIMIT));
        }
    }

    private static List<Probe> all() {
        return List.of(
                new SmtpProbe(),
                new ImapProbe(),
                new PostgresqlProbe(),
                new MysqlProbe(),
                new DnsProbe());
    }

    private static String question(Probe probe) {
        return probe.kind().equals("dns") ? "www.example.org A" : "";
    }

    @Test
    void aSilentServerIsWaitedForNoLongerThanTheLimit() throws IOException {
        for (Probe probe : all()) {
            try (Server server = Server.with((in, _) -> in.transferTo(new Nowhere()))) {
                Verdict verdict = server.asked(probe, question(probe), SHORT);
                assertSays(Answer.INCONCLUSIVE, "service.silent", verdict);
            }
        }
    }

    /** Swallows everything. */
    private static final class Nowhere extends OutputStream {
        @Override
        public void write(int octet) {
            // gone
        }
    }

    @Test
    void aServerThatHangsUpIsNoSuccess() throws IOException {
        for (Probe probe : all()) {
            try (Server server = Server.with((_, _) -> {})) {
                Verdict verdict = server.asked(probe, question(probe), LIMIT);
                assertSays(Answer.INCONCLUSIVE, "service.empty", verdict);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x20, 0x7f, 0xff})
    void aServerThatTalksWithoutEndIsLeft(int octet) throws IOException {
        for (Probe probe : all()) {
            try (Server server = Server.with((_, out) -> flood(out, octet))) {
                Verdict verdict = server.asked(probe, question(probe), LIMIT);
                assertEquals(Answer.INCONCLUSIVE, verdict.answer(), probe.kind());
                assertEquals("service.other", verdict.reason().code(), probe.kind());
            }
        }
    }

    private static void flood(OutputStream out, int octet) throws IOException {
        byte[] much = new byte[8192];
        Arrays.fill(much, (byte) octet);
        while (true) {
            out.write(much);
        }
    }

    @Test
    void aRefusedConnectionIsTheSameForAllOfThem() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            closed = socket.getLocalPort();
        }
        for (Probe probe : all()) {
            ProbeTarget target = ProbeTarget.asking("127.0.0.1", closed, question(probe));
            assertSays(Answer.NEGATIVE, "probe.refused-here", probe.test(target, LIMIT));
        }
    }
}
