package org.standfest.topology.check.internal;

import org.standfest.analysis.TopologyRule;
import org.standfest.results.Finding;
import org.standfest.topology.ImagePool;
import org.standfest.topology.Licence;
import org.standfest.topology.LicenceKind;
import org.standfest.topology.Protection;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.Topology;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.Workload;

import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The licences that protecting by standby needs: 1 to 4 primaries one base licence and an agent for
 * each but the first; more an enterprise licence for each standby of iron; virtual standbys an
 * instance licence each and one for each primary; backups of the pool their module. A licence of
 * the kind "custom" switches the count off.
 */
public final class LicenceRule implements TopologyRule {

    private static final int BASE_PRIMARIES = 4;
    private static final int SOON_DAYS = 90;

    private final Clock clock;

    /** With the clock that tells what has expired. */
    public LicenceRule(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String id() {
        return "standfest.licence";
    }

    @Override
    public void examine(Topology topology, Consumer<Finding> findings) {
        Reporter report = new Reporter(findings);
        LocalDate today = LocalDate.now(clock);
        topology.getLicences().forEach(it -> validity(it, today, report));
        Map<LicenceKind, Integer> held = held(topology, today);
        if (held.containsKey(LicenceKind.CUSTOM)) {
            return;
        }
        Map<LicenceKind, Integer> needed = needed(topology);
        for (LicenceKind kind : LicenceKind.values()) {
            int missing = needed.getOrDefault(kind, 0) - held.getOrDefault(kind, 0);
            if (missing > 0) {
                report.error(
                        topology,
                        "licence.missing",
                        missing,
                        kind.getLiteral(),
                        needed.getOrDefault(kind, 0));
            } else if (missing < 0 && kind != LicenceKind.THIRD_PARTY) {
                report.hint(topology, "licence.surplus", -missing, kind.getLiteral());
            }
        }
    }

    private static void validity(Licence licence, LocalDate today, Reporter report) {
        LocalDate end = end(licence);
        if (end != null && end.isBefore(today)) {
            report.error(licence, "licence.expired", licence.getValidUntil());
        } else if (end != null && end.isBefore(today.plusDays(SOON_DAYS))) {
            report.warning(licence, "licence.expires", licence.getValidUntil());
        }
    }

    private static LocalDate end(Licence licence) {
        try {
            return licence.getValidUntil() == null
                    ? null
                    : LocalDate.parse(licence.getValidUntil());
        } catch (DateTimeParseException _) {
            return null; // the range rule tells
        }
    }

    private static Map<LicenceKind, Integer> held(Topology topology, LocalDate today) {
        Map<LicenceKind, Integer> held = new EnumMap<>(LicenceKind.class);
        for (Licence licence : topology.getLicences()) {
            LocalDate end = end(licence);
            if (end == null || !end.isBefore(today)) {
                held.merge(licence.getKind(), licence.getCount(), Integer::sum);
            }
        }
        return held;
    }

    private static Map<LicenceKind, Integer> needed(Topology topology) {
        Map<ImagePool, Set<Workload>> pools = new HashMap<>();
        Set<Workload> onIron = new HashSet<>();
        Set<Workload> onVirtual = new HashSet<>();
        for (Protection protection : topology.getProtections()) {
            if (protection instanceof StandbyProtection standby
                    && Facts.exists(standby.getImagePool())) {
                ImagePool pool = standby.getImagePool();
                pools.computeIfAbsent(pool, _ -> new HashSet<>()).addAll(standby.getWorkloads());
                (isVirtual(pool) ? onVirtual : onIron).addAll(standby.getWorkloads());
            }
        }
        Map<LicenceKind, Integer> needed = new EnumMap<>(LicenceKind.class);
        int virtual = (int) pools.keySet().stream().filter(LicenceRule::isVirtual).count();
        int iron = pools.size() - virtual;
        if (iron > 0 && onIron.size() <= BASE_PRIMARIES) {
            needed.put(LicenceKind.BASE, iron);
            needed.put(LicenceKind.AGENT, onIron.size() - 1);
        } else if (iron > 0) {
            needed.put(LicenceKind.ENTERPRISE, iron);
        }
        if (virtual > 0) {
            needed.put(LicenceKind.STANDBY_INSTANCE, virtual);
            needed.put(LicenceKind.PRIMARY, onVirtual.size());
        }
        if (!topology.getBackupPlans().isEmpty() && !pools.isEmpty()) {
            needed.put(LicenceKind.BACKUP_MODULE, 1);
        }
        return needed;
    }

    private static boolean isVirtual(ImagePool pool) {
        return pool.getStandby() instanceof VirtualMachine;
    }
}
