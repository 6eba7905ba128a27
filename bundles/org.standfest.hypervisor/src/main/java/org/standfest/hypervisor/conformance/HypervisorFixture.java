package org.standfest.hypervisor.conformance;

import org.standfest.hypervisor.DiskImage;
import org.standfest.hypervisor.Hypervisor;

import java.io.IOException;
import java.nio.file.Path;

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

    /** A port of 127.0.0.1 that is free now. */
    int freePort() throws IOException;

    /**
     * Whether a machine that boots nothing does not obey its power button, as a real one does not.
     */
    boolean realGuests();
}
