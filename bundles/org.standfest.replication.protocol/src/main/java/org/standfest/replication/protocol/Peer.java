package org.standfest.replication.protocol;

import java.util.Objects;
import java.util.Set;

/**
 * Who is at the other end of a channel, as its certificate and the standby's records say.
 * Immutable.
 */
public sealed interface Peer {

    /** The stable id; empty for {@link Anonymous}. */
    String id();

    /** Somebody without a certificate; may only enrol. */
    record Anonymous() implements Peer {
        @Override
        public String id() {
            return "";
        }
    }

    /**
     * An agent.
     *
     * @param id its id, as in its certificate
     * @param systemIds the systems it was invited for
     * @param mayAddSystems whether it may protect systems that no other agent owns
     */
    record Agent(String id, Set<String> systemIds, boolean mayAddSystems) implements Peer {

        /** Checks and copies. */
        public Agent {
            Objects.requireNonNull(id);
            systemIds = Set.copyOf(systemIds);
        }
    }

    /**
     * A person or a program that manages the standby.
     *
     * @param id its id, as in its certificate
     * @param right the highest right it has
     */
    record Operator(String id, Right right) implements Peer {

        /** Checks. */
        public Operator {
            Objects.requireNonNull(id);
            Objects.requireNonNull(right);
        }
    }

    /** A standby, seen from a client. */
    record Standby(String id) implements Peer {}
}
