package org.standfest.topology.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.analysis.TopologyReport;
import org.standfest.results.Severity;
import org.standfest.topology.Element;
import org.standfest.topology.Host;
import org.standfest.topology.MirrorPair;
import org.standfest.topology.NetworkInterface;
import org.standfest.topology.Service;
import org.standfest.topology.Site;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyFactory;
import org.standfest.topology.VirtualMachine;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

/** All rules examine 100,000 elements in a few seconds. */
class LargeTopologyTest {

    private static final TopologyFactory MAKE = TopologyFactory.eINSTANCE;
    private static final int PAIRS = 1000;
    private static final int GUESTS_PER_PAIR = 20;

    private int elements;

    @Test
    void isExaminedInAFewSeconds() {
        Topology topology = build();
        assertTrue(elements > 100_000, elements + " elements");
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        long start = clock.getCurrentThreadCpuTime();
        TopologyReport report =
                new RuleExaminer(() -> BuiltInRules.all(Clock.systemUTC()))
                        .examine(topology, () -> false);
        Duration took = Duration.ofNanos(clock.getCurrentThreadCpuTime() - start);
        assertTrue(took.toSeconds() < 10, took.toString());
        assertTrue(report.complete());
        assertEquals(0, report.count(Severity.ERROR), report.findings().getFirst().toString());
    }

    private Topology build() {
        Topology topology = identify(MAKE.createTopology(), "Large");
        Service last = null;
        for (int p = 0; p < PAIRS; p++) {
            Host first = host(topology, "a-" + p);
            Host second = host(topology, "b-" + p);
            MirrorPair pair = identify(MAKE.createMirrorPair(), "pair-" + p);
            pair.setFirstHost(first);
            pair.setSecondHost(second);
            topology.getProtections().add(pair);
            for (int g = 0; g < GUESTS_PER_PAIR; g++) {
                VirtualMachine guest = identify(MAKE.createVirtualMachine(), "vm-" + p + "-" + g);
                guest.setHost(g % 2 == 0 ? first : second);
                guest.setMemoryMiB(1024);
                topology.getVirtualMachines().add(guest);
                pair.getWorkloads().add(guest);
                NetworkInterface card = identify(MAKE.createNetworkInterface(), "eth0");
                card.setAddress("2001:db8::%x:%x".formatted(elements >> 16, elements & 0xffff));
                guest.getInterfaces().add(card);
                var disk = identify(MAKE.createDisk(), "disk");
                disk.setSizeGiB(10);
                guest.getDisks().add(disk);
                last = service(topology, guest, last);
            }
        }
        return topology;
    }

    /** Each service needs the one before: a chain of 20,000 must not exhaust the stack. */
    private Service service(Topology topology, VirtualMachine guest, Service before) {
        Service service = identify(MAKE.createService(), "service of " + guest.getName());
        service.setRtoSeconds(60);
        service.setRpoSeconds(60);
        var dependency = identify(MAKE.createDependency(), "needs");
        dependency.getTargets().add(guest);
        if (before != null) {
            dependency.getTargets().add(before);
        }
        service.getDependencies().add(dependency);
        topology.getServices().add(service);
        return service;
    }

    private Host host(Topology topology, String name) {
        Site site = identify(MAKE.createSite(), "site of " + name);
        topology.getSites().add(site);
        Host host = identify(MAKE.createHost(), name);
        host.setCpuCores(64);
        host.setMemoryMiB(1 << 20);
        site.getHosts().add(host);
        return host;
    }

    private <T extends Element> T identify(T element, String name) {
        element.setId(new UUID(0x4000L, ++elements).toString());
        element.setName(name);
        return element;
    }
}
