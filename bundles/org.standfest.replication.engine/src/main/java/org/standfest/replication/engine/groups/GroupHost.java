package org.standfest.replication.engine.groups;

import org.standfest.replication.source.Freezer;
import org.standfest.replication.source.Snapshot;
import org.standfest.results.Outcome;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a member needs of its agent. Called for one system by one thread at a time; may block up to
 * the agent's own limits. Expected faults are outcomes.
 */
public interface GroupHost {

    /**
     * Claims a system for a run: from now on until {@link #release} no other session of it begins.
     *
     * @return refused when another session of it is under way, its source is gone, or it is unknown
     *     here
     */
    Outcome<Void> claim(String systemId, String runId);

    /** Holds the system's applications still. */
    Outcome<Freezer.Hold> freeze(String systemId);

    /** Takes all volumes of the system; the applications are held already. */
    Outcome<Snapshot> take(String systemId);

    /**
     * Transfers a snapshot in a session that ends prepared. Blocks as long as it takes.
     *
     * @param instant what the recovery point shows, by the standby's clock
     * @param facts of holding and of the run, for the session's report
     * @return the prepared session; the snapshot is neither settled nor closed
     */
    Outcome<Transfer> transfer(
            String systemId,
            String runId,
            Instant instant,
            Snapshot snapshot,
            Map<String, String> facts);

    /** Asks a transfer that is under way to end soon. */
    void cancel(String systemId, String runId);

    /** Gives a claim back; done also when there is none. */
    void release(String systemId, String runId);

    /** A session that is prepared at the standby. */
    interface Transfer {

        /**
         * The decision came: notes durably what the pool has now. Afterwards the snapshot is
         * settled under this token.
         *
         * @return the token of the recovery point; empty when it could not be noted, the snapshot
         *     is then settled as abandoned and the next session compares
         */
        Optional<String> committed();

        /** Nothing came of it. */
        void aborted();
    }
}
