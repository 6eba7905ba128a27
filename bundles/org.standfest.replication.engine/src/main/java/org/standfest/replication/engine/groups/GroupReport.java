package org.standfest.replication.engine.groups;

import org.standfest.replication.protocol.GroupMessage.Stage;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of a run.
 *
 * @param groupId the group
 * @param runId the run
 * @param instant what all points show, by the standby's clock; empty when no snapshot was ordered
 * @param spreadMillis from that instant to the last member's word that its snapshot is taken: no
 *     two snapshots lie further apart, whatever the agents' clocks say
 * @param heldMillis from the first order to hold still to the last member's word that it goes on
 * @param members each member, in the definition's order
 * @param result ids of the recovery points by system, or why there are none
 */
public record GroupReport(
        String groupId,
        String runId,
        Optional<Instant> instant,
        long spreadMillis,
        long heldMillis,
        List<MemberReport> members,
        Outcome<Map<String, String>> result) {

    /** Copies. */
    public GroupReport {
        members = List.copyOf(members);
    }

    /**
     * One member of a run.
     *
     * @param member which one
     * @param stage the last stage it told; empty: it said nothing
     * @param prepared whether its session was prepared
     * @param facts of its freezing and taking
     * @param problem why it could not go on, for the one that ended the run
     */
    public record MemberReport(
            GroupDefinition.Member member,
            Optional<Stage> stage,
            boolean prepared,
            Map<String, String> facts,
            Optional<Explanation> problem) {

        /** Copies. */
        public MemberReport {
            facts = Map.copyOf(facts);
        }
    }
}
