package org.standfest.hypervisor;

/**
 * A TCP port of this host that leads to a port of the guest.
 *
 * @param hostAddress numeric IPv4 address of this host to listen on
 * @param hostPort 1 to 65535
 * @param guestPort 1 to 65535
 */
public record PortForward(String hostAddress, int hostPort, int guestPort) {

    /** Checks the ranges. */
    public PortForward {
        Names.require(Names.ADDRESS, hostAddress, "host address");
        Names.requireRange(hostPort, 1, 65535, "host port");
        Names.requireRange(guestPort, 1, 65535, "guest port");
    }
}
