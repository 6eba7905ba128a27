package org.standfest.replication.agent;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the agent knows of a system from its sessions.
 *
 * @param epoch the epoch it was told; 0: never
 * @param lockedOut whether the standby said that a newer epoch is active: no replication by itself
 *     any more
 * @param lastPoint the last committed recovery point; empty: none
 * @param lastFacts figures of the last session
 */
public record SystemState(
        long epoch, boolean lockedOut, String lastPoint, Map<String, String> lastFacts) {

    /** Nothing yet. */
    public static final SystemState NEW = new SystemState(0, false, "", Map.of());

    /** Copies. */
    public SystemState {
        lastFacts = Map.copyOf(lastFacts);
    }

    SystemState inEpoch(long newEpoch) {
        return new SystemState(newEpoch, false, lastPoint, lastFacts);
    }

    Map<String, String> toProperties() {
        Map<String, String> properties = new TreeMap<>();
        properties.put("epoch", Long.toString(epoch));
        properties.put("lockedOut", Boolean.toString(lockedOut));
        properties.put("lastPoint", lastPoint);
        lastFacts.forEach((key, value) -> properties.put("last." + key, value));
        return properties;
    }

    static SystemState of(Map<String, String> properties) {
        Map<String, String> facts = new HashMap<>(SystemSettings.below(properties, "last."));
        return new SystemState(
                Long.parseLong(properties.getOrDefault("epoch", "0")),
                Boolean.parseBoolean(properties.get("lockedOut")),
                properties.getOrDefault("lastPoint", ""),
                facts);
    }
}
