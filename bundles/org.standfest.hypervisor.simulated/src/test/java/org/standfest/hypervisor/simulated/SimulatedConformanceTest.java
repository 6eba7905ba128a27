package org.standfest.hypervisor.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.hypervisor.DiskImage;
import org.standfest.hypervisor.Hypervisor;
import org.standfest.hypervisor.conformance.HypervisorConformance;
import org.standfest.hypervisor.conformance.HypervisorFixture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The simulated hypervisor keeps the contract that the real ones keep. */
class SimulatedConformanceTest {

    @TempDir Path folder;

    private final class Fixture implements HypervisorFixture {

        private final SimulatedHypervisor host =
                new SimulatedHypervisor(Clock.systemUTC(), Duration.ZERO);
        private int disks;

        @Override
        public Hypervisor hypervisor() {
            return host;
        }

        /** One object plays the host that outlives processes. */
        @Override
        public Hypervisor again() {
            return host;
        }

        @Override
        public Path folder() {
            return folder;
        }

        @Override
        public DiskImage disk() throws IOException {
            disks++;
            return DiskImage.raw(
                    Files.write(folder.resolve("disk-" + disks + ".raw"), new byte[1 << 20]));
        }

        @Override
        public boolean realGuests() {
            return false;
        }
    }

    @Test
    void conforms() throws IOException {
        assertEquals(List.of(), HypervisorConformance.breaches(new Fixture()));
    }
}
