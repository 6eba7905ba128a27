package org.standfest.standby.journey;

import org.standfest.probe.Probe;
import org.standfest.probe.ProbeTarget;
import org.standfest.probe.Verdict;
import org.standfest.probe.Verdict.Answer;
import org.standfest.results.Explanation;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The three tests of loopback ports that the journey needs, without the real probes' bundle. */
record LoopbackProbe(String kind) implements Probe {

    @Override
    public Verdict test(ProbeTarget target, Duration limit) {
        InetSocketAddress address =
                new InetSocketAddress(target.host(), target.port().orElseThrow());
        Answer answer =
                switch (kind) {
                    case "bind" -> bind(address);
                    case "tcp" -> connect(address, "");
                    default -> connect(address, target.page().orElseThrow().path());
                };
        Explanation why =
                Explanation.rendered("loopback", kind + " " + answer, "That is so.", "Nothing.");
        return new Verdict(kind, target.toString(), answer, why, Duration.ofMillis(1));
    }

    private static Answer bind(InetSocketAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort()));
            return Answer.NEGATIVE;
        } catch (IOException _) {
            return Answer.POSITIVE;
        }
    }

    private static Answer connect(InetSocketAddress address, String path) {
        try {
            return path.isEmpty() || get(address, path).contains("200 OK")
                    ? reached(address)
                    : Answer.NEGATIVE;
        } catch (IOException _) {
            return Answer.NEGATIVE;
        }
    }

    private static Answer reached(InetSocketAddress address) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(address, 500);
            return Answer.POSITIVE;
        }
    }

    /** The whole answer of a web server. */
    static String get(InetSocketAddress address, String path) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(address, 500);
            socket.setSoTimeout(2_000);
            OutputStream out = socket.getOutputStream();
            out.write(("GET " + path + " HTTP/1.1\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
