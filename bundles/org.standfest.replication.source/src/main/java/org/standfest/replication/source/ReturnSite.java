package org.standfest.replication.source;

import org.standfest.results.Outcome;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A prepared landing place. Life: written (bulk, then final increment), started, closed. Used by
 * one thread at a time.
 */
public interface ReturnSite extends AutoCloseable {

    /**
     * The disk to write.
     *
     * @param volume name of a requested volume of kind DISK; another name is a bug
     *     (IllegalArgumentException)
     */
    ReturnDisk disk(String volume);

    /**
     * The folder to write a tree into.
     *
     * @param volume name of a requested volume of kind TREE; another name is a bug
     *     (IllegalArgumentException)
     */
    Path tree(String volume);

    /**
     * Starts the system here. Called after every disk was flushed with the final increment. Failed:
     * nothing runs any more, the written volumes stay.
     */
    Outcome<Started> start();

    /**
     * Stops what {@link #start()} started, as gently as possible; done when nothing runs, also when
     * nothing ever did.
     */
    Outcome<Void> stop();

    /**
     * Removes everything that was prepared or written and is not running. Refused while it runs.
     */
    Outcome<Void> discard();

    /**
     * Lets go of open files and connections; what was written or runs stays. Never throws;
     * idempotent.
     */
    @Override
    void close();

    /**
     * A system that runs on its new hardware.
     *
     * @param volumes how its volumes are found from now on, to be protected again; same names as
     *     before
     * @param machine its description now
     */
    record Started(List<VolumeSource> volumes, Map<String, String> machine) {

        /** Copies. */
        public Started {
            volumes = List.copyOf(Objects.requireNonNull(volumes));
            machine = Map.copyOf(machine);
        }
    }
}
