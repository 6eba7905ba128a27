package org.standfest.probe.network;

import org.osgi.service.component.annotations.Component;
import org.standfest.probe.Probe;
import org.standfest.probe.ProbeTarget;
import org.standfest.probe.ProbeTarget.Page;
import org.standfest.probe.Verdict;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a web server answers as expected (plain HTTP): a service that works, not only a port that
 * is open. Another answer than the expected one is inconclusive, because something does live there.
 */
@Component
public final class HttpProbe implements Probe {

    private static final int ANSWER_LIMIT_BYTES = 64 * 1024;
    private static final long AGAIN_MILLIS = 400;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})\\b.*");

    @Override
    public String kind() {
        return "http";
    }

    @Override
    public Verdict test(ProbeTarget target, Duration limit) {
        return Attempt.of(kind(), target, limit, HttpProbe::race);
    }

    /**
     * Asks, and asks once more on a new connection whenever nobody has answered for a while; the
     * first answer counts. A connection that was opened while a machine was starting often stays
     * silent although the machine has long been up.
     */
    private static Verdict race(Attempt attempt) throws InterruptedException {
        BlockingQueue<Verdict> answers = new LinkedBlockingQueue<>();
        AtomicBoolean connected = new AtomicBoolean();
        List<Thread> runners = new ArrayList<>();
        try {
            for (long left = attempt.left().toMillis();
                    left > 1;
                    left = attempt.left().toMillis()) {
                runners.add(Thread.ofVirtual().start(() -> answers.add(once(attempt, connected))));
                Verdict verdict = answers.poll(Math.min(left, AGAIN_MILLIS), TimeUnit.MILLISECONDS);
                if (verdict != null && !verdict.reason().code().endsWith("silent")) {
                    return verdict;
                }
            }
            return attempt.inconclusive(connected.get() ? "http.silent" : "probe.silent");
        } finally {
            // Interrupting a virtual thread closes the socket it waits for.
            runners.forEach(Thread::interrupt);
        }
    }

    private static Verdict once(Attempt attempt, AtomicBoolean connected) {
        try {
            return Connection.open(
                    attempt,
                    socket -> {
                        connected.set(true);
                        return ask(attempt, socket);
                    });
        } catch (UnknownHostException unknown) {
            return attempt.inconclusive("probe.name");
        } catch (IOException fault) {
            return attempt.inconclusive("probe.fault", String.valueOf(fault.getMessage()));
        }
    }

    private static Verdict ask(Attempt attempt, Socket socket) throws IOException {
        Page page = attempt.target().page().orElse(new Page("/", 200, ""));
        String request =
                "GET %s HTTP/1.0\r\nHost: %s\r\nUser-Agent: standfest-probe\r\nConnection: close\r\n\r\n"
                        .formatted(
                                page.path().replaceAll("[\\s\\p{Cntrl}]", "%20"),
                                attempt.target().host());
        try {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return judge(attempt, page, answer(attempt, socket, page));
        } catch (SocketTimeoutException silent) {
            return attempt.inconclusive("http.silent");
        } catch (SocketException reset) {
            return attempt.inconclusive("http.empty");
        }
    }

    /** Reads until the end of the answer, its limit, or as soon as it is enough to judge. */
    private static String answer(Attempt attempt, Socket socket, Page page) throws IOException {
        StringBuilder answer = new StringBuilder();
        InputStream stream = socket.getInputStream();
        byte[] buffer = new byte[8192];
        while (answer.length() < ANSWER_LIMIT_BYTES) {
            socket.setSoTimeout((int) attempt.left().toMillis());
            int count = stream.read(buffer);
            if (count < 0) {
                break;
            }
            answer.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
            boolean whole = answer.indexOf("\r\n\r\n") >= 0;
            if (whole
                    && (page.bodyPart().isEmpty()
                            || body(answer.toString()).contains(page.bodyPart()))) {
                break;
            }
        }
        return answer.toString();
    }

    private static String body(String answer) {
        int start = answer.indexOf("\r\n\r\n");
        String bytes = start < 0 ? "" : answer.substring(start + 4);
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static Verdict judge(Attempt attempt, Page page, String answer) {
        Matcher status = STATUS.matcher(answer.lines().findFirst().orElse(""));
        if (!status.matches()) {
            return attempt.inconclusive(answer.isEmpty() ? "http.empty" : "http.other");
        }
        if (Integer.parseInt(status.group(1)) != page.status()) {
            return attempt.inconclusive("http.status", status.group(1), page.status());
        }
        return body(answer).contains(page.bodyPart())
                ? attempt.positive("http.answered", status.group(1))
                : attempt.inconclusive("http.body", page.bodyPart());
    }
}
