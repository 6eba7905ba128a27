package org.standfest.hypervisor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * How to start a machine on this host.
 *
 * @param folder the machine's own folder on this host: what the hypervisor must remember, the
 *     serial log, and (if the path is short enough) the control socket; created if need be; by it
 *     the machine is found again; may hold what the firmware remembered at home ({@link
 *     FirmwareMemory#fromHome})
 * @param outlivesStarter the machine goes on when the Java process that started it ends in an
 *     orderly way; a machine that does not is ended with it (a Java process that is killed cannot
 *     end anything)
 * @param isolated the guest reaches no network; forwards from the host to it still work
 * @param acceleration which way to run the guest's instructions
 * @param limit how long the start may take until it counts as failed
 */
public record StartOptions(
        Path folder,
        boolean outlivesStarter,
        boolean isolated,
        Acceleration acceleration,
        Duration limit) {

    /** Makes the folder absolute, checks that the limit is positive. */
    public StartOptions {
        folder = folder.toAbsolutePath().normalize();
        Objects.requireNonNull(acceleration);
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("limit " + limit);
        }
    }

    /**
     * A machine that ends with the Java process, with a network, by the best acceleration, within
     * 30 seconds.
     */
    public static StartOptions in(Path folder) {
        return new StartOptions(folder, false, false, Acceleration.BEST, Duration.ofSeconds(30));
    }

    /** The same, for a machine that must outlive the Java process. */
    public StartOptions outliving() {
        return new StartOptions(folder, true, isolated, acceleration, limit);
    }

    /** The same, for a rehearsal that no network may notice. */
    public StartOptions inIsolation() {
        return new StartOptions(folder, outlivesStarter, true, acceleration, limit);
    }

    /** The same with a stated acceleration. */
    public StartOptions with(Acceleration other) {
        return new StartOptions(folder, outlivesStarter, isolated, other, limit);
    }
}
