package org.standfest.replication.agent;

import org.standfest.replication.engine.SessionSender;
import org.standfest.replication.transport.ChannelSettings;

import java.time.Duration;

/**
 * How a resident agent behaves.
 *
 * @param look how often folders and sources are looked at
 * @param report how often at least it reports
 * @param firstRetry the pause after a first broken connection; doubles each time
 * @param longestRetry the longest pause
 * @param attempts how many connections a session may take before it counts as failed
 * @param snapshotLimit how long taking a snapshot may last
 * @param channels limits of connections
 * @param sending how much machine a sender uses
 */
public record AgentSettings(
        Duration look,
        Duration report,
        Duration firstRetry,
        Duration longestRetry,
        int attempts,
        Duration snapshotLimit,
        ChannelSettings channels,
        SessionSender.Settings sending) {

    /** What fits most machines. */
    public static AgentSettings standard() {
        return new AgentSettings(
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ofMillis(500),
                Duration.ofSeconds(30),
                12,
                Duration.ofSeconds(30),
                ChannelSettings.standard(),
                SessionSender.Settings.STANDARD);
    }
}
