package org.standfest.replication.agent;

import org.standfest.replication.protocol.Ids;
import org.standfest.replication.protocol.Limits;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.VolumeSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A system this agent protects.
 *
 * @param id its id at the standby
 * @param name its name for people
 * @param volumes where its volumes are found, 1 to 64
 * @param every how often it is replicated by itself; zero: only when asked
 * @param machine what is known of the machine, in the keys of the hypervisor contract; goes before
 *     what a provider says
 */
public record ProtectedSystem(
        String id,
        String name,
        List<VolumeSource> volumes,
        Duration every,
        Map<String, String> machine) {

    private static final int VOLUMES_LIMIT = 64;

    /** Checks and copies; IllegalArgumentException for what the standby would not take. */
    public ProtectedSystem {
        Objects.requireNonNull(every);
        volumes = List.copyOf(volumes);
        machine = Map.copyOf(machine);
        long names = volumes.stream().map(VolumeSource::name).distinct().count();
        boolean valid =
                Ids.valid(id)
                        && volumes.stream().allMatch(volume -> Ids.valid(volume.name()))
                        && !name.isEmpty()
                        && name.length() <= Limits.NAME_BYTES / 4
                        && !volumes.isEmpty()
                        && names == volumes.size()
                        && names <= VOLUMES_LIMIT
                        && !every.isNegative()
                        && machine.size() <= Limits.FACTS;
        if (!valid) {
            throw new IllegalArgumentException("not a system that can be protected: " + id);
        }
    }

    /** The same system found elsewhere. */
    public ProtectedSystem movedTo(List<VolumeSource> places, Map<String, String> newMachine) {
        Map<String, String> both = new HashMap<>(machine);
        both.putAll(newMachine);
        return new ProtectedSystem(id, name, places, every, both);
    }

    Map<String, String> toProperties() {
        Map<String, String> properties = new TreeMap<>();
        properties.put("id", id);
        properties.put("name", name);
        properties.put("everySeconds", Long.toString(every.toSeconds()));
        for (int i = 0; i < volumes.size(); i++) {
            VolumeSource volume = volumes.get(i);
            String prefix = "volume." + i + ".";
            properties.put(prefix + "name", volume.name());
            properties.put(prefix + "kind", volume.kind().name());
            properties.put(prefix + "provider", volume.provider());
            properties.put(prefix + "address", volume.address());
            volume.options()
                    .forEach((key, value) -> properties.put(prefix + "option." + key, value));
        }
        machine.forEach((key, value) -> properties.put("machine." + key, value));
        return properties;
    }

    static ProtectedSystem of(Map<String, String> properties) {
        List<VolumeSource> volumes = new ArrayList<>();
        for (int i = 0; properties.containsKey("volume." + i + ".name") && i < VOLUMES_LIMIT; i++) {
            String prefix = "volume." + i + ".";
            volumes.add(
                    new VolumeSource(
                            properties.get(prefix + "name"),
                            VolumeKind.valueOf(properties.getOrDefault(prefix + "kind", "")),
                            properties.getOrDefault(prefix + "provider", ""),
                            properties.getOrDefault(prefix + "address", ""),
                            below(properties, prefix + "option.")));
        }
        return new ProtectedSystem(
                properties.getOrDefault("id", ""),
                properties.getOrDefault("name", ""),
                volumes,
                Duration.ofSeconds(Long.parseLong(properties.getOrDefault("everySeconds", "0"))),
                below(properties, "machine."));
    }

    static Map<String, String> below(Map<String, String> properties, String prefix) {
        Map<String, String> part = new HashMap<>();
        properties.forEach(
                (key, value) -> {
                    if (key.startsWith(prefix)) {
                        part.put(key.substring(prefix.length()), value);
                    }
                });
        return part;
    }
}
