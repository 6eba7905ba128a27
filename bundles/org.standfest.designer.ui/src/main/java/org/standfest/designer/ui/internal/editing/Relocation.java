package org.standfest.designer.ui.internal.editing;

import org.standfest.drawing.ui.gestures.Verdict;
import org.standfest.topology.Disk;
import org.standfest.topology.Element;
import org.standfest.topology.FailoverCluster;
import org.standfest.topology.Host;
import org.standfest.topology.MirrorPair;
import org.standfest.topology.PhysicalServer;
import org.standfest.topology.Protection;
import org.standfest.topology.SeparationGroup;
import org.standfest.topology.SeparationLevel;
import org.standfest.topology.Storage;
import org.standfest.topology.Topology;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.Workload;
import org.standfest.topology.edit.ElementWords;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether virtual machines may run on another host: memory, the law's distance, storage,
 * protection. The same questions as the rules ask, of one move only, so that they are answered at
 * each step of the pointer.
 */
final class Relocation {

    private final Topology topology;
    private final ElementWords names;
    private final EditWords words;

    Relocation(Topology topology, ElementWords names, EditWords words) {
        this.topology = topology;
        this.names = names;
        this.words = words;
    }

    /** What comes of it, or the first reason against it. */
    Verdict to(Host host, Collection<VirtualMachine> guests) {
        Set<VirtualMachine> moving = new LinkedHashSet<>(guests);
        moving.removeIf(guest -> guest.getHost() == host);
        if (moving.isEmpty()) {
            return Verdict.FINE;
        }
        Optional<String> refusal =
                memory(host, moving)
                        .or(() -> first(moving, guest -> storage(host, guest)))
                        .or(() -> first(moving, guest -> separation(host, guest, moving)))
                        .or(() -> first(moving, guest -> protection(host, guest)));
        return refusal.map(Verdict::refused)
                .orElseGet(
                        () ->
                                Verdict.fine(
                                        words.text(
                                                "ok.rehost",
                                                names.label(host),
                                                words.gib(usedMiB(host) + neededMiB(moving)),
                                                words.gib(roomMiB(host)))));
    }

    private static <T> Optional<String> first(
            Collection<T> all, java.util.function.Function<T, Optional<String>> question) {
        return all.stream().map(question).flatMap(Optional::stream).findFirst();
    }

    private static long usedMiB(Host host) {
        return neededMiB(host.getVirtualMachines());
    }

    private static long neededMiB(Collection<VirtualMachine> guests) {
        return guests.stream().mapToLong(VirtualMachine::getMemoryMiB).sum();
    }

    private static long roomMiB(Host host) {
        return (long) host.getMemoryMiB() - host.getReservedMemoryMiB();
    }

    private Optional<String> memory(Host host, Collection<VirtualMachine> moving) {
        long free = roomMiB(host) - usedMiB(host);
        long needed = neededMiB(moving);
        if (needed <= free) {
            return Optional.empty();
        }
        String who =
                moving.size() == 1
                        ? names.label(moving.iterator().next())
                        : moving.stream().map(names::label).collect(Collectors.joining(", "));
        return Optional.of(
                words.text(
                        "no.memory",
                        names.label(host),
                        words.gib(Math.max(0, free)),
                        who,
                        words.gib(needed)));
    }

    private Optional<String> storage(Host host, VirtualMachine guest) {
        for (Disk disk : guest.getDisks()) {
            Storage storage = disk.getStorage();
            if (storage != null && !storage.eIsProxy() && !host.getStorages().contains(storage)) {
                return Optional.of(
                        words.text(
                                "no.storage",
                                names.label(host),
                                names.label(storage),
                                names.label(guest)));
            }
        }
        return Optional.empty();
    }

    private Optional<String> separation(
            Host host, VirtualMachine guest, Set<VirtualMachine> moving) {
        for (SeparationGroup group : topology.getSeparationGroups()) {
            if (group.getLevel() == SeparationLevel.OPERATING_SYSTEM
                    || !group.getWorkloads().contains(guest)) {
                continue;
            }
            boolean bySite = group.getLevel() == SeparationLevel.SITE;
            Element wanted = bySite ? host.getSite() : host;
            for (Workload other : group.getWorkloads()) {
                Element place = moving.contains(other) ? wanted : place(other, bySite);
                if (other != guest && place != null && place == wanted) {
                    String basis = group.getLegalBasis();
                    return Optional.of(
                            words.text(
                                    "no.separation",
                                    names.label(guest),
                                    names.label(other),
                                    names.label(wanted),
                                    basis == null ? names.label(group) : basis));
                }
            }
        }
        return Optional.empty();
    }

    private static Element place(Workload workload, boolean bySite) {
        return switch (workload) {
            case VirtualMachine guest when guest.getHost() != null && !guest.getHost().eIsProxy() ->
                    bySite ? guest.getHost().getSite() : guest.getHost();
            case PhysicalServer server -> bySite ? server.getSite() : server;
            default -> null;
        };
    }

    private Optional<String> protection(Host host, VirtualMachine guest) {
        for (Protection protection : topology.getProtections()) {
            List<Host> hosts = hosts(protection);
            if (!hosts.isEmpty()
                    && !hosts.contains(host)
                    && protection.getWorkloads().contains(guest)) {
                return Optional.of(
                        words.text(
                                "no.protection",
                                names.label(protection),
                                hosts.stream()
                                        .map(names::label)
                                        .collect(Collectors.joining(", "))));
            }
        }
        return Optional.empty();
    }

    private static List<Host> hosts(Protection protection) {
        return switch (protection) {
            case MirrorPair pair ->
                    Stream.of(pair.getFirstHost(), pair.getSecondHost())
                            .filter(Objects::nonNull)
                            .toList();
            case FailoverCluster cluster -> cluster.getHosts();
            default -> List.of();
        };
    }
}
