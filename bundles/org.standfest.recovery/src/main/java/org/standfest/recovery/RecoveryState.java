package org.standfest.recovery;

import org.standfest.management.SystemState;

import java.util.Objects;
import java.util.Optional;

/**
 * Where a system is in its course. Every state but the first and the last of the list carries what
 * is needed to go on after a crash; the rest is in the {@link Course}. Immutable.
 */
public sealed interface RecoveryState {

    /** The word of BSI 200-4 for it. */
    SystemState word();

    /** Why it is so; empty where the word says it all. */
    default Optional<Told> why() {
        return Optional.empty();
    }

    /** The operation that is at work in this state; empty if none is. */
    default Optional<String> operation() {
        return Optional.empty();
    }

    /** The primary serves. */
    record NormalOperation() implements RecoveryState {
        @Override
        public SystemState word() {
            return SystemState.NORMAL_OPERATION;
        }
    }

    /**
     * The primary does not serve and nothing was started.
     *
     * @param told how that was found out, or why an activation did not succeed
     */
    record Outage(Told told) implements RecoveryState {
        /** Checks that nothing is missing. */
        public Outage {
            Objects.requireNonNull(told);
        }

        @Override
        public SystemState word() {
            return SystemState.OUTAGE;
        }

        @Override
        public Optional<Told> why() {
            return Optional.of(told);
        }
    }

    /**
     * An activation, or the taking back of one, is at work.
     *
     * @param operationId which
     */
    record Restart(String operationId) implements RecoveryState {
        @Override
        public SystemState word() {
            return SystemState.RESTART;
        }

        @Override
        public Optional<String> operation() {
            return Optional.of(operationId);
        }
    }

    /**
     * A planned switch is at work: the primary is healthy until it is shut down in good order. Its
     * own state, because it can only end in emergency operation or where it began, never in an
     * outage.
     *
     * @param operationId which
     */
    record Switching(String operationId) implements RecoveryState {
        @Override
        public SystemState word() {
            return SystemState.RESTART;
        }

        @Override
        public Optional<String> operation() {
            return Optional.of(operationId);
        }
    }

    /**
     * The standby serves.
     *
     * @param machineId the emergency machine
     * @param down whether it does not run any more and has to be started again
     * @param note what there is to say about it, for example why it is down or why a way home was
     *     broken off
     */
    record EmergencyOperation(String machineId, boolean down, Optional<Told> note)
            implements RecoveryState {
        /** Checks that nothing is missing. */
        public EmergencyOperation {
            Objects.requireNonNull(machineId);
            Objects.requireNonNull(note);
        }

        @Override
        public SystemState word() {
            return SystemState.EMERGENCY_OPERATION;
        }

        @Override
        public Optional<Told> why() {
            return note;
        }
    }

    /**
     * The bulk of the data travels to the new machine while the standby serves.
     *
     * @param operationId the return
     * @param machineId the emergency machine, which serves
     */
    record Restoration(String operationId, String machineId) implements RecoveryState {
        @Override
        public SystemState word() {
            return SystemState.RESTORATION;
        }

        @Override
        public Optional<String> operation() {
            return Optional.of(operationId);
        }
    }

    /**
     * The new machine takes over; for a short time nobody serves.
     *
     * @param operationId the return
     * @param machineId the emergency machine, which stands by to go on
     */
    record Return(String operationId, String machineId) implements RecoveryState {
        @Override
        public SystemState word() {
            return SystemState.RETURN;
        }

        @Override
        public Optional<String> operation() {
            return Optional.of(operationId);
        }
    }

    /**
     * A start for exercise, isolated.
     *
     * @param operationId which
     */
    record Rehearsal(String operationId) implements RecoveryState {
        @Override
        public SystemState word() {
            return SystemState.REHEARSAL;
        }

        @Override
        public Optional<String> operation() {
            return Optional.of(operationId);
        }
    }

    /**
     * A person must decide.
     *
     * @param told what happened
     * @param machineId the emergency machine that may still run; empty if there is none
     */
    record Blocked(Told told, Optional<String> machineId) implements RecoveryState {
        /** Checks that nothing is missing. */
        public Blocked {
            Objects.requireNonNull(told);
            Objects.requireNonNull(machineId);
        }

        @Override
        public SystemState word() {
            return SystemState.BLOCKED;
        }

        @Override
        public Optional<Told> why() {
            return Optional.of(told);
        }
    }
}
