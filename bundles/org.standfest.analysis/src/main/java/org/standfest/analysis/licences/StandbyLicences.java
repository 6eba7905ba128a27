package org.standfest.analysis.licences;

import org.standfest.topology.ImagePool;
import org.standfest.topology.LicenceKind;
import org.standfest.topology.Protection;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.Topology;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.Workload;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * By standby. Up to four primaries of standbys of iron need a base licence for each standby and an
 * agent for each primary but the first; more need an enterprise licence for each standby; a virtual
 * standby needs an instance and a licence for each primary; backups of the pool their module.
 * Applies where nothing else does.
 */
public final class StandbyLicences implements LicenceModel {

    private static final int BASE_PRIMARIES = 4;

    @Override
    public String id() {
        return "standfest.standby";
    }

    @Override
    public boolean appliesTo(Topology topology) {
        return true;
    }

    @Override
    public Map<LicenceKind, Integer> needed(Topology topology) {
        Set<ImagePool> iron = new HashSet<>();
        Set<ImagePool> virtual = new HashSet<>();
        Set<Workload> onIron = new HashSet<>();
        Set<Workload> onVirtual = new HashSet<>();
        for (Protection protection : topology.getProtections()) {
            if (protection instanceof StandbyProtection standby && pooled(standby)) {
                ImagePool pool = standby.getImagePool();
                boolean guest = pool.getStandby() instanceof VirtualMachine;
                (guest ? virtual : iron).add(pool);
                (guest ? onVirtual : onIron).addAll(standby.getWorkloads());
            }
        }
        Map<LicenceKind, Integer> needed = new EnumMap<>(LicenceKind.class);
        if (!iron.isEmpty() && onIron.size() <= BASE_PRIMARIES) {
            needed.put(LicenceKind.BASE, iron.size());
            needed.put(LicenceKind.AGENT, Math.max(0, onIron.size() - 1));
        } else if (!iron.isEmpty()) {
            needed.put(LicenceKind.ENTERPRISE, iron.size());
        }
        needed.put(LicenceKind.STANDBY_INSTANCE, virtual.size());
        needed.put(LicenceKind.PRIMARY, onVirtual.size());
        boolean backed = !topology.getBackupPlans().isEmpty() && iron.size() + virtual.size() > 0;
        needed.put(LicenceKind.BACKUP_MODULE, backed ? 1 : 0);
        needed.values().removeIf(it -> it == 0);
        return needed;
    }

    private static boolean pooled(StandbyProtection standby) {
        return standby.getImagePool() != null && !standby.getImagePool().eIsProxy();
    }
}
