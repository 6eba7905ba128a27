package org.standfest.probe.network;

import org.osgi.service.component.annotations.Component;
import org.standfest.probe.Probe;
import org.standfest.probe.ProbeTarget;
import org.standfest.probe.ProbeTarget.Page;
import org.standfest.probe.Verdict;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a web server answers as expected (plain HTTP): a service that works, not only a port that
 * is open. Another answer than the expected one is inconclusive, because something does live there.
 */
@Component
public final class HttpProbe implements Probe {

    private static final int ANSWER_LIMIT_BYTES = 64 * 1024;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})\\b.*");

    @Override
    public String kind() {
        return "http";
    }

    @Override
    public Verdict test(ProbeTarget target, Duration limit) {
        return Attempt.of(
                kind(),
                target,
                limit,
                attempt -> Connection.open(attempt, socket -> ask(attempt, socket)));
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
