package org.standfest.standby;

import org.standfest.hypervisor.MachineDescription;
import org.standfest.results.Outcome;

/**
 * Fits a system's image to the hardware of the standby before it is started: bus of the disks,
 * network cards and addresses, drivers. It works on the overlay; the recovery point is never
 * touched. Partners implement it and register it as an OSGi service.
 *
 * <p>May block for some minutes; called off the UI thread, for one machine by one thread at a time.
 */
public interface ImageAdapter {

    /** Leaves everything as it is: for images that start on any hardware. */
    ImageAdapter IDENTITY =
            new ImageAdapter() {
                @Override
                public boolean knows(MachineDescription machine) {
                    return true;
                }

                @Override
                public Outcome<MachineDescription> adapt(MachineDescription machine) {
                    return Outcome.done(machine);
                }
            };

    /** Whether this adapter is the right one for such a machine. */
    boolean knows(MachineDescription machine);

    /**
     * Adapts.
     *
     * @param machine what will be started; its disks are the overlays, already as the standby's
     *     settings want them
     * @return the description to start; refused when the image cannot be adapted
     */
    Outcome<MachineDescription> adapt(MachineDescription machine);
}
