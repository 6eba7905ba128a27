package org.standfest.restore.ui.internal.access;

import java.util.Objects;
import java.util.Optional;

/**
 * Where a standby answers.
 *
 * @param host name or address
 * @param port TCP port, 1 to 65535
 */
public record StandbyAddress(String host, int port) {

    /** The port a standby listens at unless it is told otherwise. */
    public static final int USUAL_PORT = 7443;

    /** Checks ranges; throws IllegalArgumentException. */
    public StandbyAddress {
        Objects.requireNonNull(host);
        if (host.isBlank() || host.length() > 255 || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("host or port");
        }
    }

    /**
     * Reads what a person types: {@code host}, {@code host:port} or {@code [IPv6]:port}; empty if
     * it is neither.
     */
    public static Optional<StandbyAddress> parse(String typed) {
        String text = typed.strip();
        int colon = text.lastIndexOf(':');
        boolean bracketed = text.startsWith("[") && text.contains("]");
        boolean withPort =
                colon > 0 && (bracketed ? colon > text.indexOf(']') : text.indexOf(':') == colon);
        String host = withPort ? text.substring(0, colon) : text;
        String port = withPort ? text.substring(colon + 1) : Integer.toString(USUAL_PORT);
        if (bracketed) {
            host = host.substring(1, host.indexOf(']'));
        }
        boolean oneColon = host.indexOf(':') >= 0 && host.indexOf(':') == host.lastIndexOf(':');
        if (oneColon) {
            return Optional.empty();
        }
        if (!host.matches("[0-9A-Za-z.:_%-]{1,255}") || !port.matches("[0-9]{1,5}")) {
            return Optional.empty();
        }
        int number = Integer.parseInt(port);
        return number < 1 || number > 65_535
                ? Optional.empty()
                : Optional.of(new StandbyAddress(host, number));
    }

    /** As a person types it. */
    public String text() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
