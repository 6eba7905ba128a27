package org.standfest.hypervisor;

import java.util.List;
import java.util.Objects;

/**
 * A network card of a machine, behind the host's address (no bridge needed).
 *
 * @param model what the guest sees
 * @param macAddress six pairs of lower case hexadecimal digits, or empty for one derived from the
 *     machine's id
 * @param forwards host ports that lead to the guest
 */
public record MachineNic(NicModel model, String macAddress, List<PortForward> forwards) {

    /** Checks the address. */
    public MachineNic {
        Objects.requireNonNull(model);
        if (!macAddress.isEmpty()) {
            Names.require(Names.MAC, macAddress, "MAC address");
        }
        forwards = List.copyOf(forwards);
        Names.requireRange(forwards.size(), 0, 32, "number of forwards");
    }

    /** The same card reachable elsewhere. */
    public MachineNic withForwards(List<PortForward> others) {
        return new MachineNic(model, macAddress, others);
    }

    /** The same card as the guest would see it on other hardware. */
    public MachineNic withModel(NicModel other) {
        return new MachineNic(other, macAddress, forwards);
    }
}
