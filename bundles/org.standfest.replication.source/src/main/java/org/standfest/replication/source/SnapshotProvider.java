package org.standfest.replication.source;

import org.standfest.results.Outcome;

import java.util.List;
import java.util.Optional;

/**
 * Takes consistent views of volumes: the contract for partners who bring a new kind of source (a
 * hypervisor, a storage system, a file system). One provider serves one kind; it is registered as
 * an OSGi service (whiteboard: a bundle with a DS component that has a public constructor without
 * arguments or with references, nothing else) or handed to the agent's constructor.
 *
 * <h2>Life of a volume</h2>
 *
 * <ol>
 *   <li>{@link #tidy} once after every start of the agent, before anything else.
 *   <li>{@link #presence} every few seconds.
 *   <li>{@link #take} for each session; the {@link Snapshot} is read for seconds to days, {@link
 *       Snapshot#settle settled} once, closed.
 *   <li>The process may be killed between any two of these, and in any of them. Nothing that is
 *       left behind may stop the source, fill its disk for ever, or make a later answer wrong: the
 *       next {@link #tidy} or {@link #take} finds it by name and removes it.
 * </ol>
 *
 * <h2>The one promise that matters</h2>
 *
 * {@link Changes.Tracked} is believed: what is outside its ranges is not read. A provider that is
 * not certain, after a restart of the source, a lost or inconsistent bitmap, a second user of the
 * tracking, answers {@link Changes.Unknown} with its reason, and all is read. Slow is allowed,
 * wrong is not.
 *
 * <h2>Terms</h2>
 *
 * Called by the agent, or by the standby for an emergency system that is on its way home. Methods
 * may block up to the limit they are given; they may be called by several threads for different
 * systems, never by two threads for one system at a time. An interrupt is a request to give up
 * soon. Expected faults are outcomes, never exceptions; an exception is a bug and ends the session.
 * The source comes first: a provider that runs out of space, time or luck lets the snapshot die,
 * never the source.
 *
 * <p>{@code SnapshotConformance} in the package {@code conformance} checks a provider against all
 * this; every provider of Standfest passes it.
 */
public interface SnapshotProvider {

    /** The name used in {@link VolumeSource#provider()}, lower case, unique among all providers. */
    String kind();

    /**
     * Takes all requested volumes at one instant.
     *
     * <p>Applications are at rest already where the system has a freeze script ({@link Freezer}),
     * and stay so until this method returns: it takes, and leaves reading to the views.
     *
     * <p>Refused: nothing can be taken from such a source (not there, not this provider's kind, the
     * kernel or the file system cannot do it), and nothing was changed. Failed: it was begun and
     * undone, or the limit passed. A lost change tracking is neither: it shows as {@link
     * Changes.Unknown} in the disk's view.
     *
     * @param request volumes of this provider only; those of another one or of a {@link
     *     org.standfest.replication.protocol.VolumeKind} that this provider has not are refused
     */
    Outcome<Snapshot> take(SnapshotRequest request);

    /**
     * Whether the source is there right now. Cheap, called every few seconds, answers within two
     * seconds, changes nothing. What could not be found out is {@link Presence.State#UNKNOWN},
     * never gone: a gone source may lead to its system being started elsewhere.
     *
     * @param volume a volume of this provider
     */
    Presence presence(VolumeSource volume);

    /**
     * Removes what a killed process left of snapshots of these volumes: temporary copies,
     * snapshots, half-made ones. What change tracking needs stays. Called while no snapshot of them
     * is open; may be repeated. A provider that removes such things when it takes the next
     * snapshot, and for which a left-over costs nothing until then, need not implement it.
     *
     * @param volumes of this provider, of one system
     */
    default Outcome<Void> tidy(List<VolumeSource> volumes) {
        return Outcome.done();
    }

    /** How its sources are switched off and on; empty if it cannot do that. */
    default Optional<SourcePower> power() {
        return Optional.empty();
    }
}
