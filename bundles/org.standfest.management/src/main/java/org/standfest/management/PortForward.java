package org.standfest.management;

import java.util.Objects;

/**
 * A port of the standby that leads into the emergency machine.
 *
 * @param hostAddress address on the standby to listen at, for example {@code 127.0.0.1}
 * @param hostPort port on the standby, 1 to 65535
 * @param guestPort port in the machine, 1 to 65535
 */
public record PortForward(String hostAddress, int hostPort, int guestPort) {

    /** Checks ranges; throws IllegalArgumentException. */
    public PortForward {
        Objects.requireNonNull(hostAddress);
        if (hostPort < 1 || hostPort > 65_535 || guestPort < 1 || guestPort > 65_535) {
            throw new IllegalArgumentException("port");
        }
    }
}
