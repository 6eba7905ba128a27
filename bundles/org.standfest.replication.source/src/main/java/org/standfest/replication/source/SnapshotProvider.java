package org.standfest.replication.source;

import org.standfest.results.Outcome;

/**
 * Takes consistent views of volumes. One provider serves one kind of source; partners register
 * theirs as an OSGi service (whiteboard) or hand it to the agent's constructor.
 *
 * <p>Called by the agent, or by the standby for an emergency system that is on its way home.
 * Methods may block up to the limit they are given, may be called by several threads for different
 * systems, never by two threads for one system at a time. Expected faults are outcomes, never
 * exceptions.
 */
public interface SnapshotProvider {

    /** The name used in {@link VolumeSource#provider()}, lower case, unique among all providers. */
    String kind();

    /**
     * Takes all requested volumes at one instant.
     *
     * <p>Refused: nothing can be taken from such a source (not there, not this provider's kind).
     * Failed: it was begun and undone. A lost change tracking is neither: it shows as {@link
     * Changes.Unknown} in the disk's view.
     */
    Outcome<Snapshot> take(SnapshotRequest request);

    /**
     * Whether the source is there right now. Cheap, called every few seconds, answers within two
     * seconds.
     *
     * @param volume a volume of this provider
     */
    Presence presence(VolumeSource volume);
}
