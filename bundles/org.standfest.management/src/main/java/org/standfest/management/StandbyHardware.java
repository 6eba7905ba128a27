package org.standfest.management;

import java.util.List;

/**
 * What the standby gives to an emergency machine.
 *
 * @param cpus number of virtual CPUs; 0 = as the machine's own description says
 * @param memoryMiB memory in MiB; 0 = as the machine's own description says
 * @param forwards ports of the standby that lead into the machine; these addresses must be free
 *     before a start
 */
public record StandbyHardware(int cpus, int memoryMiB, List<PortForward> forwards) {

    /** Everything as the machine's own description says. */
    public static final StandbyHardware AS_DESCRIBED = new StandbyHardware(0, 0, List.of());

    /** Checks ranges; throws IllegalArgumentException. */
    public StandbyHardware {
        if (cpus < 0 || cpus > 1024 || memoryMiB < 0 || memoryMiB > 64 * 1024 * 1024) {
            throw new IllegalArgumentException("cpus or memoryMiB");
        }
        forwards = List.copyOf(forwards);
        if (forwards.size() > 256) {
            throw new IllegalArgumentException("more than 256 forwards");
        }
    }
}
