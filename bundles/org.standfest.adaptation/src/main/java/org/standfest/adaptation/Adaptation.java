package org.standfest.adaptation;

import org.standfest.hypervisor.MachineDescription;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is to be fitted to what.
 *
 * @param atHome the machine as its recovery point describes it
 * @param here the machine as it will be started; its disks are overlays that may be written to
 * @param wishes what else the system's settings ask for, by name; see the constants
 * @param work a folder of this machine for the adapter's own files; it exists, and goes with the
 *     machine
 */
public record Adaptation(
        MachineDescription atHome, MachineDescription here, Map<String, String> wishes, Path work) {

    /** Wish: the address that the first network card gets, {@code 192.0.2.10/24}. */
    public static final String ADDRESS = "address";

    /** Wish: the way out of the first card's network, {@code 192.0.2.1}. */
    public static final String GATEWAY = "gateway";

    /** Checks that nothing is missing. */
    public Adaptation {
        Objects.requireNonNull(atHome);
        Objects.requireNonNull(here);
        wishes = Map.copyOf(wishes);
        work = work.toAbsolutePath().normalize();
    }

    /** A wish that was made. */
    public Optional<String> wish(String name) {
        return Optional.ofNullable(wishes.get(name)).map(String::strip).filter(it -> !it.isEmpty());
    }
}
