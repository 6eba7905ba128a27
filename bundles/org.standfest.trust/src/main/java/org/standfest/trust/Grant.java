package org.standfest.trust;

import org.standfest.replication.protocol.Ids;
import org.standfest.replication.protocol.Right;

import java.util.Set;

/**
 * What an invited identity may do.
 *
 * @param role agent or operator
 * @param systemIds for an agent: the systems it may replicate and take back, at most 1024
 * @param mayAddSystems for an agent: whether it may also protect systems that nobody owns yet
 * @param right for an operator: its highest right; SEE for an agent, without meaning
 */
public record Grant(Role role, Set<String> systemIds, boolean mayAddSystems, Right right) {

    /** Most systems of one agent. */
    public static final int SYSTEMS_LIMIT = 1024;

    /** Checks and copies. */
    public Grant {
        systemIds = Set.copyOf(systemIds);
        if (role == Role.STANDBY
                || systemIds.size() > SYSTEMS_LIMIT
                || !systemIds.stream().allMatch(Ids::valid)) {
            throw new IllegalArgumentException("not a grant");
        }
    }

    /** An agent of these systems; of any new system when none is named. */
    public static Grant agent(Set<String> systemIds) {
        return new Grant(Role.AGENT, systemIds, systemIds.isEmpty(), Right.SEE);
    }

    /** An operator. */
    public static Grant operator(Right right) {
        return new Grant(Role.OPERATOR, Set.of(), false, right);
    }
}
