package org.standfest.recovery.chain;

import org.standfest.recovery.Told;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One system of a chain. Immutable.
 *
 * @param systemId the system
 * @param priority 1 (first) to 9; decides among those that could be started
 * @param after systems of the chain whose service must have been seen before
 * @param state how far it is
 * @param operationId the activation that starts it
 * @param why why it failed or was left out
 */
public record ChainMember(
        String systemId,
        int priority,
        List<String> after,
        State state,
        Optional<String> operationId,
        Optional<Told> why) {

    /** Checks that nothing is missing. */
    public ChainMember {
        Objects.requireNonNull(systemId);
        Objects.requireNonNull(state);
        Objects.requireNonNull(operationId);
        Objects.requireNonNull(why);
        after = List.copyOf(after);
    }

    /** A system that waits for its turn. */
    public static ChainMember waiting(String systemId, int priority, List<String> after) {
        return new ChainMember(
                systemId, priority, after, State.WAITING, Optional.empty(), Optional.empty());
    }

    /** How far a member is. */
    public enum State {
        /** Its turn has not come. */
        WAITING,
        /** It is being started; written down before the start is asked for. */
        STARTING,
        /** A positive test saw its service on the standby. */
        SERVES,
        /** It could not be started, and that was taken back. */
        FAILED,
        /** It was left out, because one before it failed or a person stopped the chain. */
        LEFT_OUT;

        /** Whether nothing happens with it any more. */
        public boolean ended() {
            return this != WAITING && this != STARTING;
        }
    }

    ChainMember in(State next, Optional<String> operation, Optional<Told> reason) {
        return new ChainMember(systemId, priority, after, next, operation, reason);
    }
}
