package org.standfest.recovery.plans;

import org.standfest.results.Outcome;

import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * The machines that the standby runs. A machine is named by the operation that made it and is found
 * again after a restart of the standby. Safe for any thread; may block.
 */
public interface EmergencyMachines {

    /**
     * Lays a writable overlay over the system's newest images and keeps the machine's adapted
     * description beside it. An overlay of an earlier, broken attempt is replaced; one over which a
     * machine runs is refused.
     */
    default Outcome<Void> prepare(String systemId, String machine) {
        return prepare(systemId, machine, Map.of());
    }

    /**
     * The same for other hardware than the standby's own: that of a machine to return to.
     *
     * @param hardware settings of the landing place as far as they say what the machine is made of;
     *     others are not looked at. Empty for the standby's own hardware.
     */
    Outcome<Void> prepare(String systemId, String machine, Map<String, String> hardware);

    /** Whether a system's settings say that its image is adapted before it is started. */
    default boolean adapts(String systemId) {
        return false;
    }

    /**
     * Fits the overlays of a prepared machine to its hardware, by the adapter that the system's
     * settings name. Overlays on which that was begun before are laid anew first.
     *
     * @param cancelled asked again and again; the answer then comes soon and is not done
     * @return what was changed, for experts; refused when there is no such adapter or it cannot
     */
    default Outcome<List<String>> adapt(
            String systemId, String machine, BooleanSupplier cancelled) {
        return Outcome.done(List.of());
    }

    /**
     * Starts the machine over its overlay, so that it outlives the standby's process. Done also if
     * it runs already.
     */
    Outcome<Void> start(String systemId, String machine);

    /**
     * Starts the machine cut off from every network.
     *
     * @return the port of the standby that leads to the port of the positive test in the machine
     */
    Outcome<Integer> startIsolated(String systemId, String machine);

    /**
     * Keeps the proof of an isolated start: the report, a picture of the console and the serial
     * log, as far as they can be had. Called while the machine still runs, or right after it ended.
     * What cannot be kept does not make a start that was seen unseen.
     */
    default void keepProof(String systemId, String machine, BootReport report) {
        // nothing to keep it in
    }

    /** Whether its guest runs now. */
    boolean running(String systemId, String machine);

    /**
     * Shuts the guest down in good order; its disks stay readable until {@link #end}. Done also if
     * it is off already. Failed if the guest does not obey; it then still runs.
     */
    Outcome<Void> shutDown(String systemId, String machine);

    /** Ends the machine's process, hard if need be. Done also if there is none. */
    Outcome<Void> end(String systemId, String machine);

    /** Removes overlay and description. Done also if there is nothing; refused while it runs. */
    Outcome<Void> discard(String systemId, String machine);

    /** The last lines that the guest wrote on its console, at most 400 characters. */
    String lastWords(String systemId, String machine);
}
