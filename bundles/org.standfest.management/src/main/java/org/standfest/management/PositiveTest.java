package org.standfest.management;

import java.util.Objects;

/**
 * A test that passes only if it saw the service.
 *
 * @param kind kind of the probe, for example {@code http}, {@code smtp} or {@code plugin}
 * @param host host name or address, at most 253 characters, no hyphen at its beginning
 * @param port TCP port, 1 to 65535
 * @param question what is asked: for HTTP the path, for example {@code /health}, or empty for the
 *     start page; for the other kinds what they say of it; empty for nothing
 * @param intervalMillis pause between two tests by the watch, 100 to 3,600,000
 * @param timeoutMillis limit of one test, 50 to 60,000
 */
public record PositiveTest(
        String kind,
        String host,
        int port,
        String question,
        long intervalMillis,
        long timeoutMillis) {

    /** Checks ranges; throws IllegalArgumentException. */
    public PositiveTest {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(host);
        Objects.requireNonNull(question);
        check(kind.matches("[a-z][a-z0-9-]{0,31}"), "kind");
        // A name that begins so would be an option of a command.
        check(!host.isBlank() && !host.startsWith("-") && host.length() <= 253, "host");
        check(port >= 1 && port <= 65_535, "port");
        check(question.length() <= 1024, "question");
        check(!web(kind) || question.isEmpty() || question.startsWith("/"), "question");
        check(intervalMillis >= 100 && intervalMillis <= 3_600_000, "intervalMillis");
        check(timeoutMillis >= 50 && timeoutMillis <= 60_000, "timeoutMillis");
    }

    /** An HTTP test every second with a limit of two seconds. */
    public static PositiveTest http(String host, int port, String path) {
        return new PositiveTest("http", host, port, path, 1_000, 2_000);
    }

    /** A TCP test every second with a limit of two seconds. */
    public static PositiveTest tcp(String host, int port) {
        return new PositiveTest("tcp", host, port, "", 1_000, 2_000);
    }

    /** Whether a web server is asked, so that the question is the path of a page. */
    public boolean web() {
        return web(kind);
    }

    private static boolean web(String kind) {
        return kind.startsWith("http");
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }
}
