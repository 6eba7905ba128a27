package org.standfest.management;

import java.util.Objects;
import java.util.Optional;

/**
 * What a return waits for.
 *
 * @param systemId the system
 * @param waiting whether its return waits for the window now
 * @param window the window; empty when there is none and the second phase begins at once
 * @param missed whether the window has passed while the bulk copy was not done or the standby was
 *     off: the return waits on, emergency operation serves, until somebody chooses another window
 */
public record WindowView(
        String systemId, boolean waiting, Optional<ReturnWindow> window, boolean missed) {

    /** Checks that nothing is missing. */
    public WindowView {
        Objects.requireNonNull(systemId);
        Objects.requireNonNull(window);
    }
}
