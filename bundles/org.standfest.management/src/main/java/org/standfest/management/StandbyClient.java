package org.standfest.management;

import org.standfest.results.Outcome;

import java.util.List;

/**
 * A standby, as an operator's program sees it. Every call blocks until the answer is there or the
 * connection's time limit is over; long work is an {@link OperationStatus operation} that goes on
 * by itself and is asked for again with {@link #operation}. Faults of the line, refusals and
 * failures are outcomes; their texts are in the language that the client was opened with.
 *
 * <p>Safe for any thread; calls of several threads are answered one after the other.
 */
public interface StandbyClient extends AutoCloseable {

    /** The standby itself. Needs the role {@link Role#SEE}. */
    Outcome<StandbyFacts> facts();

    /** All protected systems, sorted by id. Needs {@link Role#SEE}. */
    Outcome<List<SystemStatus>> systems();

    /** One protected system. Refused if there is none with this id. Needs {@link Role#SEE}. */
    Outcome<SystemStatus> system(String systemId);

    /** Its recovery points, newest first. Needs {@link Role#SEE}. */
    Outcome<List<PointInfo>> points(String systemId);

    /** Tells the standby about a system. Needs {@link Role#ADMINISTRATE}. */
    Outcome<SystemStatus> configure(String systemId, SystemSettings settings);

    /**
     * Begins an action: {@link Action#REPLICATE}, {@link Action#ACTIVATE}, {@link Action#UNDO},
     * {@link Action#REHEARSE}; {@link Action#REPORT_OUTAGE} and {@link Action#UNBLOCK} are over at
     * once. Refused with the reason where {@link SystemStatus#actions} says so. Needs {@link
     * Role#ACTIVATE}.
     *
     * @param confirmed codes of the reasons that the person has read and overrides, for example
     *     that a witness does not know whether the old machine is gone; usually empty
     */
    Outcome<OperationStatus> begin(String systemId, Action action, List<String> confirmed);

    /** Begins an action with nothing to override. */
    default Outcome<OperationStatus> begin(String systemId, Action action) {
        return begin(systemId, action, List.of());
    }

    /** Begins the way home. Needs {@link Role#ACTIVATE}. */
    Outcome<OperationStatus> returnHome(ReturnOrder order);

    /** An operation as it is now. Needs {@link Role#SEE}. */
    Outcome<OperationStatus> operation(String operationId);

    /**
     * Asks an operation to stop and to take back what it did; the answer is its status, usually
     * still running. Refused when it cannot be cancelled any more. Needs {@link Role#ACTIVATE}.
     */
    Outcome<OperationStatus> cancel(String operationId);

    /**
     * A part of the journal, at most 1000 entries. Needs {@link Role#SEE}.
     *
     * @param systemId only entries about this system; empty for all
     * @param after only entries with a higher number
     * @param limit at most so many, the newest ones, 1 to 1000
     */
    Outcome<JournalExcerpt> journal(String systemId, long after, int limit);

    /**
     * A one-time code for an agent with this name. Needs {@link Role#ADMINISTRATE}.
     *
     * @param systemIds the systems it may protect and take home, also if another agent protects
     *     them: that is what the agent on a new machine needs before a return; empty = any system
     *     that no other agent protects
     */
    Outcome<Invitation> inviteAgent(String name, List<String> systemIds);

    /** A code for an agent of systems that no other agent protects. */
    default Outcome<Invitation> inviteAgent(String name) {
        return inviteAgent(name, List.of());
    }

    /** A one-time code for an operator with this name. Needs {@link Role#ADMINISTRATE}. */
    Outcome<Invitation> inviteOperator(String name, Role role);

    /**
     * Locks an agent or operator out, at once and for good. Needs {@link Role#ADMINISTRATE}.
     *
     * @param name the name in its certificate
     */
    Outcome<Void> revoke(String name);

    /**
     * Ends the standby's process after this answer. Needs {@link Role#ADMINISTRATE}.
     *
     * @param machinesToo whether emergency machines are shut down too; otherwise they go on serving
     */
    Outcome<Void> stop(boolean machinesToo);

    /**
     * Asks something about the care of recovery points; what it does and needs is written at its
     * record.
     *
     * @param <T> the answer
     */
    <T> Outcome<T> ask(CareCall<T> call);

    /** Closes the connection; what was begun goes on. Never throws. */
    @Override
    void close();
}
