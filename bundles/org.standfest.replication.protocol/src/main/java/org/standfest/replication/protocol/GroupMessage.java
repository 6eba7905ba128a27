package org.standfest.replication.protocol;

import java.util.Map;

/**
 * What travels for a consistency group: several systems, on one agent or on several, whose recovery
 * points show one instant and become the newest together or not at all. PROTOCOL.md section 9 says
 * who sends which when.
 *
 * <p>A <i>run</i> is one attempt to take a group; its id is new each time.
 */
public sealed interface GroupMessage extends Message.Group {

    /** Which run. */
    String runId();

    /** What the standby asks for, in this order; an agent answers each with a {@link State}. */
    enum Step {
        /** Get everything ready that may take long, hold nothing still yet: READY. */
        PREPARE,
        /** Hold the applications still: FROZEN. */
        FREEZE,
        /** Take the snapshots: TAKEN. */
        TAKE,
        /** Let the applications go (THAWED), then transfer in a session that ends prepared. */
        THAW,
        /** The decision: all members became the newest recovery points. SETTLED. */
        COMMITTED,
        /** The decision: nothing came of it. Let go whatever is held. SETTLED. */
        ABORT
    }

    /** What an agent says of its member. */
    enum Stage {
        /** After PREPARE. */
        READY,
        /** After FREEZE. */
        FROZEN,
        /** After TAKE. */
        TAKEN,
        /** After THAW: the applications go on, the session begins. */
        THAWED,
        /** After COMMITTED or ABORT: the snapshots are settled and closed. */
        SETTLED,
        /** At any time: this member cannot go on; it has let go of everything. */
        FAILED
    }

    /**
     * An order of the standby on a control line.
     *
     * @param groupId the group's name, for reports
     * @param systemId the member
     * @param limitMillis how long the member may stay in the state this order brings it to; then it
     *     lets go by itself and is FAILED, whether the standby is heard or not
     * @param instantMillis with THAW and COMMITTED the instant of all members' recovery points by
     *     the standby's clock, milliseconds since 1970; 0 before
     */
    record Order(
            String runId,
            String groupId,
            String systemId,
            Step step,
            long limitMillis,
            long instantMillis)
            implements GroupMessage {}

    /**
     * An agent's answer on a control line.
     *
     * @param atMillis when the stage was reached, by the agent's clock; for the report only
     * @param result DONE unless the stage is FAILED
     * @param code of the explanation, empty when done; so are the sentences
     * @param facts what the member's freezing and taking has to say
     */
    record State(
            String runId,
            String systemId,
            Stage stage,
            long atMillis,
            Message.ResultKind result,
            String code,
            String happened,
            String meaning,
            String next,
            Map<String, String> facts)
            implements GroupMessage {

        /** Copies. */
        public State {
            facts = Map.copyOf(facts);
        }
    }

    /**
     * An agent asks what became of a run whose decision it has not heard, on a control line;
     * answered with an {@link Order} COMMITTED or ABORT, or with THAW while there is no decision.
     */
    record Ask(String runId, String systemId) implements GroupMessage {}
}
