package org.standfest.hypervisor.conformance;

import org.standfest.hypervisor.DiskImage;
import org.standfest.hypervisor.Hypervisor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/** What the author of a hypervisor brings to {@link HypervisorConformance}. */
public interface HypervisorFixture {

    /** The hypervisor; ready on this host. */
    Hypervisor hypervisor();

    /** Another object of it, as another Java process would make one. */
    Hypervisor again();

    /** An empty folder in which machines and images may lie. */
    Path folder();

    /**
     * A small raw disk of its own for each call, at least 1 MiB; nothing needs to boot from it.
     *
     * @throws IOException it could not be made
     */
    DiskImage disk() throws IOException;

    /**
     * A port of 127.0.0.1 that is free now. Those that a busy host hands out for connections of its
     * own begin at 32768: one of them may be gone again before the machine takes it.
     *
     * @throws IOException none is free
     */
    default int freePort() throws IOException {
        IOException last = new IOException("no port was tried");
        for (int i = 0; i < 100; i++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket free =
                    new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
                return free.getLocalPort();
            } catch (IOException taken) {
                last = taken;
            }
        }
        throw last;
    }

    /**
     * Whether a machine that boots nothing does not obey its power button, as a real one does not.
     */
    boolean realGuests();
}
