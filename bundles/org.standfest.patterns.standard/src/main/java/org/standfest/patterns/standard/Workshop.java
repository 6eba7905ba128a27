package org.standfest.patterns.standard;

import org.eclipse.emf.common.util.EList;
import org.standfest.analysis.licences.LicenceModels;
import org.standfest.patterns.Pattern;
import org.standfest.results.Catalog;
import org.standfest.topology.Component;
import org.standfest.topology.Dependency;
import org.standfest.topology.DependencyKind;
import org.standfest.topology.Disk;
import org.standfest.topology.Element;
import org.standfest.topology.Host;
import org.standfest.topology.HypervisorKind;
import org.standfest.topology.Licence;
import org.standfest.topology.LicenceKind;
import org.standfest.topology.Link;
import org.standfest.topology.LinkKind;
import org.standfest.topology.Machine;
import org.standfest.topology.Network;
import org.standfest.topology.NetworkInterface;
import org.standfest.topology.NetworkKind;
import org.standfest.topology.PhysicalServer;
import org.standfest.topology.Service;
import org.standfest.topology.Site;
import org.standfest.topology.SiteKind;
import org.standfest.topology.Storage;
import org.standfest.topology.StorageKind;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyFactory;
import org.standfest.topology.VirtualMachine;
import org.standfest.topology.Workload;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What patterns need to draw: elements with identities and names that nobody has yet. Sizes of new
 * iron follow from what it must carry. One thread, one laying.
 */
final class Workshop {

    static final TopologyFactory MAKE = TopologyFactory.eINSTANCE;
    static final Catalog TEXTS = Catalog.beside(Workshop.class);

    /** What a new system is taken for until somebody says better. */
    private static final int SYSTEM_CORES = 2;

    private static final int SYSTEM_MEMORY_MIB = 8 * 1024;
    private static final int SYSTEM_DISK_GIB = 100;
    private static final int SYSTEM_USED_GIB = 60;
    private static final int SYSTEM_CHANGED_MIB = 100;
    private static final int HYPERVISOR_MIB = 8 * 1024;

    private final Pattern.Place place;
    private final Set<String> names = new HashSet<>();

    Workshop(Pattern.Place place) {
        this.place = place;
        topology()
                .eAllContents()
                .forEachRemaining(
                        it -> {
                            if (it instanceof Element element && element.getName() != null) {
                                names.add(element.getName());
                            }
                        });
    }

    Topology topology() {
        return place.topology();
    }

    String word(String key) {
        return TEXTS.text(place.locale(), "name." + key);
    }

    /** A new element with its identity and a name of its own. */
    <T extends Element> T add(EList<? super T> list, T element, String key) {
        return named(list, element, word(key));
    }

    <T extends Element> T named(EList<? super T> list, T element, String wanted) {
        String name = wanted;
        for (int number = 2; !names.add(name); number++) {
            name = wanted + ' ' + number;
        }
        element.setId(place.identities().get().toString());
        element.setName(name);
        list.add(element);
        return element;
    }

    /** What of a selection is a system; hosts and sites stand for what runs there. */
    static Set<Workload> systems(List<? extends Element> selection) {
        Set<Workload> systems = new LinkedHashSet<>();
        for (Element element : selection) {
            switch (element) {
                case Workload workload -> systems.add(workload);
                case Host host -> systems.addAll(host.getVirtualMachines());
                case Site site -> {
                    site.getHosts().forEach(it -> systems.addAll(it.getVirtualMachines()));
                    systems.addAll(site.getServers());
                }
                default -> {
                    // protects no system by itself
                }
            }
        }
        return systems;
    }

    /** The systems of the selection, or so many new ones that stand nowhere yet. */
    List<Workload> systems(int wanted) {
        Set<Workload> chosen = systems(place.selection());
        if (!chosen.isEmpty()) {
            return List.copyOf(chosen);
        }
        List<Workload> made = new java.util.ArrayList<>();
        for (int i = 0; i < wanted; i++) {
            made.add(system());
        }
        return made;
    }

