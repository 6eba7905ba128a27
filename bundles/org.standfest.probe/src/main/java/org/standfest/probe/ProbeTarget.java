package org.standfest.probe;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where a probe looks. One target serves several probes: each takes what it needs.
 *
 * @param host name or numeric address
 * @param port TCP port, if the target is one
 * @param page what a web server must answer there, if it is one
 * @param question what else is asked there, in the words of the kind of probe; empty for nothing
 * @param networkInterface the interface of this host through which to look, for tests on the local
 *     wire; usually empty
 */
public record ProbeTarget(
        String host,
        OptionalInt port,
        Optional<Page> page,
        String question,
        Optional<String> networkInterface) {

    private static final int QUESTION_LIMIT = 1024;

    /** Checks the port and refuses a host that could be taken for an option of a command. */
    public ProbeTarget {
        if (host.isBlank() || host.startsWith("-") || host.length() > 253) {
            throw new IllegalArgumentException("host " + host);
        }
        if (port.isPresent() && (port.getAsInt() < 1 || port.getAsInt() > 65535)) {
            throw new IllegalArgumentException("port " + port.getAsInt());
        }
        Objects.requireNonNull(page);
        if (question.length() > QUESTION_LIMIT) {
            throw new IllegalArgumentException("question");
        }
        if (networkInterface.isPresent()
                && !networkInterface.get().matches("[A-Za-z0-9][A-Za-z0-9._-]{0,14}")) {
            throw new IllegalArgumentException("network interface " + networkInterface.get());
        }
    }

    /** An address as a whole. */
    public static ProbeTarget address(String host) {
        return new ProbeTarget(host, OptionalInt.empty(), Optional.empty(), "", Optional.empty());
    }

    /** A TCP port. */
    public static ProbeTarget port(String host, int port) {
        return asking(host, port, "");
    }

    /** A TCP port of a service that is asked something. */
    public static ProbeTarget asking(String host, int port, String question) {
        return new ProbeTarget(
                host, OptionalInt.of(port), Optional.empty(), question, Optional.empty());
    }

    /** A page of a web server that must answer 200 with any content. */
    public static ProbeTarget page(String host, int port, String path) {
        Page page = new Page(path, 200, "");
        return new ProbeTarget(host, OptionalInt.of(port), Optional.of(page), "", Optional.empty());
    }

    /** The same, looked for through a stated interface of this host. */
    public ProbeTarget through(String interfaceName) {
        return new ProbeTarget(host, port, page, question, Optional.of(interfaceName));
    }

    /** The same with a stated answer. */
    public ProbeTarget expecting(int status, String bodyPart) {
        Page expected = new Page(page.map(Page::path).orElse("/"), status, bodyPart);
        return new ProbeTarget(host, port, Optional.of(expected), question, networkInterface);
    }

    /** {@code host}, {@code host:port} or {@code host:port/path}. */
    @Override
    public String toString() {
        String where = host.contains(":") ? "[" + host + "]" : host;
        return where
                + (port.isPresent() ? ":" + port.getAsInt() : "")
                + page.map(Page::path).orElse("");
    }

    /**
     * What a web server must answer.
     *
     * @param path begins with a slash, with query if any
     * @param status expected HTTP status, 100 to 599
     * @param bodyPart text that must occur in the first 64 KiB of the answer; empty for any
     */
    public record Page(String path, int status, String bodyPart) {

        /** Checks the path and the status. */
        public Page {
            if (!path.startsWith("/") || path.length() > 2048) {
                throw new IllegalArgumentException("path " + path);
            }
            if (status < 100 || status > 599) {
                throw new IllegalArgumentException("status " + status);
            }
            Objects.requireNonNull(bodyPart);
        }
    }
}
