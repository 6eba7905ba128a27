package org.standfest.hypervisor.qemu;

import java.util.Optional;

/** What QEMU's own words mean, whoever started it. Stateless. */
public final class QemuSaid {

    private static final String FORWARD = "forwarding rule";

    private QemuSaid() {}

    /** Whether another process uses an image so that this one may not write to it. */
    public static boolean locked(String output) {
        return output.contains("lock") && output.contains("Is another process using the image");
    }

    /** The forward that could not be had because somebody has the host's port. */
    public static Optional<String> takenForward(String output) {
        if (!output.contains("Could not set up host " + FORWARD)) {
            return Optional.empty();
        }
        String[] parts = output.substring(output.indexOf(FORWARD)).split("'");
        return Optional.of(parts.length > 1 ? parts[1] : "");
    }
}