    private VirtualMachine system() {
        VirtualMachine guest =
                add(topology().getVirtualMachines(), MAKE.createVirtualMachine(), "system");
        guest.setCpuCores(SYSTEM_CORES);
        guest.setMemoryMiB(SYSTEM_MEMORY_MIB);
        guest.setBootSeconds(120);
        guest.setChangedMiBPerHour(SYSTEM_CHANGED_MIB);
        disk(guest, SYSTEM_DISK_GIB, SYSTEM_USED_GIB);
        Service service =
                named(
                        topology().getServices(),
                        MAKE.createService(),
                        TEXTS.text(place.locale(), "name.service", guest.getName()));
        service.setRtoSeconds(4 * 3600);
        service.setRpoSeconds(2 * 3600);
        service.setMtpdSeconds(24 * 3600);
        needs(service, DependencyKind.ALL_OF, List.of(guest));
        return guest;
    }

    Dependency needs(Service service, DependencyKind kind, List<? extends Component> targets) {
        Dependency dependency =
                named(service.getDependencies(), MAKE.createDependency(), word("needs"));
        dependency.setKind(kind);
        dependency.getTargets().addAll(targets);
        return dependency;
    }

    Disk disk(Machine machine, int sizeGiB, int usedGiB) {
        Disk disk = MAKE.createDisk();
        disk.setId(place.identities().get().toString());
        disk.setName(word("disk"));
        disk.setSizeGiB(sizeGiB);
        disk.setUsedGiB(usedGiB);
        machine.getDisks().add(disk);
        return disk;
    }

    /** The sites of what is selected, in order. */
    List<Site> sites() {
        Set<Site> sites = new LinkedHashSet<>();
        for (Element element : place.selection()) {
            Site site =
                    switch (element) {
                        case Site it -> it;
                        case Machine machine -> siteOf(machine);
                        case Storage storage -> storage.getSite();
                        default -> null;
                    };
            if (site != null) {
                sites.add(site);
            }
        }
        return List.copyOf(sites);
    }

    static Site siteOf(Machine machine) {
        return switch (machine) {
            case Host host -> host.getSite();
            case PhysicalServer server -> server.getSite();
            case VirtualMachine guest -> guest.getHost() == null ? null : guest.getHost().getSite();
            case null, default -> null;
        };
    }

    Site site(SiteKind kind, String key) {
        Site site = add(topology().getSites(), MAKE.createSite(), key);
        site.setKind(kind);
        return site;
    }

    /** Hosts of the selection, then new ones until there are enough. */
    List<Host> hosts(int wanted, List<Site> sites, List<Workload> toCarry) {
        Set<Host> hosts = new LinkedHashSet<>();
        for (Element element : place.selection()) {
            if (element instanceof Host host) {
                hosts.add(host);
            }
        }
        toCarry.stream()
                .filter(VirtualMachine.class::isInstance)
                .map(it -> ((VirtualMachine) it).getHost())
                .filter(it -> it != null && !it.eIsProxy())
                .forEach(hosts::add);
        List<Host> all = new java.util.ArrayList<>(hosts);
        while (all.size() < wanted) {
            all.add(host(sites.get(all.size() % sites.size()), toCarry));
        }
        return all;
    }

    /** A host that could carry all of some systems. */
    Host host(Site site, List<? extends Workload> toCarry) {
        Host host = add(site.getHosts(), MAKE.createHost(), "host");
        host.setHypervisor(HypervisorKind.KVM);
        host.setReservedMemoryMiB(HYPERVISOR_MIB);
        enlarge(host, toCarry);
        host.getPowerFeeds().addAll(site.getPowerFeeds());
        return host;
    }

    /**
     * Makes sure that a machine could carry systems beside what runs there already, and what the
     * hypervisor keeps.
     */
    void enlarge(Machine machine, List<? extends Workload> toCarry) {
        Set<Workload> all = new LinkedHashSet<>(toCarry);
        if (machine instanceof Host host) {
            all.addAll(host.getVirtualMachines());
            long needed = ownDisksGiB(List.copyOf(all));
            long there = machine.getDisks().stream().mapToLong(Disk::getSizeGiB).sum();
            if (needed > there) {
                disk(machine, (int) Math.min(1 << 30, needed - there), 0);
            }
        }
        int cores = all.stream().mapToInt(Machine::getCpuCores).sum();
        long memory = all.stream().mapToLong(Machine::getMemoryMiB).sum() + HYPERVISOR_MIB;
        int rounded = (int) Math.min(1 << 30, (memory + 16_383) / 16_384 * 16_384);
        machine.setCpuCores(Math.clamp((cores + 7) / 8 * 8, machine.getCpuCores(), 4096));
        machine.setMemoryMiB(Math.max(machine.getMemoryMiB(), rounded));
    }

