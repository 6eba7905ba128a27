package org.standfest.recovery;

import java.util.Optional;

/** What can happen to a system, as far as its state is concerned. Immutable. */
public sealed interface RecoveryEvent {

    /** The service does not answer any more, or somebody says so. */
    record OutageNoticed(Told why) implements RecoveryEvent {}

    /** The primary was seen to serve. */
    record ServiceSeen() implements RecoveryEvent {}

    /** An activation begins. */
    record ActivationBegun(String operationId) implements RecoveryEvent {}

    /** A positive test saw the emergency machine serve. */
    record ActivationProved(String machineId) implements RecoveryEvent {}

    /** An activation was taken back completely, by itself or by a person. */
    record ActivationUndone(Told why) implements RecoveryEvent {}

    /** A second start of an emergency machine was taken back; its overlay is untouched. */
    record ReactivationUndone(String machineId, Told why) implements RecoveryEvent {}

    /** A planned switch begins while the primary serves. */
    record SwitchBegun(String operationId) implements RecoveryEvent {}

    /** A positive test saw the emergency machine serve after a planned switch. */
    record SwitchProved(String machineId) implements RecoveryEvent {}

    /** A planned switch was taken back completely; the primary serves again. */
    record SwitchUndone(Told why) implements RecoveryEvent {}

    /** A person takes a successful activation back. */
    record UndoBegun(String operationId) implements RecoveryEvent {}

    /** The emergency machine is in trouble, or out of it again. */
    record EmergencyTrouble(Optional<Told> trouble) implements RecoveryEvent {}

    /** The way home begins. */
    record ReturnBegun(String operationId) implements RecoveryEvent {}

    /** The bulk copy is done; the final phase begins. */
    record BulkDone() implements RecoveryEvent {}

    /** A positive test saw the new machine serve, and it is protected. */
    record ReturnProved() implements RecoveryEvent {}

    /** The way home was broken off; the emergency machine serves again. */
    record ReturnUndone(Told why) implements RecoveryEvent {}

    /** A rehearsal begins. */
    record RehearsalBegun(String operationId) implements RecoveryEvent {}

    /** A rehearsal is over and left nothing behind. */
    record RehearsalEnded() implements RecoveryEvent {}

    /**
     * Something could neither be finished nor be taken back.
     *
     * @param machine the emergency machine that may run or may hold what users wrote; it must not
     *     be forgotten over the block
     */
    record Stuck(Told why, Optional<String> machine) implements RecoveryEvent {}

    /**
     * A person has looked and lifts the block.
     *
     * @param running whether the emergency machine runs, if there is one
     */
    record Unblocked(boolean running, Told why) implements RecoveryEvent {}
}
