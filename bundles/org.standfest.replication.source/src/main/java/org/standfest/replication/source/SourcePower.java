package org.standfest.replication.source;

import org.standfest.results.Outcome;

import java.time.Duration;
import java.util.List;

/**
 * Switches a source off and on again, for a planned change to another machine: off in good order,
 * so that nothing is lost, with its volumes still to be read. Every method blocks until it is done
 * and may be repeated. Called by one thread at a time for a system.
 */
public interface SourcePower {

    /**
     * Shuts the system down in good order. Its volumes stay readable by {@link
     * SnapshotProvider#take}; {@link SnapshotProvider#presence} says {@link Presence.State#GONE}.
     *
     * @param limit how long to wait for the system
     * @return done when it is off, also when it was before; failed if it did not obey: it then
     *     still runs
     */
    Outcome<Void> shutDown(List<VolumeSource> volumes, Duration limit);

    /** Lets the system run again after {@link #shutDown}. Done also if it runs. */
    Outcome<Void> startAgain(List<VolumeSource> volumes);

    /**
     * Ends what {@link #shutDown} kept. Refused while the system runs; done if there is nothing.
     */
    Outcome<Void> end(List<VolumeSource> volumes);
}
