package org.standfest.analysis.capacity;

import org.eclipse.emf.ecore.EObject;
import org.standfest.topology.ImagePool;
import org.standfest.topology.Licence;
import org.standfest.topology.LicenceKind;
import org.standfest.topology.Protection;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.Topology;
import org.standfest.topology.VirtualMachine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How many licences of a kind are needed and held. Up to four primaries of standbys of iron need a
 * base licence for each standby and an agent for each primary but the first; more need an
 * enterprise licence for each standby; a virtual standby needs an instance and a licence for each
 * primary; backups of the pool their module.
 *
 * @param kind the kind
 * @param needed by the protections of the topology
 * @param held by the topology, whatever their last day
 */
public record LicenceCount(LicenceKind kind, int needed, int held) {

    private static final int BASE_PRIMARIES = 4;

    /** What is missing; 0 when there are enough. */
    public int missing() {
        return Math.max(0, needed - held);
    }

    /**
     * Counts; only kinds of which some are needed or held. Empty when a contract of its own covers
     * the topology.
     */
    public static List<LicenceCount> of(Topology topology) {
        if (held(topology, LicenceKind.CUSTOM) > 0) {
            return List.of();
        }
        Set<ImagePool> iron = new HashSet<>();
        Set<ImagePool> virtual = new HashSet<>();
        Set<EObject> onIron = new HashSet<>();
        Set<EObject> onVirtual = new HashSet<>();
        for (Protection protection : topology.getProtections()) {
            if (protection instanceof StandbyProtection standby
                    && standby.getImagePool() != null
                    && !standby.getImagePool().eIsProxy()) {
                ImagePool pool = standby.getImagePool();
                boolean guest = pool.getStandby() instanceof VirtualMachine;
                (guest ? virtual : iron).add(pool);
                (guest ? onVirtual : onIron).addAll(standby.getWorkloads());
            }
        }
        boolean small = !iron.isEmpty() && onIron.size() <= BASE_PRIMARIES;
        boolean large = !iron.isEmpty() && !small;
        boolean backed = !topology.getBackupPlans().isEmpty() && iron.size() + virtual.size() > 0;
        List<LicenceCount> counts = new ArrayList<>();
        for (LicenceKind kind : LicenceKind.values()) {
            int needed =
                    switch (kind) {
                        case BASE -> small ? iron.size() : 0;
                        case AGENT -> small ? Math.max(0, onIron.size() - 1) : 0;
                        case ENTERPRISE -> large ? iron.size() : 0;
                        case STANDBY_INSTANCE -> virtual.size();
                        case PRIMARY -> onVirtual.size();
                        case BACKUP_MODULE -> backed ? 1 : 0;
                        case CUSTOM, THIRD_PARTY -> 0;
                    };
            int held = held(topology, kind);
            if (needed + held > 0 && kind != LicenceKind.THIRD_PARTY) {
                counts.add(new LicenceCount(kind, needed, held));
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
