package org.standfest.management;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Several systems that are started in one go, and how far that is.
 *
 * @param id unique; empty if there never was one
 * @param who who asked for it
 * @param begunAt when
 * @param atOnce at most so many starts at a time
 * @param ended whether nothing happens any more
 * @param members the systems
 */
public record ChainView(
        String id, String who, Instant begunAt, int atOnce, boolean ended, List<Member> members) {

    /** Checks that nothing is missing. */
    public ChainView {
        Objects.requireNonNull(id);
        Objects.requireNonNull(who);
        Objects.requireNonNull(begunAt);
        members = List.copyOf(members);
    }

    /**
     * One system of the chain.
     *
     * @param systemId the system
     * @param priority 1 (first) to 9
     * @param after systems whose service must be seen before
     * @param state {@code WAITING}, {@code STARTING}, {@code SERVES}, {@code FAILED} or {@code
     *     LEFT_OUT}
     * @param operationId the operation that starts it
     * @param why why it failed or was left out
     */
    public record Member(
            String systemId,
            int priority,
            List<String> after,
            String state,
            Optional<String> operationId,
            Optional<Reason> why) {

        /** Checks the lengths. */
        public Member {
            Limits.name(systemId);
            Limits.text(state);
            Objects.requireNonNull(operationId);
            Objects.requireNonNull(why);
            after = List.copyOf(after);
            if (after.size() > 256) {
                throw new IllegalArgumentException("more than 256 systems before one");
            }
            after.forEach(Limits::name);
        }
    }
}