    /** What systems keep on their host's own disks, with a third to spare. */
    private static long ownDisksGiB(List<Workload> systems) {
        long sum =
                systems.stream()
                        .flatMap(it -> it.getDisks().stream())
                        .filter(it -> it.getStorage() == null)
                        .mapToLong(Disk::getSizeGiB)
                        .sum();
        return (sum * 3 / 2 + 99) / 100 * 100;
    }

    /** Puts systems that stand nowhere onto hosts, in turns. */
    static void spread(List<Workload> systems, List<Host> hosts) {
        int turn = 0;
        for (Workload system : systems) {
            if (system instanceof VirtualMachine guest && guest.getHost() == null) {
                guest.setHost(hosts.get(turn++ % hosts.size()));
            }
        }
    }

    /** A small machine that only votes, at a site where neither half is. */
    PhysicalServer witness() {
        Site site = site(SiteKind.BRANCH, "third-site");
        PhysicalServer witness = add(site.getServers(), MAKE.createPhysicalServer(), "witness");
        witness.setCpuCores(2);
        witness.setMemoryMiB(4096);
        disk(witness, 64, 10);
        return witness;
    }

    Network network(NetworkKind kind, String key, List<Site> sites, List<? extends Machine> ends) {
        Network network = add(topology().getNetworks(), MAKE.createNetwork(), key);
        network.setKind(kind);
        network.setBandwidthMbps(10_000);
        network.setLatencyMillis(0.5);
        network.getSites().addAll(new LinkedHashSet<>(sites));
        for (Machine machine : ends) {
            NetworkInterface card = MAKE.createNetworkInterface();
            card.setId(place.identities().get().toString());
            card.setName("eth" + machine.getInterfaces().size());
            card.setNetwork(network);
            machine.getInterfaces().add(card);
        }
        return network;
    }

    /** The line between two sites: one that is there, or a new one. */
    Link link(Site first, Site second, LinkKind kind, double mbps) {
        for (Link link : topology().getLinks()) {
            if (link.getFirstSite() == first && link.getSecondSite() == second
                    || link.getFirstSite() == second && link.getSecondSite() == first) {
                return link;
            }
        }
        Link link =
                named(
                        topology().getLinks(),
                        MAKE.createLink(),
                        first.getName() + " \u2013 " + second.getName());
        link.setKind(kind);
        link.setFirstSite(first);
        link.setSecondSite(second);
        link.setBandwidthMbps(mbps);
        link.setLatencyMillis(kind == LinkKind.FIBRE ? 0.5 : 15);
        link.setVpn(kind == LinkKind.INTERNET);
        return link;
    }

    Storage storage(Site site, StorageKind kind, List<Workload> systems, String key) {
        Storage storage = add(site.getStorages(), MAKE.createStorage(), key);
        storage.setKind(kind);
        storage.setRaidLevel("RAID 6");
        storage.setLatencyMicros(500);
        storage.setCapacityGiB(roomGiB(systems, true));
        return storage;
    }

    /** Room for systems with a third to spare. */
    static int roomGiB(List<? extends Workload> systems, boolean whole) {
        long sum =
                systems.stream()
                        .flatMap(it -> it.getDisks().stream())
                        .mapToLong(it -> whole ? it.getSizeGiB() : it.getUsedGiB())
                        .sum();
        return (int) Math.min(1 << 30, Math.max(100, (sum * 3 / 2 + 99) / 100 * 100));
    }

    /** Adds the licences that are missing for what stands there now. */
    void licences() {
        Topology topology = topology();
        LicenceModels.builtIn()
                .of(topology)
                .ifPresent(
                        model -> {
                            for (Map.Entry<LicenceKind, Integer> each :
                                    model.needed(topology).entrySet()) {
                                int held =
                                        topology.getLicences().stream()
                                                .filter(it -> it.getKind() == each.getKey())
                                                .mapToInt(Licence::getCount)
                                                .sum();
                                if (each.getValue() > held) {
                                    Licence licence =
                                            add(
                                                    topology.getLicences(),
                                                    MAKE.createLicence(),
                                                    "licence." + each.getKey().getLiteral());
                                    licence.setKind(each.getKey());
                                    licence.setCount(each.getValue() - held);
                                }
                            }
                        });
    }
}
