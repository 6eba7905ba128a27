package org.standfest.replication.simulation.machine;

import java.time.Duration;

/**
 * What a line is like. TLS over TCP neither reorders nor doubles nor changes what travels; it
 * stops.
 *
 * @param latency how long the first byte takes
 * @param bytesPerSecond how much it carries
 * @param bufferBytes how much is under way before the sender has to wait
 * @param patience after how much silence an end gives up that was never told of the other's end
 */
public record LineRules(
        Duration latency, long bytesPerSecond, int bufferBytes, Duration patience) {}
