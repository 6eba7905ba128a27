package org.standfest.replication.agent;

import org.standfest.replication.source.Presence;
import org.standfest.replication.source.SnapshotProvider;
import org.standfest.replication.source.VolumeSource;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Whether the sources of the systems are there. Safe for any thread. */
final class Presences {

    private final Supplier<Map<String, SnapshotProvider>> providers;
    private final Map<String, Presence> known = new ConcurrentHashMap<>();

    Presences(Supplier<Map<String, SnapshotProvider>> providers) {
        this.providers = providers;
    }

    /**
     * Looks.
     *
     * @param busy systems with something under way: their own steps find out, a second caller would
     *     disturb the source
     * @return whether something is different from before
     */
    boolean look(List<ProtectedSystem> systems, Predicate<String> busy) {
        boolean changed = false;
        Map<String, SnapshotProvider> now = providers.get();
        for (ProtectedSystem system : systems) {
            Presence before = known.get(system.id());
            if (before == null || !busy.test(system.id())) {
                Presence found = worst(system, now);
                known.put(system.id(), found);
                changed |= before == null || before.state() != found.state();
            }
        }
        known.keySet().retainAll(systems.stream().map(ProtectedSystem::id).toList());
        return changed;
    }

    Optional<Presence> of(String systemId) {
        return Optional.ofNullable(known.get(systemId));
    }

    /** Whether the agent can switch a system off in good order. */
    boolean switchable(ProtectedSystem system) {
        return PowerSwitch.of(system, providers.get()).isPresent();
    }

    boolean gone(String systemId) {
        return of(systemId).filter(one -> one.state() == Presence.State.GONE).isPresent();
    }

    /** Removes what a killed agent left of snapshots. */
    void tidy(List<ProtectedSystem> systems) {
        Map<String, SnapshotProvider> now = providers.get();
        for (ProtectedSystem system : systems) {
            system.volumes().stream()
                    .collect(Collectors.groupingBy(VolumeSource::provider))
                    .forEach(
                            (kind, volumes) -> {
                                if (now.containsKey(kind)) {
                                    now.get(kind).tidy(volumes);
                                }
                            });
        }
    }

    /** The worst of its volumes: gone before unknown before there. */
    private static Presence worst(ProtectedSystem system, Map<String, SnapshotProvider> known) {
        Presence worst = null;
        for (VolumeSource volume : system.volumes()) {
            SnapshotProvider provider = known.get(volume.provider());
            Presence one =
                    provider == null
                            ? new Presence(
                                    Presence.State.UNKNOWN,
                                    AgentHome.TEXTS.explain("agent.no-provider", volume.provider()))
                            : provider.presence(volume);
            boolean worse =
                    worst == null
                            || one.state() == Presence.State.GONE
                            || one.state() == Presence.State.UNKNOWN
                                    && worst.state() == Presence.State.THERE;
            worst = worse ? one : worst;
        }
        return worst;
    }
}
