package org.standfest.replication.agent;

import org.standfest.replication.objectives.Durations;
import org.standfest.replication.objectives.RateCalendar;
import org.standfest.replication.objectives.Rates;
import org.standfest.replication.objectives.RpoObjective;
import org.standfest.replication.objectives.Schedule;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The text form of a protected system: keys and values, every fault with its key. Stateless. */
final class SystemSettings {

    private static final String COMPARE_RATE = "compareRate";
    private static final String COMPARE_EVERY = "compareEvery";
    private static final String PRIORITY = "priority";
    private static final String RATES = "rates";
    private static final Pattern KNOWN =
            Pattern.compile(
                    "id|name|schedule|everySeconds|rpo|priority|compareEvery|compareRate|rates"
                            + "|machine\\..+|volume\\.\\d{1,2}\\.(name|kind|provider|address"
                            + "|option\\..+)");

    private SystemSettings() {}

    /** A value that cannot be used; its key and why. */
    static final class Fault extends Exception {

        private static final long serialVersionUID = 1L;
        private final String key;
        private final transient Explanation why;

        Fault(String key, Explanation why) {
            super(key + ": " + why, null, false, false);
            this.key = key;
            this.why = why;
        }

        String key() {
            return key;
        }

        Explanation why() {
            return why;
        }
    }

    static Map<String, String> properties(ProtectedSystem system) {
        Map<String, String> properties = new TreeMap<>();
        ReplicationPlan plan = system.plan();
        properties.put("id", system.id());
        properties.put("name", system.name());
        properties.put("schedule", plan.schedule().toString());
        plan.objective().ifPresent(rpo -> properties.put("rpo", rpo.toString()));
        properties.put(PRIORITY, Integer.toString(plan.priority()));
        properties.put(COMPARE_EVERY, Durations.text(plan.compareEvery()));
        properties.put(COMPARE_RATE, Rates.text(plan.compareBytesPerSecond()));
        if (!plan.rates().equals(RateCalendar.UNLIMITED)) {
            properties.put(RATES, plan.rates().toString());
        }
        for (int i = 0; i < system.volumes().size(); i++) {
            VolumeSource volume = system.volumes().get(i);
            String prefix = "volume." + i + ".";
            properties.put(prefix + "name", volume.name());
            properties.put(prefix + "kind", volume.kind().name());
            properties.put(prefix + "provider", volume.provider());
            properties.put(prefix + "address", volume.address());
            volume.options()
                    .forEach((key, value) -> properties.put(prefix + "option." + key, value));
        }
        system.machine().forEach((key, value) -> properties.put("machine." + key, value));
        return properties;
    }

    /** Reads; the first value that cannot be used ends it. */
    static ProtectedSystem of(Map<String, String> properties) throws Fault {
        for (String key : properties.keySet()) {
            if (!KNOWN.matcher(key).matches()) {
                throw new Fault(key, AgentHome.TEXTS.explain("agent.setting-unknown", key));
            }
        }
        List<VolumeSource> volumes = new ArrayList<>();
        for (int i = 0; i < ProtectedSystem.VOLUMES_LIMIT; i++) {
            String prefix = "volume." + i + ".";
            if (properties.containsKey(prefix + "name")) {
                volumes.add(volume(properties, prefix));
            }
        }
        try {
            return new ProtectedSystem(
                    properties.getOrDefault("id", ""),
                    properties.getOrDefault("name", properties.getOrDefault("id", "")),
                    volumes,
                    plan(properties),
                    below(properties, "machine."));
        } catch (IllegalArgumentException _) {
            throw new Fault("id", AgentHome.TEXTS.explain("agent.system-incomplete"));
        }
    }

    static ReplicationPlan plan(Map<String, String> properties) throws Fault {
        long rate =
                properties.containsKey(COMPARE_RATE)
                        ? value(COMPARE_RATE, Rates.parse(properties.get(COMPARE_RATE)))
                        : ReplicationPlan.USUAL_COMPARE_RATE;
        String every = properties.getOrDefault(COMPARE_EVERY, "0 s");
        return new ReplicationPlan(
                schedule(properties),
                properties.containsKey("rpo")
                        ? Optional.of(value("rpo", RpoObjective.parse(properties.get("rpo"))))
                        : Optional.empty(),
                priority(properties),
                value(COMPARE_EVERY, Durations.parse(every)),
                Math.max(1, rate),
                value(RATES, RateCalendar.parse(properties.getOrDefault(RATES, ""))));
    }

    private static Schedule schedule(Map<String, String> properties) throws Fault {
        if (properties.containsKey("schedule")) {
            return value("schedule", Schedule.parse(properties.get("schedule")));
        }
        String seconds = properties.getOrDefault("everySeconds", "0");
        Duration every = value("everySeconds", Durations.parse(seconds));
        return every.isZero() ? Schedule.MANUAL : Schedule.every(every);
    }

    private static int priority(Map<String, String> properties) throws Fault {
        String text = properties.getOrDefault(PRIORITY, "" + ReplicationPlan.USUAL_PRIORITY);
        if (!text.strip().matches("[1-9]")) {
            throw new Fault(PRIORITY, AgentHome.TEXTS.explain("agent.priority-wrong", text));
        }
        return Integer.parseInt(text.strip());
    }

    private static <T> T value(String key, Outcome<T> parsed) throws Fault {
        Optional<Explanation> problem = parsed.problem();
        if (problem.isPresent()) {
            throw new Fault(key, problem.get());
        }
        return parsed.orThrow();
    }

    private static VolumeSource volume(Map<String, String> properties, String prefix) throws Fault {
        String kind = properties.getOrDefault(prefix + "kind", "");
        for (VolumeKind one : VolumeKind.values()) {
            if (one.name().equals(kind)) {
                return volume(properties, prefix, one);
            }
        }
        throw new Fault(prefix + "kind", AgentHome.TEXTS.explain("agent.volume-kind", kind));
    }

    private static VolumeSource volume(
            Map<String, String> properties, String prefix, VolumeKind kind) throws Fault {
        for (String needed : List.of("provider", "address")) {
            if (properties.getOrDefault(prefix + needed, "").isBlank()) {
                throw new Fault(
                        prefix + "name",
                        AgentHome.TEXTS.explain("agent.volume-incomplete", prefix + needed));
            }
        }
        try {
            return new VolumeSource(
                    properties.get(prefix + "name"),
                    kind,
                    properties.get(prefix + "provider"),
                    properties.get(prefix + "address"),
                    below(properties, prefix + "option."));
        } catch (IllegalArgumentException _) {
            throw new Fault(
                    prefix + "name", AgentHome.TEXTS.explain("agent.volume-incomplete", prefix));
        }
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
