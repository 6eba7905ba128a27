package org.standfest.standby;

import java.nio.file.Path;
import java.util.Objects;

/**
 * How a standby is started.
 *
 * @param home its home folder; created if need be
 * @param bind address to listen on
 * @param port port to listen on; 0 = a free one is chosen and written to {@code <home>/port}
 */
public record StandbySettings(Path home, String bind, int port) {

    /** Checks the port. */
    public StandbySettings {
        home = home.toAbsolutePath().normalize();
        Objects.requireNonNull(bind);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port");
        }
    }
}
