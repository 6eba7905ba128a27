package org.standfest.hypervisor;

import org.standfest.results.Catalog;
import org.standfest.results.Outcome;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * One machine of a {@link Hypervisor}, running or gone. Safe for any thread. Holding one keeps
 * nothing alive: a machine started with {@link StartOptions#outlivesStarter()} goes on when the
 * Java process ends.
 */
public interface Machine {

    /** {@link MachineDescription#id()}. */
    String id();

    /** What was started. */
    MachineDescription description();

    /** The process id of the hypervisor process. */
    long pid();

    /**
     * What the machine is doing now; asks the process and its control socket, at most about two
     * seconds.
     */
    MachineState state();

    /**
     * Asks the guest to switch itself off, as by its power button, and waits.
     *
     * @param limit how long to wait for the guest
     * @param after what becomes of the hypervisor process when the guest is off
     * @return done when the guest is off; failed when it did not obey within the limit (it then
     *     still runs)
     */
    Outcome<Void> shutDown(Duration limit, AfterShutdown after);

    /**
     * Ends the process at once, as a power cut would, and waits until it is gone. Done also when it
     * was gone before.
     */
    Outcome<Void> kill();

    /**
     * The control socket of the machine for others than this hypervisor (QMP for QEMU), for example
     * for a snapshot provider; usable by the same user only.
     */
    Path controlSocket();

    /**
     * How a snapshot provider addresses a disk of this machine.
     *
     * @param disk its name in the description
     */
    default String diskAddress(String disk) {
        return controlSocket() + "#disk-" + disk;
    }

    /** What else the snapshot provider must be told of this machine's disks. */
    default Map<String, String> diskOptions() {
        return Map.of();
    }

    /** What the guest wrote to its serial line. Grows while the machine runs. */
    Path serialLog();

    /**
     * Takes a picture of the guest's console, at most some seconds.
     *
     * @param file where the PNG is written; replaced if it exists
     * @return refused by a hypervisor that has no console to look at
     */
    default Outcome<Void> screenshot(Path file) {
        return Outcome.refused(Catalog.beside(Machine.class).explain("machine.no-screen", id()));
    }

    /** What remains of the hypervisor process once the guest is off. */
    enum AfterShutdown {
        /** The process ends and the images are free. */
        END,
        /**
         * The process stays, so that its disks and its record of changed blocks can still be read;
         * end it by {@link Machine#kill()}.
         */
        KEEP_DISKS_READABLE
    }
}
