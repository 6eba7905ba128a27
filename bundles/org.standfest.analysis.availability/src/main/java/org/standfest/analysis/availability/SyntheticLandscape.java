package org.standfest.analysis.availability;

import org.standfest.topology.Component;
import org.standfest.topology.Confidence;
import org.standfest.topology.Dependency;
import org.standfest.topology.DependencyKind;
import org.standfest.topology.Element;
import org.standfest.topology.FailoverCluster;
import org.standfest.topology.FailureData;
import org.standfest.topology.Host;
import org.standfest.topology.Link;
import org.standfest.topology.Network;
import org.standfest.topology.NetworkInterface;
import org.standfest.topology.PowerFeed;
import org.standfest.topology.PowerFeedKind;
import org.standfest.topology.Service;
import org.standfest.topology.Site;
import org.standfest.topology.Storage;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyFactory;
import org.standfest.topology.VirtualMachine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Topologies of any size for measuring: pairs of sites with two feeds and batteries each, racks of
 * eight hosts in clusters with two switches, an array for each site, nine guests for a host, and
 * three-tier services (two of two, two of three, one of two guests) over both sites of a pair. The
 * same size and seed give the same topology. One thread, used once.
 */
public final class SyntheticLandscape {

    private static final int HOSTS_PER_RACK = 8;
    private static final int RACKS_PER_SITE = 6;
    private static final int GUESTS_PER_HOST = 9;

    private final TopologyFactory factory = TopologyFactory.eINSTANCE;
    private final Topology topology = factory.createTopology();
    private final SplittableRandom random;
    private int made;
    private int numbered;

    private SyntheticLandscape(long seed) {
        random = new SplittableRandom(seed);
    }

    /**
     * Makes a landscape.
     *
     * @param components about how many things can fail, 100 to 100,000
     * @param seed of what is not regular
     */
    public static Topology of(int components, long seed) {
        SyntheticLandscape landscape = new SyntheticLandscape(seed);
        landscape.named(landscape.topology, "Landscape " + components);
        FailureData server = landscape.data("Server", 109_500, 8);
        FailureData guest = landscape.data("Guest", 2880, 0.25);
        int pair = 0;
        while (landscape.made < components) {
            landscape.pair(pair++, components, server, guest);
        }
        return landscape.topology;
    }

    private <T extends Element> T named(T element, String name) {
        byte[] seed = (numbered++ + name).getBytes(StandardCharsets.UTF_8);
        element.setId(UUID.nameUUIDFromBytes(seed).toString());
        element.setName(name);
        if (element instanceof Component && !(element instanceof NetworkInterface)) {
            made++;
        }
        return element;
    }

    private FailureData data(String name, double mtbfHours, double mttrHours) {
        FailureData data = named(factory.createFailureData(), name);
        data.setMtbfHours(mtbfHours);
        data.setMttrHours(mttrHours);
        data.setConfidence(Confidence.ASSUMED);
        topology.getFailureData().add(data);
        return data;
    }

    private void pair(int number, int components, FailureData server, FailureData guest) {
        Site first = site("site " + 2 * number);
        Site second = site("site " + (2 * number + 1));
        for (String way : List.of("north", "south")) {
            Link link = named(factory.createLink(), "line " + number + " " + way);
            link.setFirstSite(first);
            link.setSecondSite(second);
            topology.getLinks().add(link);
        }
        List<VirtualMachine> guests = new ArrayList<>();
        for (int rack = 0; rack < RACKS_PER_SITE && made < components; rack++) {
            for (Site site : List.of(first, second)) {
                guests.addAll(rack(site, rack, server, guest));
            }
        }
        services(number, guests);
    }

    private Site site(String name) {
        Site site = named(factory.createSite(), name);
        topology.getSites().add(site);
        for (PowerFeedKind kind : List.of(PowerFeedKind.UTILITY, PowerFeedKind.UPS)) {
            for (String side : List.of("A", "B")) {
                PowerFeed feed =
                        named(factory.createPowerFeed(), name + " " + kind.getLiteral() + side);
                feed.setKind(kind);
                feed.setAutonomySeconds(kind == PowerFeedKind.UPS ? 1800 : 0);
                site.getPowerFeeds().add(feed);
            }
        }
        Storage array = named(factory.createStorage(), name + " array");
        site.getStorages().add(array);
        return site;
    }

    private List<VirtualMachine> rack(
            Site site, int number, FailureData server, FailureData guestData) {
        List<Network> switches = new ArrayList<>();
        for (String side : List.of("A", "B")) {
            Network network =
                    named(factory.createNetwork(), site.getName() + " rack " + number + side);
            network.getSites().add(site);
            topology.getNetworks().add(network);
            switches.add(network);
        }
        FailoverCluster cluster =
                named(factory.createFailoverCluster(), site.getName() + " cluster " + number);
        cluster.setAutomatic(true);
        cluster.setCoverage(0.98);
        cluster.setTakeoverSeconds(120);
        cluster.setMinimumHosts(HOSTS_PER_RACK - 2);
        topology.getProtections().add(cluster);
        List<VirtualMachine> guests = new ArrayList<>();
        for (int h = 0; h < HOSTS_PER_RACK; h++) {
            Host host = named(factory.createHost(), site.getName() + " host " + number + "-" + h);
            host.setFailureData(server);
            site.getPowerFeeds().stream()
                    .filter(it -> it.getKind() == PowerFeedKind.UPS)
                    .forEach(host.getPowerFeeds()::add);
            site.getHosts().add(host);
            cluster.getHosts().add(host);
            for (int g = 0; g < GUESTS_PER_HOST; g++) {
                VirtualMachine guest =
                        named(factory.createVirtualMachine(), host.getName() + " guest " + g);
                guest.setFailureData(guestData);
                guest.setHost(host);
                for (Network network : switches) {
                    NetworkInterface card =
                            named(factory.createNetworkInterface(), network.getName());
                    card.setNetwork(network);
                    guest.getInterfaces().add(card);
                }
                topology.getVirtualMachines().add(guest);
                cluster.getWorkloads().add(guest);
                guests.add(guest);
            }
        }
        return guests;
    }

    private void services(int number, List<VirtualMachine> guests) {
        int[] sizes = {2, 3, 2};
        int[] needed = {1, 2, 1};
        int count = guests.size() / 9;
        for (int s = 0; s < count; s++) {
            Service service = named(factory.createService(), "service " + number + "-" + s);
            for (int tier = 0; tier < sizes.length; tier++) {
                Dependency dependency =
                        named(factory.createDependency(), service.getName() + " tier " + tier);
                dependency.setKind(DependencyKind.SOME_OF);
                dependency.setRequiredCount(needed[tier]);
                while (dependency.getTargets().size() < sizes[tier]) {
                    dependency.getTargets().add(guests.get(random.nextInt(guests.size())));
                }
                service.getDependencies().add(dependency);
            }
            topology.getServices().add(service);
        }
    }
}
