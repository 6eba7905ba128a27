package org.standfest.replication.engine.groups;

import org.standfest.replication.pool.IncomingPoint;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.results.Outcome;

import java.util.List;

/** What a group needs of the image pool. Safe for any thread. */
public interface GroupPool {

    /**
     * Makes prepared points the newest of their systems, all or none, durably; {@link
     * org.standfest.replication.pool.ImagePool#commitGroup}.
     */
    Outcome<List<RecoveryPoint>> commit(String runId, List<IncomingPoint> prepared);

    /** Whether a system has a recovery point that a run committed; also after a restart. */
    boolean committed(String runId, String systemId);
}
