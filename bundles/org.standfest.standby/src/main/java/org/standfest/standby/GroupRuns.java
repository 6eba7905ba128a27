package org.standfest.standby;

import org.standfest.replication.engine.AgentLines;
import org.standfest.replication.engine.groups.GroupCoordinator;
import org.standfest.replication.engine.groups.GroupPool;
import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.IncomingPoint;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.protocol.GroupMessage;
import org.standfest.results.Outcome;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/**
 * The runs of consistency groups between the agents' lines and the pool. The lines and the
 * coordinator need each other: what is heard before {@link #over} is of nobody's run.
 */
final class GroupRuns implements AgentLines.GroupListener {

    private static final int ID_BITS = 80;

    private volatile GroupCoordinator coordinator;

    /** Makes the coordinator that works over these lines. */
    GroupCoordinator over(
            AgentLines lines, ImagePool pool, InstantSource clock, SecureRandom random) {
        coordinator =
                new GroupCoordinator(
                        lines::send,
                        new Points(pool),
                        clock,
                        Thread.ofVirtual().name("group-", 0).factory(),
                        () -> "g-" + new BigInteger(ID_BITS, random).toString(36));
        return coordinator;
    }

    @Override
    public void heard(String agentId, GroupMessage message) {
        GroupCoordinator heardBy = coordinator;
        if (heardBy != null) {
            heardBy.heard(agentId, message);
        }
    }

    @Override
    public void lost(String agentId) {
        GroupCoordinator heardBy = coordinator;
        if (heardBy != null) {
            heardBy.lost(agentId);
        }
    }

    /** The pool as runs see it. */
    private record Points(ImagePool pool) implements GroupPool {

        @Override
        public Outcome<List<RecoveryPoint>> commit(String runId, List<IncomingPoint> prepared) {
            return pool.commitGroup(runId, prepared);
        }

        @Override
        public boolean committed(String runId, String systemId) {
            return pool.points(systemId).result().orElse(List.of()).stream()
                    .anyMatch(point -> runId.equals(point.description().get("group")));
        }
    }
}
