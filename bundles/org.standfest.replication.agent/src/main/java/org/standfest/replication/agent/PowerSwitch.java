package org.standfest.replication.agent;

import org.standfest.replication.source.SnapshotProvider;
import org.standfest.replication.source.SourcePower;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Switches a system off and on by the provider of its volumes. Safe for any thread. */
final class PowerSwitch {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final AgentHome home;
    private final Supplier<Map<String, SnapshotProvider>> providers;

    PowerSwitch(AgentHome home, Supplier<Map<String, SnapshotProvider>> providers) {
        this.home = home;
        this.providers = providers;
    }

    /** How a system is switched; empty unless all its volumes are of one provider that can. */
    static Optional<SourcePower> of(
            ProtectedSystem system, Map<String, SnapshotProvider> providers) {
        Set<String> kinds =
                system.volumes().stream().map(VolumeSource::provider).collect(Collectors.toSet());
        return kinds.size() == 1
                ? Optional.ofNullable(providers.get(kinds.iterator().next()))
                        .flatMap(SnapshotProvider::power)
                : Optional.empty();
    }

    /** Does what the standby commands; the act is one of {@code off}, {@code on}, {@code end}. */
    Outcome<Map<String, String>> run(String systemId, String act) {
        Optional<ProtectedSystem> system = home.system(systemId);
        if (system.isEmpty()) {
            return Outcome.refused(AgentHome.TEXTS.explain("agent.system-unknown", systemId));
        }
        Optional<SourcePower> power = of(system.get(), providers.get());
        if (power.isEmpty()) {
            return Outcome.refused(AgentHome.TEXTS.explain("agent.no-power", systemId));
        }
        List<VolumeSource> volumes = system.get().volumes();
        Outcome<Void> done =
                switch (act) {
                    case "off" -> power.get().shutDown(volumes, LIMIT);
                    case "on" -> power.get().startAgain(volumes);
                    case "end" -> power.get().end(volumes);
                    default -> Outcome.refused(AgentHome.TEXTS.explain("agent.order-unknown", act));
                };
        return done.map(_ -> Map.of("act", act));
    }
}
