package org.standfest.adaptation;

import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Fits the copy of a system to the hardware of the standby before it is started: the drivers that
 * its disks' bus needs, the names and addresses of its network cards, the devices that it mounts,
 * its boot loader. It works on the overlays, never on the recovery point. Partners implement it and
 * register it as an OSGi service; {@code org.standfest.adaptation.conformance} checks one.
 *
 * <p>Which adapter a system's image needs is a setting of the system, not a guess. Called off the
 * UI thread, for one machine by one thread at a time; may block for some minutes. Expected faults
 * are outcomes, in two languages.
 */
public interface ImageAdapter {

    /** The stable name of this kind, lower case; what the setting of a system says. */
    String kind();

    /** Whether this host has what it works with; a refusal says what to install. */
    Outcome<Void> ready();

    /**
     * What can be said against an adaptation without looking into the image; asked often, before
     * anybody needs it. The disks of the order need not exist.
     *
     * @return empty if nothing is known against it
     */
    Optional<Explanation> problem(Adaptation order);

    /**
     * Adapts. Repeatable: on overlays that were adapted before it does the same again. A failure
     * may leave the overlays half changed; whoever called then lays them anew.
     *
     * @param order what is to be fitted to what; its disks are overlays, and nobody has them open
     * @param cancelled asked at least every second; when it says so the adapter ends soon with an
     *     outcome that is not done
     * @return what to start and what was changed; refused when the image is not one that this
     *     adapter can fit to that hardware
     */
    Outcome<Adapted> adapt(Adaptation order, BooleanSupplier cancelled);
}
