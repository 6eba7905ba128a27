package org.standfest.replication.transport;

import java.time.Duration;

/**
 * The limits in time and number of channels.
 *
 * @param connect how long connecting may last; also TLS handshake and greeting of callers while
 *     more than half of the connections are taken, otherwise {@code read}
 * @param read how long nothing at all may be heard before the line counts as dead; several times
 *     {@code keepAlive}
 * @param write how long one write may be stuck before the line counts as dead
 * @param keepAlive after how long of sending nothing a keep-alive goes out
 * @param connections how many connections a listener holds at once; more are refused
 * @param connectionsPerAddress how many of them may come from one address
 */
public record ChannelSettings(
        Duration connect,
        Duration read,
        Duration write,
        Duration keepAlive,
        int connections,
        int connectionsPerAddress) {

    /** What fits lines from loopback to a branch office. */
    public static ChannelSettings standard() {
        return new ChannelSettings(
                Duration.ofSeconds(15),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                1024,
                256);
    }
}
