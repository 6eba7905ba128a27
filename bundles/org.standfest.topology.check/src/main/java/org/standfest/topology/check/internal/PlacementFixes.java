package org.standfest.topology.check.internal;

import org.standfest.topology.AvailabilityGroup;
import org.standfest.topology.Host;
import org.standfest.topology.Protection;
import org.standfest.topology.SeparationGroup;
import org.standfest.topology.SeparationLevel;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.Workload;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Moves guests to hosts that have room for them, the one with most room first. */
public final class PlacementFixes extends KnownFixes {

    private static final int SHOWN = 3;

    /** All of them. */
    public PlacementFixes() {
        super(
                "placement",
                Map.of(
                        "placement.no-host", PlacementFixes::move,
                        "placement.other-host", PlacementFixes::astray,
                        "placement.not-virtual", PlacementFixes::notVirtual,
                        "placement.separation-host", PlacementFixes::move,
                        "placement.separation-site", PlacementFixes::move,
                        "host.memory", PlacementFixes::full));
    }

    /** For one that has no host, or too near a neighbour. */
    private static void move(Case it) {
        it.about(VirtualMachine.class).ifPresent(guest -> move(it, guest, fitting(it, guest)));
    }

    /** Where its protections can reach it, and what must stay apart does. */
    private static Predicate<Host> fitting(Case it, VirtualMachine guest) {
        List<Protection> protecting = new Facts(it.topology()).protectionsOf(guest);
        List<SeparationGroup> apart =
                it.topology().getSeparationGroups().stream()
                        .filter(group -> group.getWorkloads().contains(guest))
                        .toList();
        return host ->
                protecting.stream().allMatch(each -> reaches(each, guest, host))
                        && apart.stream().allMatch(group -> isApart(group, guest, host));
    }

    private static boolean reaches(Protection protection, VirtualMachine guest, Host host) {
        if (protection instanceof AvailabilityGroup group) {
            return Facts.real(group.getWorkloads()).stream()
                    .noneMatch(it -> it != guest && Facts.iron(it) == host);
        }
        List<Host> hosts = PlacementRule.hosts(protection);
        return hosts.isEmpty() || hosts.contains(host);
    }

    private static void astray(Case it) {
        VirtualMachine guest = it.about(VirtualMachine.class).orElseThrow();
        move(it, guest, fitting(it, guest));
        leave(it, guest);
    }

    private static void notVirtual(Case it) {
        it.about(Workload.class).ifPresent(workload -> leave(it, workload));
    }

    /** Out of all that cannot reach it where it is. */
    private static void leave(Case it, Workload workload) {
        List<Protection> wrong =
                new Facts(it.topology())
                        .protectionsOf(workload).stream()
                                .filter(each -> isOutside(workload, PlacementRule.hosts(each)))
                                .toList();
        if (wrong.stream().allMatch(each -> each.getWorkloads().size() > 1)) {
            it.propose(
                    "leave",
                    () -> wrong.forEach(each -> each.getWorkloads().remove(workload)),
                    workload,
                    wrong.stream().map(Protection::getName).collect(Collectors.joining(", ")));
        }
    }

    private static boolean isOutside(Workload workload, List<Host> hosts) {
        return !hosts.isEmpty()
                && !(workload instanceof VirtualMachine guest && hosts.contains(guest.getHost()));
    }

    private static boolean isApart(SeparationGroup group, Workload guest, Host host) {
        return Facts.real(group.getWorkloads()).stream()
                .filter(it -> it != guest)
                .noneMatch(
                        it ->
                                group.getLevel() == SeparationLevel.HOST && Facts.iron(it) == host
                                        || group.getLevel() == SeparationLevel.SITE
                                                && Facts.site(it) == host.getSite());
    }

    /** The smallest guest whose leaving is enough goes where there is room. */
    private static void full(Case it) {
        Host host = it.about(Host.class).orElseThrow();
        List<VirtualMachine> guests = Facts.real(host.getVirtualMachines());
        long over = Demand.of(guests).memoryMiB() - Demand.memoryForGuestsMiB(host);
        guests.stream()
                .filter(guest -> guest.getMemoryMiB() >= over)
                .min(Comparator.comparingInt(VirtualMachine::getMemoryMiB))
                .ifPresent(guest -> move(it, guest, fitting(it, guest)));
    }

    private static void move(Case it, VirtualMachine guest, Predicate<Host> fits) {
        new Facts(it.topology())
                .all(Host.class).stream()
                        .filter(host -> host != guest.getHost() && fits.test(host))
                        .filter(host -> freeMiB(host) >= guest.getMemoryMiB())
                        .sorted(Comparator.comparingLong(host -> -freeMiB(host)))
                        .limit(SHOWN)
                        .forEach(
                                host -> it.propose("move", () -> guest.setHost(host), guest, host));
    }

    private static long freeMiB(Host host) {
        return Demand.memoryForGuestsMiB(host)
                - Demand.of(Facts.real(host.getVirtualMachines())).memoryMiB();
    }
}
