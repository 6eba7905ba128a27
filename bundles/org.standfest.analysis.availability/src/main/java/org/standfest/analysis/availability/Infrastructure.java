package org.standfest.analysis.availability;

import org.standfest.analysis.availability.Unit.Role;
import org.standfest.analysis.faulttree.formula.Formula;
import org.standfest.topology.Disk;
import org.standfest.topology.Element;
import org.standfest.topology.Hardware;
import org.standfest.topology.Host;
import org.standfest.topology.Link;
import org.standfest.topology.Machine;
import org.standfest.topology.Network;
import org.standfest.topology.NetworkInterface;
import org.standfest.topology.NetworkKind;
import org.standfest.topology.PhysicalServer;
import org.standfest.topology.PowerFeed;
import org.standfest.topology.PowerFeedKind;
import org.standfest.topology.Site;
import org.standfest.topology.Storage;
import org.standfest.topology.Topology;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.Workload;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * What stands in the rooms, as structure: a literal that is true when a site, feed, machine,
 * storage or network does not serve. One thread.
 */
final class Infrastructure {

    private static final double SECONDS_PER_HOUR = 3600;

    private final Formula formula;
    private final Units units;
    private final People people;
    private final SiteNetwork routes;
    private final Map<Object, Integer> down = new HashMap<>();
    private final Map<Machine, Integer> iron = new HashMap<>();
    private final Map<Machine, Integer> storageNetworks = new HashMap<>();

    Infrastructure(Topology topology, Formula formula, Units units, People people, int hopsMax) {
        this.formula = formula;
        this.units = units;
        this.people = people;
        routes = new SiteNetwork(topology, formula, hopsMax, this::site, this::link, this::network);
    }

    static boolean exists(Element element) {
        return element != null && !element.eIsProxy();
    }

    SiteNetwork routes() {
        return routes;
    }

    /** The site as a whole: fire, water, cooling, and whatever its figures stand for. */
    int site(Site site) {
        return exists(site) ? once(site, () -> units.itself(site, "site")) : Formula.FALSE;
    }

    int link(Link link) {
        String kind = "link." + link.getKind().getLiteral();
        return once(link, () -> units.itself(link, kind));
    }

    int network(Network network) {
        return exists(network)
                ? once(network, () -> units.itself(network, "network"))
                : Formula.FALSE;
    }

    private int once(Object element, IntSupplier make) {
        Integer known = down.get(element);
        if (known == null) {
            known = make.getAsInt();
            down.put(element, known);
        }
        return known;
    }

    /**
     * A feed. Batteries bridge: behind an UPS the public grid counts only for outages longer than
     * the batteries last. With exponential repair times the share e^(-autonomy/MTTR) of outages
     * lasts longer, and those then last the same MTTR again.
     */
    int feed(PowerFeed feed) {
        return once(feed, () -> feedDown(feed));
    }

    private int feedDown(PowerFeed feed) {
        return switch (feed.getKind()) {
            case UTILITY -> {
                int beyond = longOutage(feed);
                yield autonomySeconds(feed.getSite()) > 0
                        ? formula.or(beyond, shortOutage(feed))
                        : beyond;
            }
            case GENERATOR -> units.itself(feed, "power.generator");
            case UPS -> {
                int self = units.itself(feed, "power.ups");
                List<Integer> supplies = new ArrayList<>();
                for (PowerFeed other : feed.getSite().getPowerFeeds()) {
                    if (other.getKind() == PowerFeedKind.UTILITY) {
                        supplies.add(longOutage(other));
                    } else if (other.getKind() == PowerFeedKind.GENERATOR) {
                        supplies.add(feed(other));
                    }
                }
                boolean endless = feed.getAutonomySeconds() == 0 || supplies.isEmpty();
                yield endless ? self : formula.or(self, and(supplies));
            }
        };
    }

    /** The shortest bridging time of a site's batteries; 0 where there are none. */
    private static double autonomySeconds(Site site) {
        return site.getPowerFeeds().stream()
                .filter(it -> it.getKind() == PowerFeedKind.UPS)
                .mapToDouble(PowerFeed::getAutonomySeconds)
                .filter(it -> it > 0)
                .min()
                .orElse(0);
    }

    private int longOutage(PowerFeed utility) {
        return once(
                "long " + utility.getId(),
                () -> {
                    double bridged = autonomySeconds(utility.getSite()) / SECONDS_PER_HOUR;
                    return bridged == 0
                            ? units.itself(utility, "power.utility")
                            : units.share(
                                    utility,
                                    "long",
                                    Role.LONG_OUTAGE,
                                    figures(utility),
                                    mttr -> Math.exp(-bridged / mttr));
                });
    }

    private int shortOutage(PowerFeed utility) {
        double bridged = autonomySeconds(utility.getSite()) / SECONDS_PER_HOUR;
        return units.share(
                utility,
                "short",
                Role.SHORT_OUTAGE,
                figures(utility),
                mttr -> 1 - Math.exp(-bridged / mttr));
    }

    private Figures figures(PowerFeed utility) {
        return units.figures(utility, "power.utility");
    }

    /** No feed of a machine delivers; a machine without named feeds is taken as always fed. */
    private int power(Hardware hardware) {
        List<Integer> feeds = new ArrayList<>();
        for (PowerFeed feed : hardware.getPowerFeeds()) {
            if (exists(feed)) {
                feeds.add(feed(feed));
            }
        }
        return feeds.isEmpty() ? Formula.FALSE : and(feeds);
    }

