package org.standfest.probe.network;

import org.standfest.probe.ProbeTarget;
import org.standfest.probe.Verdict;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Talks to a service that speaks a protocol: what it says is limited in length and in time. A
 * service that is silent, hangs up or speaks something else does live there, so none of that is a
 * negative answer.
 */
final class Conversation {

    private static final int LINE_LIMIT_BYTES = 4096;
    private static final int WORDS_LIMIT = 200;

    private final Attempt attempt;
    private final Socket socket;
    private final InputStream stream;

    private Conversation(Attempt attempt, Socket socket) throws IOException {
        this.attempt = attempt;
        this.socket = socket;
        this.stream = socket.getInputStream();
    }

    /** What a probe says and hears. */
    interface Script {
        Verdict follow(Attempt attempt, Conversation conversation) throws IOException;
    }

    /** The other side does not speak the protocol. */
    static final class Other extends IOException {
        private static final long serialVersionUID = 1L;

        Other(String heard) {
            super(heard);
        }
    }

    /**
     * Tests by a script: connects and follows it.
     *
     * @param kind the kind of the probe
     * @param protocol the name of the protocol, for people
     */
    static Verdict test(
            String kind, String protocol, ProbeTarget target, Duration limit, Script script) {
        return Attempt.of(kind, target, limit, attempt -> hold(attempt, protocol, script));
    }

    private static Verdict hold(Attempt attempt, String protocol, Script script)
            throws IOException {
        return Connection.open(
                attempt,
                socket -> {
                    try {
                        return script.follow(attempt, new Conversation(attempt, socket));
                    } catch (SocketTimeoutException silent) {
                        return attempt.inconclusive("service.silent", protocol);
                    } catch (EOFException | SocketException hungUp) {
                        return attempt.inconclusive("service.empty", protocol);
                    } catch (Other other) {
                        return attempt.inconclusive(
                                "service.other", protocol, words(other.getMessage()));
                    }
                });
    }

    void say(String line) throws IOException {
        say((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    void say(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** The next line without its end; beyond 4 KiB it is not the protocol. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = read(); next != '\n'; next = read()) {
            if (line.length() == LINE_LIMIT_BYTES) {
                throw new Other(line.toString());
            }
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }

    /** Exactly so many bytes. */
    byte[] bytes(int count) throws IOException {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) read();
        }
        return bytes;
    }

    /** Byte by byte with a fresh limit: drops that come slowly must not outlast the test. */
    private int read() throws IOException {
        if (stream.available() == 0) {
            socket.setSoTimeout((int) attempt.left().toMillis());
        }
        int next = stream.read();
        if (next < 0) {
            throw new EOFException();
        }
        return next;
    }

    /** What a machine said, fit to be shown to a person. */
    static String words(String heard) {
        String plain = heard.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return plain.length() > WORDS_LIMIT ? plain.substring(0, WORDS_LIMIT) + "…" : plain;
    }
}
