package org.standfest.hypervisor;

import java.time.Duration;
import java.util.Objects;

/**
 * How to start a machine on this host.
 *
 * @param outlivesStarter the machine goes on when the Java process that started it ends
 * @param isolated the guest reaches no network; forwards from the host to it still work
 * @param acceleration which way to run the guest's instructions
 * @param limit how long the start may take until it counts as failed
 */
public record StartOptions(
        boolean outlivesStarter, boolean isolated, Acceleration acceleration, Duration limit) {

    /** Checks that the limit is positive. */
    public StartOptions {
        Objects.requireNonNull(acceleration);
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("limit " + limit);
        }
    }

    /**
     * A machine that ends with the Java process, with a network, by the best acceleration, within
     * 30 seconds.
     */
    public static StartOptions usual() {
        return new StartOptions(false, false, Acceleration.BEST, Duration.ofSeconds(30));
    }

    /** The same, for a machine that must outlive the Java process. */
    public StartOptions outliving() {
        return new StartOptions(true, isolated, acceleration, limit);
    }

    /** The same, for a rehearsal that no network may notice. */
    public StartOptions inIsolation() {
        return new StartOptions(outlivesStarter, true, acceleration, limit);
    }

    /** The same with a stated acceleration. */
    public StartOptions with(Acceleration other) {
        return new StartOptions(outlivesStarter, isolated, other, limit);
    }
}
