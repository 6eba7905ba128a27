package org.standfest.standby;

import org.standfest.hypervisor.HardwareProfile;
import org.standfest.hypervisor.MachineDescription;
import org.standfest.hypervisor.MachineNic;
import org.standfest.hypervisor.PortForward;
import org.standfest.management.PositiveTest;
import org.standfest.management.StandbyHardware;
import org.standfest.management.SystemSettings;
import org.standfest.results.Outcome;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fits the description of a machine to where it will run. Stateless. */
final class MachineFit {

    private MachineFit() {}

    /**
     * As it will be started here.
     *
     * @param id its id on this host
     * @param hardware what differs from the standby's settings
     */
    static Outcome<MachineDescription> here(
            MachineDescription machine,
            String id,
            StandbyHardware own,
            Map<String, String> hardware) {
        MachineDescription sized =
                new MachineDescription(
                        id,
                        machine.name(),
                        own.cpus() == 0 ? machine.cpus() : own.cpus(),
                        own.memoryMiB() == 0 ? machine.memoryMiB() : own.memoryMiB(),
                        machine.disks(),
                        machine.nics(),
                        machine.firmware());
        MachineDescription reached =
                own.forwards().isEmpty()
                        ? sized
                        : reachable(
                                sized,
                                own.forwards().stream()
                                        .map(
                                                one ->
                                                        new PortForward(
                                                                one.hostAddress(),
                                                                one.hostPort(),
                                                                one.guestPort()))
                                        .toList());
        return HardwareProfile.fit(reached, own.profile())
                .then(fitted -> HardwareProfile.fit(fitted, hardware));
    }

    /** The first card gets the forwards, the others none. */
    static MachineDescription reachable(MachineDescription machine, List<PortForward> forwards) {
        MachineNic first = machine.nics().isEmpty() ? null : machine.nics().getFirst();
        return machine.withNics(nic -> nic.withForwards(nic.equals(first) ? forwards : List.of()));
    }

    /** The port in the machine that the positive test reaches through a forward. */
    static Optional<Integer> testedPort(MachineDescription machine, SystemSettings settings) {
        int tested = settings.testInEmergency().map(PositiveTest::port).orElse(0);
        return machine.nics().stream()
                .flatMap(nic -> nic.forwards().stream())
                .filter(forward -> forward.hostPort() == tested)
                .map(PortForward::guestPort)
                .findFirst();
    }
}
