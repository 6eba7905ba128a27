package org.standfest.analysis.licences;

import org.standfest.topology.LicenceKind;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.Topology;
import org.standfest.topology.Workload;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * By protected system, as subscriptions are sold: each system with a standby needs one licence of
 * the kind "primary", whatever the standby is; everything else is included. Applies where a
 * licence's product contains {@code [standfest.per-system]}.
 */
public final class SystemLicences implements LicenceModel {

    @Override
    public String id() {
        return "standfest.per-system";
    }

    @Override
    public Map<LicenceKind, Integer> needed(Topology topology) {
        Set<Workload> systems = new HashSet<>();
        topology.getProtections().stream()
                .filter(StandbyProtection.class::isInstance)
                .forEach(it -> systems.addAll(it.getWorkloads()));
        return systems.isEmpty() ? Map.of() : Map.of(LicenceKind.PRIMARY, systems.size());
    }
}
