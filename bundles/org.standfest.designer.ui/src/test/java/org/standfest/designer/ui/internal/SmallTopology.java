package org.standfest.designer.ui.internal;

import org.standfest.topology.Host;
import org.standfest.topology.Link;
import org.standfest.topology.MirrorPair;
import org.standfest.topology.Site;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyFactory;
import org.standfest.topology.VirtualMachine;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Two sites with a host each, in step, one virtual machine on each, linked. */
public final class SmallTopology {

    public final Topology topology = TopologyFactory.eINSTANCE.createTopology();
    public final Site east = site("east");
    public final Site west = site("west");
    public final Host one = host("one", east);
    public final Host two = host("two", west);
    public final VirtualMachine mail = machine("mail", one);
    public final VirtualMachine files = machine("files", two);
    public final MirrorPair pair = TopologyFactory.eINSTANCE.createMirrorPair();
    public final Link link = TopologyFactory.eINSTANCE.createLink();

    public SmallTopology() {
        topology.setId(id("topology"));
        topology.setName("Small");
        pair.setId(id("pair"));
        pair.setName("pair");
        pair.setFirstHost(one);
        pair.setSecondHost(two);
        topology.getProtections().add(pair);
        link.setId(id("link"));
        link.setName("link");
        link.setFirstSite(east);
        link.setSecondSite(west);
        link.setBandwidthMbps(100);
        topology.getLinks().add(link);
    }

    private static String id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private Site site(String name) {
        Site site = TopologyFactory.eINSTANCE.createSite();
        site.setId(id(name));
        site.setName(name);
        topology.getSites().add(site);
        return site;
    }

    private static Host host(String name, Site site) {
        Host host = TopologyFactory.eINSTANCE.createHost();
        host.setId(id(name));
        host.setName(name);
        host.setCpuCores(8);
        host.setMemoryMiB(65_536);
        site.getHosts().add(host);
        return host;
    }

    private VirtualMachine machine(String name, Host host) {
        VirtualMachine machine = TopologyFactory.eINSTANCE.createVirtualMachine();
        machine.setId(id(name));
        machine.setName(name);
        machine.setCpuCores(2);
        machine.setMemoryMiB(16_384);
        topology.getVirtualMachines().add(machine);
        machine.setHost(host);
        return machine;
    }
}
