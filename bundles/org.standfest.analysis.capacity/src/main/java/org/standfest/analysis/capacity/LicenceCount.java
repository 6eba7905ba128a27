package org.standfest.analysis.capacity;

import org.standfest.analysis.licences.LicenceModel;
import org.standfest.analysis.licences.LicenceModels;
import org.standfest.topology.Licence;
import org.standfest.topology.LicenceKind;
import org.standfest.topology.Topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many licences of a kind are needed and held. How they are counted says a {@link
 * LicenceModel}.
 *
 * @param kind the kind
 * @param needed by the protections of the topology
 * @param held by the topology, whatever their last day
 */
public record LicenceCount(LicenceKind kind, int needed, int held) {

    /** What is missing; 0 when there are enough. */
    public int missing() {
        return Math.max(0, needed - held);
    }

    /**
     * Counts; only kinds of which some are needed or held. Empty when a contract of its own covers
     * the topology.
     */
    public static List<LicenceCount> of(Topology topology, LicenceModels models) {
        Optional<LicenceModel> model = models.of(topology);
        List<LicenceCount> counts = new ArrayList<>();
        if (model.isPresent()) {
            Map<LicenceKind, Integer> needed = model.get().needed(topology);
            for (LicenceKind kind : LicenceKind.values()) {
                int count = needed.getOrDefault(kind, 0);
                int held = held(topology, kind);
                if (count + held > 0 && kind != LicenceKind.THIRD_PARTY) {
                    counts.add(new LicenceCount(kind, count, held));
                }
            }
        }
        return List.copyOf(counts);
    }

    private static int held(Topology topology, LicenceKind kind) {
        return topology.getLicences().stream()
                .filter(it -> it.getKind() == kind)
                .mapToInt(Licence::getCount)
                .sum();
    }
}
