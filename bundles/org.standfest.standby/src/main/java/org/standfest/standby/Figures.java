package org.standfest.standby;

import org.standfest.management.SessionInfo;
import org.standfest.replication.protocol.FactNames;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Reads the figures of a session out of its facts. */
final class Figures {

    private Figures() {}

    /** A figure; 0 if it is missing or no number. */
    static long number(Map<String, String> facts, String name) {
        try {
            return Long.parseLong(facts.getOrDefault(name, "0"));
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    /** The session in the facts; empty if they are about none. */
    static Optional<SessionInfo> session(Map<String, String> facts) {
        long endedAt = number(facts, FactNames.ENDED_AT_MILLIS);
        if (endedAt <= 0) {
            return Optional.empty();
        }
        String result = facts.getOrDefault(FactNames.RESULT, "DONE");
        return Optional.of(
                new SessionInfo(
                        Instant.ofEpochMilli(endedAt),
                        result.equals("DONE"),
                        number(facts, FactNames.BLOCKS_CHANGED),
                        number(facts, FactNames.BLOCKS_SENT),
                        number(facts, FactNames.BYTES_CHANGED),
                        number(facts, FactNames.BYTES_ON_WIRE),
                        number(facts, FactNames.DURATION_MILLIS)));
    }
}
