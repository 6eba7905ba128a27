package org.standfest.hypervisor;

import java.util.Objects;

/**
 * A disk of a machine. The first of a machine is the one it boots from.
 *
 * @param name unique in the machine; lower case letters, digits and hyphens, at most 20 characters
 * @param image where its bytes lie on this host
 * @param bus what it hangs on
 */
public record MachineDisk(String name, DiskImage image, DiskBus bus) {

    /** Checks the name: it becomes part of a command line. */
    public MachineDisk {
        Names.require(Names.DISK, name, "disk name");
        Objects.requireNonNull(image);
        Objects.requireNonNull(bus);
    }

    /** The same disk with its bytes elsewhere. */
    public MachineDisk withImage(DiskImage other) {
        return new MachineDisk(name, other, bus);
    }

    /** The same disk on another bus. */
    public MachineDisk withBus(DiskBus other) {
        return new MachineDisk(name, image, other);
    }
}
