package org.standfest.probe.network;

import org.osgi.service.component.annotations.Component;
import org.standfest.probe.Probe;
import org.standfest.probe.ProbeTarget;
import org.standfest.probe.Verdict;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Whether a MySQL or MariaDB server takes sessions (client/server protocol 10): it greets, and
 * answers a log-in that is meant to be refused. A test that only connected and left would be
 * counted by the server as a broken handshake, and after a hundred of them it would lock this host
 * out ({@code max_connect_errors}). A question is the name of the user to be offered.
 */
@Component
public final class MysqlProbe implements Probe {

    private static final String NAME = "MySQL";
    private static final int PACKET_LIMIT_BYTES = 8192;
    private static final int HEADER_BYTES = 4;

    /** CLIENT_PROTOCOL_41, CLIENT_SECURE_CONNECTION, CLIENT_PLUGIN_AUTH. */
    private static final int FLAGS = 0x0200 | 0x8000 | 0x80000;

    private static final byte UTF8 = 33;
    private static final int RESERVED_BYTES = 23;
    private static final int ERROR = 0xff;
    private static final int SWITCH = 0xfe;
    private static final int MORE = 0x01;
    private static final int ACCESS_DENIED = 1045;

    /** Access denied without and with a plug-in of the server named. */
    private static final int ACCESS_DENIED_PLUGIN = 1698;

    private static final int UNKNOWN_PLUGIN = 1251;

    @Override
    public String kind() {
        return "mysql";
    }

    @Override
    public Verdict test(ProbeTarget target, Duration limit) {
        return Conversation.test(kind(), NAME, target, limit, MysqlProbe::greet);
    }

    private static Verdict greet(Attempt attempt, Conversation talk) throws IOException {
        byte[] greeting = packet(talk, 0);
        int first = greeting[0] & 0xff;
        if (first == ERROR) {
            return refused(attempt, greeting);
        }
        if (first != 10) {
            throw new Conversation.Other(new String(greeting, StandardCharsets.ISO_8859_1));
        }
        int end = 1;
        while (end < greeting.length && greeting[end] != 0) {
            end++;
        }
        String version =
                Conversation.words(new String(greeting, 1, end - 1, StandardCharsets.UTF_8));
        talk.say(logIn(attempt.target().question()));
        byte[] answer = packet(talk, 2);
        int kind = answer[0] & 0xff;
        if (kind == SWITCH || kind == MORE) {
            // An empty answer ends the handshake in good order: with a refusal.
            talk.say(new byte[] {0, 0, 0, 3});
            answer = packet(talk, 4);
            kind = answer[0] & 0xff;
        }
        if (kind == ERROR && !isDenied(answer)) {
            return refused(attempt, answer);
        }
        return attempt.positive("service.answered", NAME, version);
    }

    private static boolean isDenied(byte[] error) {
        int code = code(error);
        return code == ACCESS_DENIED || code == ACCESS_DENIED_PLUGIN || code == UNKNOWN_PLUGIN;
    }

    private static Verdict refused(Attempt attempt, byte[] error) {
        String text =
                error.length < 3
                        ? ""
                        : new String(error, 3, error.length - 3, StandardCharsets.UTF_8);
        return attempt.inconclusive(
                "service.not-ready", NAME, Conversation.words(code(error) + " " + text));
    }

    private static int code(byte[] error) {
        return error.length < 3 ? 0 : (error[1] & 0xff) | (error[2] & 0xff) << 8;
    }

    private static byte[] packet(Conversation talk, int number) throws IOException {
        byte[] header = talk.bytes(HEADER_BYTES);
        int length = (header[0] & 0xff) | (header[1] & 0xff) << 8 | (header[2] & 0xff) << 16;
        if (length < 1 || length > PACKET_LIMIT_BYTES || header[3] != number) {
            throw new Conversation.Other(new String(header, StandardCharsets.ISO_8859_1));
        }
        return talk.bytes(length);
    }

    private static byte[] logIn(String question) {
        byte[] user =
                (question.isEmpty() ? "standfest" : question).getBytes(StandardCharsets.UTF_8);
        byte[] plugin = "mysql_native_password\0".getBytes(StandardCharsets.US_ASCII);
        int length = 4 + 4 + 1 + RESERVED_BYTES + user.length + 1 + 1 + plugin.length;
        ByteBuffer packet =
                ByteBuffer.allocate(HEADER_BYTES + length).order(ByteOrder.LITTLE_ENDIAN);
        packet.putInt(length | 1 << 24);
        packet.putInt(FLAGS).putInt(PACKET_LIMIT_BYTES).put(UTF8);
        packet.position(packet.position() + RESERVED_BYTES);
        // The password is empty: one byte that says that nothing follows.
        packet.put(user).put((byte) 0).put((byte) 0).put(plugin);
        return packet.array();
    }
}