    /** The iron of a host alone, without what it stands on: what a redundant group shares out. */
    int own(Machine machine) {
        return switch (machine) {
            case Host host -> once(host, () -> units.itself(host, "host", people.waitHours(host)));
            case PhysicalServer server ->
                    once(server, () -> units.itself(server, "server", people.waitHours(server)));
            default -> throw new IllegalArgumentException(machine.eClass().getName());
        };
    }

    /** What a machine stands on: site and power. */
    int surroundings(Machine machine) {
        return switch (machine) {
            case Host host -> formula.or(site(host.getSite()), power(host));
            case PhysicalServer server -> formula.or(site(server.getSite()), power(server));
            default -> Formula.FALSE;
        };
    }

    /** A machine of iron with everything below and in it; a virtual one is another's business. */
    int iron(Machine machine) {
        Integer known = iron.get(machine);
        if (known == null) {
            known = ironDown(machine);
            iron.put(machine, known);
        }
        return known;
    }

    private int ironDown(Machine machine) {
        return formula.or(own(machine), besideOwn(machine));
    }

    /** What stops a machine beside its own hardware: its system, its disk, what it stands on. */
    int besideOwn(Machine machine) {
        Role role = machine instanceof Host ? Role.HYPERVISOR : Role.OPERATING_SYSTEM;
        String kind = machine instanceof Host ? "hypervisor" : "operating-system";
        int software = once(kind + machine.getId(), () -> units.assumed(machine, kind, role, kind));
        return formula.or(software, surroundings(machine), ownDisk(machine));
    }

    /** A single disk with figures of its own; several are taken as protected by RAID. */
    private int ownDisk(Machine machine) {
        List<Disk> disks = machine.getDisks();
        if (disks.size() != 1 || !exists(disks.getFirst().getFailureData())) {
            return Formula.FALSE;
        }
        Disk disk = disks.getFirst();
        return once(disk, () -> units.itself(disk, "disk." + disk.getKind().getLiteral()));
    }

    /** One half of a storage, or the whole of one that has no other half. */
    private int storageHalf(Storage storage) {
        return once(
                storage,
                () -> formula.or(units.itself(storage, "storage"), site(storage.getSite())));
    }

    /** The data is nowhere. */
    int storage(Storage storage) {
        if (!exists(storage)) {
            return Formula.FALSE;
        }
        Storage other = storage.getMirroredWith();
        return exists(other) && other != storage
                ? formula.and(storageHalf(storage), storageHalf(other))
                : storageHalf(storage);
    }

    /** What a system's disks lie on, and the way there. */
    int disks(Workload workload) {
        boolean ownDisk = workload instanceof VirtualMachine guest && exists(guest.getHost());
        if (workload.getDisks().isEmpty() && !ownDisk) {
            return Formula.FALSE;
        }
        Set<Integer> needed = new LinkedHashSet<>();
        for (Disk disk : workload.getDisks()) {
            if (exists(disk.getStorage())) {
                needed.add(storage(disk.getStorage()));
                needed.add(storageNetworks(machineOf(workload)));
            }
        }
        if (workload instanceof VirtualMachine guest && exists(guest.getHost())) {
            needed.add(ownDisk(guest.getHost()));
        }
        return or(needed);
    }

    /** The iron: a guest's host, otherwise the machine itself. */
    static Machine machineOf(Machine machine) {
        return machine instanceof VirtualMachine guest ? guest.getHost() : machine;
    }

    private int storageNetworks(Machine machine) {
        Integer known = storageNetworks.get(machine);
        if (known == null) {
            known = networks(machine, NetworkKind.STORAGE);
            storageNetworks.put(machine, known);
        }
        return known;
    }

    /** Every network of a kind that a machine has cards in is down; false where it has none. */
    int networks(Machine machine, NetworkKind kind) {
        if (!exists(machine)) {
            return Formula.FALSE;
        }
        Set<Network> found = new LinkedHashSet<>();
        for (NetworkInterface card : machine.getInterfaces()) {
            if (exists(card.getNetwork()) && card.getNetwork().getKind() == kind) {
                found.add(card.getNetwork());
            }
        }
        return found.isEmpty() ? Formula.FALSE : and(found.stream().map(this::network).toList());
    }

    /** A system cannot be reached where it stands: no card in a network for servers or clients. */
    int cutOff(Workload workload) {
        List<Integer> all = new ArrayList<>();
        for (NetworkInterface card : workload.getInterfaces()) {
            Network network = card.getNetwork();
            if (exists(network)
                    && (network.getKind() == NetworkKind.SERVER
                            || network.getKind() == NetworkKind.CLIENT)) {
                all.add(network(network));
            }
        }
        return all.isEmpty() ? Formula.FALSE : and(all);
    }

    int and(List<Integer> literals) {
        return formula.and(array(literals));
    }

    int or(Collection<Integer> literals) {
        return formula.or(array(literals));
    }

    private static int[] array(Collection<Integer> literals) {
        int[] array = new int[literals.size()];
        int n = 0;
        for (int literal : literals) {
            array[n++] = literal;
        }
        return array;
    }

    /** Where a machine stands; null when that is not known. */
    static Site siteOf(Machine machine) {
        return switch (machine) {
            case Host host -> host.getSite();
            case PhysicalServer server -> server.getSite();
            case VirtualMachine guest -> exists(guest.getHost()) ? guest.getHost().getSite() : null;
            case null, default -> null;
        };
    }
}
