package org.standfest.replication.agent;

import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The verb {@code protect}: a new system, or other settings for one that is protected already
 * (volumes that are named take the place of all that were). For one thread.
 */
final class ProtectVerb {

    private static final Map<String, String> PLAN =
            Map.of(
                    "schedule", "schedule",
                    "rpo", "rpo",
                    "priority", "priority",
                    "compare-every", "compareEvery",
                    "compare-rate", "compareRate",
                    "rates", "rates",
                    "name", "name");

    private static final String COMPRESS = "compress";

    private final AgentHome home;
    private final Words words;

    ProtectVerb(AgentHome home, Words words) {
        this.home = home;
        this.words = words;
    }

    /**
     * Does it.
     *
     * @return the system; refused with what is wrong with the words
     * @throws IllegalArgumentException the words do not have the form of the verb
     */
    Outcome<ProtectedSystem> run(String id) throws IOException {
        Optional<ProtectedSystem> known = home.system(id);
        Map<String, String> properties =
                new TreeMap<>(known.map(SystemSettings::properties).orElse(Map.of("id", id)));
        List<VolumeSource> volumes = volumes();
        if (!volumes.isEmpty()) {
            properties.keySet().removeIf(key -> key.startsWith("volume."));
        } else if (known.isEmpty()) {
            throw new IllegalArgumentException("--disk NAME=... | --tree NAME=PATH");
        }
        words.one("every")
                .ifPresent(
                        seconds -> {
                            properties.remove("schedule");
                            properties.put("everySeconds", seconds);
                        });
        PLAN.forEach(
                (option, key) ->
                        words.one(option)
                                .ifPresent(
                                        value -> {
                                            properties.remove(
                                                    key.equals("schedule") ? "everySeconds" : "");
                                            properties.put(key, value);
                                        }));
        properties.putAll(machine());
        try {
            ProtectedSystem read = SystemSettings.of(withVolumes(properties, volumes));
            return home.save(read).map(_ -> read);
        } catch (SystemSettings.Fault fault) {
            return Outcome.refused(fault.why());
        }
    }

    private static Map<String, String> withVolumes(
            Map<String, String> properties, List<VolumeSource> volumes) {
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
        return properties;
    }

    private Map<String, String> machine() throws IOException {
        Map<String, String> machine = new HashMap<>();
        if (words.one("machine-file").isPresent()) {
            PropertiesFile.read(Path.of(words.one("machine-file").get()))
                    .forEach((key, value) -> machine.put("machine." + key, value));
        }
        for (String fact : words.all("machine")) {
            machine.put("machine." + before(fact), behind(fact));
        }
        return machine;
    }

    private List<VolumeSource> volumes() {
        List<VolumeSource> volumes = new ArrayList<>();
        for (String disk : words.all("disk")) {
            volumes.add(disk(disk));
        }
        for (String tree : words.all("tree")) {
            volumes.add(tree(tree));
        }
        if (volumes.isEmpty() && (words.has("freeze") || words.has("option"))) {
            throw new IllegalArgumentException("--disk | --tree");
        }
        return volumes.stream().map(volume -> withOptions(volume, volumes.getFirst())).toList();
    }

    /** Freezing concerns the whole system and is written at its first volume. */
    private VolumeSource withOptions(VolumeSource volume, VolumeSource first) {
        Map<String, String> options = new HashMap<>(volume.options());
        if (volume == first) {
            words.one("freeze").ifPresent(script -> options.put(VolumeSource.FREEZE, script));
            words.one("thaw").ifPresent(script -> options.put(VolumeSource.THAW, script));
        }
        words.one("compress").ifPresent(how -> options.put(COMPRESS, how));
        for (String option : words.all("option")) {
            int colon = option.indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException("--option " + option);
            }
            if (option.substring(0, colon).equals(volume.name())) {
                String assignment = option.substring(colon + 1);
                options.put(before(assignment), behind(assignment));
            }
        }
        return new VolumeSource(
                volume.name(), volume.kind(), volume.provider(), volume.address(), options);
    }

    private static String before(String assignment) {
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException(assignment);
        }
        return assignment.substring(0, equals);
    }

    private static String behind(String assignment) {
        return assignment.substring(assignment.indexOf('=') + 1);
    }

    private static VolumeSource disk(String assignment) {
        String source = behind(assignment);
        int colon = source.indexOf(':');
        if (colon < 1 || colon == source.length() - 1) {
            throw new IllegalArgumentException("--disk " + assignment);
        }
        String provider = source.substring(0, colon);
        String address = source.substring(colon + 1);
        return new VolumeSource(
                before(assignment),
                VolumeKind.DISK,
                provider,
                provider.equals("file") ? absolute(address) : address);
    }

    /** {@code NAME=PATH} as it lies there, {@code NAME=PROVIDER:PATH} through a snapshot. */
    private VolumeSource tree(String assignment) {
        String exclude = String.join("\n", words.all("exclude"));
        Map<String, String> options =
                exclude.isEmpty() ? Map.of() : Map.of(VolumeSource.EXCLUDE, exclude);
        Map<String, String> all = new HashMap<>(options);
        words.one("mounts").ifPresent(how -> all.put(VolumeSource.MOUNTS, how));
        String source = behind(assignment);
        boolean named = source.matches("[a-z][a-z0-9-]+:.+");
        String provider = named ? source.substring(0, source.indexOf(':')) : "tree";
        String path = named ? source.substring(source.indexOf(':') + 1) : source;
        return new VolumeSource(before(assignment), VolumeKind.TREE, provider, absolute(path), all);
    }

    private static String absolute(String path) {
        return Path.of(path).toAbsolutePath().normalize().toString();
    }
}
