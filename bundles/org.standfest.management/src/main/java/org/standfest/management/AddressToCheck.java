package org.standfest.management;

import java.util.Objects;

/**
 * An address that the primary had and that nobody may have when its image is started.
 *
 * @param host address or name
 * @param port TCP port that must not answer; 0 = only the address itself is tested
 */
public record AddressToCheck(String host, int port) {

    /** Checks ranges; throws IllegalArgumentException. */
    public AddressToCheck {
        Objects.requireNonNull(host);
        if (host.isBlank() || host.length() > 255 || port < 0 || port > 65_535) {
            throw new IllegalArgumentException("host or port");
        }
    }
}
