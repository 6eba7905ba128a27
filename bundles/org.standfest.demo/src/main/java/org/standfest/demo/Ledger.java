package org.standfest.demo;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The guest's ledger as its users reach it: over HTTP, at one address, wherever the guest runs.
 * Safe for any thread; no call takes much longer than the limit.
 */
final class Ledger {

    /** A ledger larger than this is not ours. */
    private static final int ANSWER_LIMIT_BYTES = 4 << 20;

    private final String base;
    private final int limitMillis;

    Ledger(String address, int port, Duration limit) {
        this.base = "http://" + address + ":" + port;
        this.limitMillis = (int) limit.toMillis();
    }

    /** Whether the service answers positively right now. */
    boolean healthy() {
        return get("/health").isPresent();
    }

    /** Appends a line; true only when the guest said that the line is on its disk. */
    boolean append(String entry) {
        return get("/cgi-bin/append?entry=" + entry)
                .filter(answer -> answer.strip().endsWith(entry))
                .isPresent();
    }

    /** All entries in the ledger's order, without their line numbers; empty when nobody answers. */
    Optional<List<String>> entries() {
        return get("/ledger")
                .map(
                        text ->
                                text.lines()
                                        .map(String::strip)
                                        .filter(line -> !line.isEmpty())
                                        .map(line -> line.substring(line.indexOf(' ') + 1))
                                        .toList());
    }

    /** Where a browser finds it. */
    String address() {
        return base;
    }

    private Optional<String> get(String path) {
        HttpURLConnection connection = null;
        try {
            connection = (HttpURLConnection) URI.create(base + path).toURL().openConnection();
            connection.setConnectTimeout(limitMillis);
            connection.setReadTimeout(limitMillis);
            connection.setUseCaches(false);
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                return Optional.empty();
            }
            try (InputStream body = connection.getInputStream()) {
                byte[] bytes = body.readNBytes(ANSWER_LIMIT_BYTES);
                return Optional.of(new String(bytes, StandardCharsets.UTF_8));
            }
        } catch (IOException nobody) {
            // A service that does not answer is what half of the journey is about.
            return Optional.empty();
        } finally {
            if (connection != null) {
                connection.disconnect();
            }
        }
    }
}
