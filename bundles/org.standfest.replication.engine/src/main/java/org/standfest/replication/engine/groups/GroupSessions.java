package org.standfest.replication.engine.groups;

import org.standfest.replication.pool.IncomingPoint;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

/**
 * Who waits for the sessions of members: asked and told by whoever serves sessions on the standby.
 * Safe for any thread.
 */
public interface GroupSessions {

    /** Nobody waits for anything: every session of a group is refused. */
    GroupSessions NONE =
            new GroupSessions() {
                @Override
                public Outcome<Void> admit(String runId, String systemId) {
                    return Outcome.refused(GroupTexts.explain("unknown-run", runId));
                }

                @Override
                public boolean expects(String systemId) {
                    return false;
                }

                @Override
                public boolean prepared(
                        String runId, String systemId, IncomingPoint point, RecoveryPoint becomes) {
                    return false;
                }

                @Override
                public void ended(String runId, String systemId, Explanation why) {
                    // nobody waits
                }
            };

    /**
     * Whether a run waits for a session of this system right now. Asked before anything is
     * prepared: an agent can name any run.
     */
    Outcome<Void> admit(String runId, String systemId);

    /** Whether any run waits for a session of this system right now. */
    boolean expects(String systemId);

    /**
     * A member's session is prepared.
     *
     * @param point handed over when this returns true: the caller must not close it any more, the
     *     run commits or closes it
     * @param becomes what it will be
     * @return false: the run is over, the caller keeps the point and closes it
     */
    boolean prepared(String runId, String systemId, IncomingPoint point, RecoveryPoint becomes);

    /**
     * A member's session ended for good without being prepared (a broken line that may be resumed
     * is not the end).
     */
    void ended(String runId, String systemId, Explanation why);
}
