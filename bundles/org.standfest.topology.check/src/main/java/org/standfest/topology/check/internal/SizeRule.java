package org.standfest.topology.check.internal;

import org.standfest.analysis.TopologyRule;
import org.standfest.results.Finding;
import org.standfest.topology.Disk;
import org.standfest.topology.Host;
import org.standfest.topology.LoadDay;
import org.standfest.topology.LoadProfile;
import org.standfest.topology.Machine;
import org.standfest.topology.MirrorPair;
import org.standfest.topology.Protection;
import org.standfest.topology.Spare;
import org.standfest.topology.Storage;
import org.standfest.topology.StorageKind;
import org.standfest.topology.Topology;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.Weekday;
import org.standfest.topology.WeeklyLoad;
import org.standfest.topology.Workload;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Nothing holds more than fits into it, and no size is missing. */
public final class SizeRule implements TopologyRule {

    private static final int DAYS = 7;

    @Override
    public String id() {
        return "standfest.size";
    }

    @Override
    public void examine(Topology topology, Consumer<Finding> findings) {
        Reporter report = new Reporter(findings);
        Facts facts = new Facts(topology);
        List<Disk> disks = facts.all(Disk.class);
        for (Disk disk : disks) {
            if (disk.getUsedGiB() > disk.getSizeGiB()) {
                report.error(disk, "size.disk", disk.getUsedGiB(), disk.getSizeGiB());
            }
        }
        for (Machine machine : facts.all(Machine.class)) {
            if (machine.getMemoryMiB() == 0 && !(machine instanceof Spare)) {
                report.error(machine, "size.no-memory");
            }
        }
        storages(facts.all(Storage.class), disks, report);
        hostDisks(topology, facts.all(Host.class), report);
        topology.getLoadProfiles().forEach(it -> profile(it, report));
    }

    private static void storages(List<Storage> storages, List<Disk> disks, Reporter report) {
        Map<Storage, long[]> onStorage = new HashMap<>();
        for (Disk disk : disks) {
            if (Facts.exists(disk.getStorage())) {
                long[] sums = onStorage.computeIfAbsent(disk.getStorage(), _ -> new long[2]);
                sums[0] += disk.getUsedGiB();
                sums[1] += disk.getSizeGiB();
            }
        }
        for (Storage storage : storages) {
            long[] sums = onStorage.getOrDefault(storage, new long[2]);
            if (sums[0] > storage.getCapacityGiB()) {
                report.error(storage, "size.storage", sums[0], storage.getCapacityGiB());
            } else if (sums[1] > storage.getCapacityGiB()) {
                report.warning(storage, "size.storage-promised", sums[1], storage.getCapacityGiB());
            }
            mirror(storage, report);
        }
    }

    /** Guests whose disks name no storage lie on their host; a mirror pair holds them on both. */
    private static void hostDisks(Topology topology, List<Host> hosts, Reporter report) {
        Map<Host, Set<VirtualMachine>> held = new HashMap<>();
        for (VirtualMachine guest : topology.getVirtualMachines()) {
            held.computeIfAbsent(guest.getHost(), _ -> new LinkedHashSet<>()).add(guest);
        }
        for (Protection protection : topology.getProtections()) {
            if (protection instanceof MirrorPair) {
                for (Host host : PlacementRule.hosts(protection)) {
                    Set<VirtualMachine> all =
                            held.computeIfAbsent(host, _ -> new LinkedHashSet<>());
                    for (Workload workload : protection.getWorkloads()) {
                        if (workload instanceof VirtualMachine guest) {
                            all.add(guest);
                        }
                    }
                }
            }
        }
        for (Host host : hosts) {
            long usedGiB =
                    held.getOrDefault(host, Set.of()).stream()
                            .flatMap(it -> it.getDisks().stream())
                            .filter(it -> it.getStorage() == null)
                            .mapToLong(Disk::getUsedGiB)
                            .sum();
            long sizeGiB = host.getDisks().stream().mapToLong(Disk::getSizeGiB).sum();
            if (usedGiB > sizeGiB) {
                report.error(host, "size.host-disks", usedGiB, sizeGiB);
            }
        }
    }

    private static void mirror(Storage storage, Reporter report) {
        if (storage.getKind() != StorageKind.MIRRORED) {
            return;
        }
        Storage other = storage.getMirroredWith();
        if (!Facts.exists(other) || other == storage) {
            report.error(storage, "size.mirror-alone");
        } else if (other.getCapacityGiB() < storage.getCapacityGiB()) {
            report.error(
                    storage,
                    "size.mirror",
                    other,
                    other.getCapacityGiB(),
                    storage.getCapacityGiB());
        }
    }

    private static void profile(LoadProfile profile, Reporter report) {
        Set<Weekday> days = EnumSet.noneOf(Weekday.class);
        boolean whole = profile.getDays().size() == DAYS;
        for (LoadDay day : profile.getDays()) {
            whole &= days.add(day.getDay());
            whole &= day.getPercentByHour().size() == WeeklyLoad.HOURS_PER_DAY;
        }
        if (!whole) {
            report.error(profile, "size.profile");
        }
    }
}
