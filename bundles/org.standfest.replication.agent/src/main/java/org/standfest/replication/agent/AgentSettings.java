package org.standfest.replication.agent;

import org.standfest.replication.engine.SessionSender;
import org.standfest.replication.transport.ChannelSettings;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * How a resident agent behaves.
 *
 * @param look how often folders and sources are looked at
 * @param report how often at least it reports
 * @param firstRetry the pause after a first broken connection; doubles each time
 * @param longestRetry the longest pause
 * @param attempts how many connections a session may take before it counts as failed, and as many
 *     the wait for its turn
 * @param snapshotLimit how long taking a snapshot may last
 * @param retryRun the pause after a first run that failed; doubles each time
 * @param longestRetryRun the longest pause between runs that fail
 * @param sessionsAtOnce how many systems are replicated at once by themselves
 * @param zone whose hours schedules and rates mean
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
        Duration retryRun,
        Duration longestRetryRun,
        int sessionsAtOnce,
        ZoneId zone,
        ChannelSettings channels,
        SessionSender.Settings sending) {

    /** With the usual pauses between runs, four at once, in UTC. */
    public AgentSettings(
            Duration look,
            Duration report,
            Duration firstRetry,
            Duration longestRetry,
            int attempts,
            Duration snapshotLimit,
            ChannelSettings channels,
            SessionSender.Settings sending) {
        this(
                look,
                report,
                firstRetry,
                longestRetry,
                attempts,
                snapshotLimit,
                RETRY_RUN,
                LONGEST_RETRY_RUN,
                SESSIONS_AT_ONCE,
                ZoneOffset.UTC,
                channels,
                sending);
    }

    private static final Duration RETRY_RUN = Duration.ofSeconds(10);
    private static final Duration LONGEST_RETRY_RUN = Duration.ofMinutes(10);
    private static final int SESSIONS_AT_ONCE = 4;

    /** How many systems are replicated at once when more are ordered: half as many again. */
    int ordersAtOnce() {
        return sessionsAtOnce + (sessionsAtOnce + 1) / 2;
    }

    /** The pause after another attempt in vain: twice as long, up to the longest. */
    Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(longestRetry) > 0 ? longestRetry : twice;
    }

    /** The same in another zone. */
    public AgentSettings in(ZoneId other) {
        return new AgentSettings(
                look,
                report,
                firstRetry,
                longestRetry,
                attempts,
                snapshotLimit,
                retryRun,
                longestRetryRun,
                sessionsAtOnce,
                other,
                channels,
                sending);
    }

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
