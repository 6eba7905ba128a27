package org.standfest.topology.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.topology.Dependency;
import org.standfest.topology.Disk;
import org.standfest.topology.Element;
import org.standfest.topology.Host;
import org.standfest.topology.NetworkInterface;
import org.standfest.topology.Service;
import org.standfest.topology.Site;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyFactory;
import org.standfest.topology.VirtualMachine;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/** A topology of 100,000 elements loads and saves in a few seconds. */
class LargeTopologyTest {

    private static final TopologyFactory MAKE = TopologyFactory.eINSTANCE;
    private static final int SITES = 100;
    private static final int HOSTS_PER_SITE = 10;
    private static final int GUESTS_PER_HOST = 17;
    private static final Duration A_FEW_SECONDS = Duration.ofSeconds(6);

    private final TopologyFiles files = new TopologyFiles();
    private int elements;

    @Test
    void loadsAndSavesInAFewSeconds(@TempDir Path folder) throws Exception {
        Topology topology = build();
        assertTrue(elements >= 100_000, elements + " elements");
        Path file = folder.resolve("large.topology");
        // Processor time: other work on the machine must not decide whether this passes.
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        long start = clock.getCurrentThreadCpuTime();
        files.write(topology, file).orThrow();
        long saved = clock.getCurrentThreadCpuTime();
        LoadedTopology loaded = files.read(file).orThrow();
        long read = clock.getCurrentThreadCpuTime();
        Duration saving = Duration.ofNanos(saved - start);
        Duration loading = Duration.ofNanos(read - saved);
        String figures =
                "%,d elements, %,d bytes: saved in %d ms, loaded in %d ms"
                        .formatted(
                                elements, Files.size(file), saving.toMillis(), loading.toMillis());
        assertTrue(saving.compareTo(A_FEW_SECONDS) < 0, figures);
        assertTrue(loading.compareTo(A_FEW_SECONDS) < 0, figures);
        assertArrayEquals(Files.readAllBytes(file), files.toBytes(loaded.topology()).orThrow());
        assertEquals(
                SITES * HOSTS_PER_SITE * GUESTS_PER_HOST,
                loaded.topology().getVirtualMachines().size());
        if (Boolean.getBoolean("standfest.figures")) {
            Files.writeString(Path.of("target", "large-topology.txt"), figures + "\n");
        }
    }

    /** Thousands of sites, hosts, machines with disks and cards, and services that need them. */
    private Topology build() {
        Topology topology = identify(MAKE.createTopology(), "Large");
        for (int s = 0; s < SITES; s++) {
            Site site = identify(MAKE.createSite(), "Site " + s);
            topology.getSites().add(site);
            for (int h = 0; h < HOSTS_PER_SITE; h++) {
                Host host = identify(MAKE.createHost(), "host-" + s + "-" + h);
                host.setCpuCores(64);
                host.setMemoryMiB(1 << 20);
                site.getHosts().add(host);
                for (int g = 0; g < GUESTS_PER_HOST; g++) {
                    guest(topology, host, s + "-" + h + "-" + g);
                }
            }
        }
        return topology;
    }

    private void guest(Topology topology, Host host, String number) {
        VirtualMachine guest = identify(MAKE.createVirtualMachine(), "guest-" + number);
        guest.setHost(host);
        guest.setCpuCores(4);
        guest.setMemoryMiB(8192);
        guest.setOperatingSystem("Debian 12");
        topology.getVirtualMachines().add(guest);
        for (String name : new String[] {"system", "data"}) {
            Disk disk = identify(MAKE.createDisk(), name);
            disk.setSizeGiB(100);
            disk.setUsedGiB(40);
            guest.getDisks().add(disk);
        }
        NetworkInterface card = identify(MAKE.createNetworkInterface(), "eth0");
        card.setAddress("2001:db8::%x:%x".formatted(elements >> 16, elements & 0xffff));
        guest.getInterfaces().add(card);
        Service service = identify(MAKE.createService(), "Service " + number);
        service.setRtoSeconds(600);
        service.setRpoSeconds(60);
        topology.getServices().add(service);
        Dependency dependency = identify(MAKE.createDependency(), "needs");
        dependency.getTargets().add(guest);
        service.getDependencies().add(dependency);
    }

    private <T extends Element> T identify(T element, String name) {
        element.setId(new UUID(0x4000L, ++elements).toString());
        element.setName(name);
        return element;
    }
}
