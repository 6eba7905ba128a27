package org.standfest.restore.ui.internal.guide;

import org.standfest.management.OperationStatus;
import org.standfest.management.SystemStatus;
import org.standfest.management.guide.GuideKind;
import org.standfest.management.guide.GuideStep;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a person is in a guide, and what was chosen so far. Immutable.
 *
 * @param systemId the system
 * @param step the page
 * @param agentId the machine that was chosen for the way home; empty before
 * @param hour the choice of time for the way home
 * @param rehearse whether the way home begins with a rehearsal
 * @param code a one-time code that was made for a new machine; empty if none
 * @param operationId the work that was begun; empty before
 * @param asked whether a second person was asked to release it
 */
public record GuideState(
        String systemId,
        GuideStep step,
        String agentId,
        Hour hour,
        boolean rehearse,
        String code,
        Optional<String> operationId,
        boolean asked) {

    /** The choice of a rehearsal before the way home. */
    static final String REHEARSE = "rehearse";

    /** The choice of none. */
    static final String DIRECTLY = "directly";

    /** When the service may be away. */
    public enum Hour {
        /** As soon as the data is there. */
        NOW,
        /** In the coming night. */
        TONIGHT,
        /** In the night from Saturday to Sunday. */
        WEEKEND
    }

    /** Checks that nothing is missing. */
    public GuideState {
        Objects.requireNonNull(systemId);
        Objects.requireNonNull(step);
        Objects.requireNonNull(agentId);
        Objects.requireNonNull(hour);
        Objects.requireNonNull(code);
        Objects.requireNonNull(operationId);
    }

    /** The first page of a guide. */
    public static GuideState begin(String systemId, GuideKind kind) {
        return at(systemId, kind.steps().getFirst(), Optional.empty());
    }

    /** The page that fits to work that is under way; empty if no guide leads to such work. */
    public static Optional<GuideState> following(SystemStatus system, OperationStatus operation) {
        return GuideKind.of(operation.action())
                .map(kind -> at(system.id(), work(kind), Optional.of(operation.id())));
    }

    private static GuideState at(String systemId, GuideStep step, Optional<String> operation) {
        return new GuideState(systemId, step, "", Hour.NOW, true, "", operation, false);
    }

    private static GuideStep work(GuideKind kind) {
        List<GuideStep> steps = kind.steps();
        return steps.get(steps.size() - 2);
    }

    /** The guide. */
    public GuideKind kind() {
        return step.kind();
    }

    /** Whether this is the page on which work is followed. */
    public boolean working() {
        return step == work(kind());
    }

    /**
     * Whether the work can be ordered as it was: of work that was begun before this window was
     * opened nobody knows here which machine and which time had been chosen.
     */
    boolean repeatable() {
        return kind() != GuideKind.RETURN || !agentId.isEmpty();
    }

    /** One page on. */
    public GuideState next() {
        return to(beside(1));
    }

    /** One page back. */
    public GuideState back() {
        return to(beside(-1));
    }

    private GuideStep beside(int by) {
        List<GuideStep> steps = kind().steps();
        int at = Math.clamp(steps.indexOf(step) + by, 0, steps.size() - 1);
        return steps.get(at);
    }

    private GuideState to(GuideStep other) {
        return new GuideState(systemId, other, agentId, hour, rehearse, code, operationId, false);
    }

    /** After work was begun. */
    public GuideState at(OperationStatus begun) {
        return at(begun.id());
    }

    /** On the page of the work that was begun. */
    GuideState at(String operation) {
        return new GuideState(
                systemId,
                work(kind()),
                agentId,
                hour,
                rehearse,
                code,
                Optional.of(operation),
                false);
    }

    /** With something chosen: a machine, a time, or whether there is a rehearsal first. */
    public GuideState choosing(String id) {
        if (id.equals(REHEARSE) || id.equals(DIRECTLY)) {
            return new GuideState(
                    systemId, step, agentId, hour, id.equals(REHEARSE), code, operationId, false);
        }
        for (Hour one : Hour.values()) {
            if (one.name().equals(id)) {
                return new GuideState(
                        systemId, step, agentId, one, rehearse, code, operationId, false);
            }
        }
        return new GuideState(systemId, step, id, hour, rehearse, code, operationId, false);
    }

    /** With a code for a new machine. */
    public GuideState with(String madeCode) {
        return new GuideState(
                systemId, step, agentId, hour, rehearse, madeCode, operationId, false);
    }

    /** While a second person is asked to release what was ordered here. */
    GuideState askingSomebody() {
        return new GuideState(systemId, step, agentId, hour, rehearse, code, operationId, true);
    }
}
