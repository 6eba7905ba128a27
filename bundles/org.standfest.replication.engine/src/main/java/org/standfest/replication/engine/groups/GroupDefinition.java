package org.standfest.replication.engine.groups;

import org.standfest.replication.protocol.Ids;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Systems that belong together.
 *
 * @param id the group's name, see {@link Ids}
 * @param members 1 to {@value #MEMBERS_LIMIT}, each system once, on one agent or on several
 * @param limits how long a run may take
 */
public record GroupDefinition(String id, List<Member> members, Limits limits) {

    /** How many systems a group may have. */
    public static final int MEMBERS_LIMIT = 64;

    /** Checks and copies. */
    public GroupDefinition {
        members = List.copyOf(members);
        Objects.requireNonNull(limits);
        long systems = members.stream().map(Member::systemId).distinct().count();
        if (!Ids.valid(id)
                || members.isEmpty()
                || members.size() > MEMBERS_LIMIT
                || systems != members.size()) {
            throw new IllegalArgumentException("not a group: " + id);
        }
    }

    /**
     * A system and the agent that protects it now.
     *
     * @param agentId where orders go
     * @param systemId the system
     */
    public record Member(String agentId, String systemId) {

        /** Checks. */
        public Member {
            if (!Ids.valid(agentId) || !Ids.valid(systemId)) {
                throw new IllegalArgumentException("not a member: " + agentId + " " + systemId);
            }
        }
    }

    /**
     * How long each step may take, for the slowest member; each more than zero and at most 7 days.
     *
     * @param prepare until all are ready
     * @param freeze until all applications are held
     * @param take until all snapshots are taken; applications are held for at most {@code freeze}
     *     and {@code take} together
     * @param transfer until all contents are durable at the standby
     */
    public record Limits(Duration prepare, Duration freeze, Duration take, Duration transfer) {

        private static final Duration LONGEST = Duration.ofDays(7);

        /** One minute each for the first three, six hours to transfer. */
        public static final Limits STANDARD =
                new Limits(
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(1),
                        Duration.ofHours(6));

        /** Checks. */
        public Limits {
            for (Duration limit : List.of(prepare, freeze, take, transfer)) {
                if (!limit.isPositive() || limit.compareTo(LONGEST) > 0) {
                    throw new IllegalArgumentException("limit " + limit);
                }
            }
        }

        /** How long applications may be held at most. */
        public Duration hold() {
            return freeze.plus(take);
        }
    }
}
