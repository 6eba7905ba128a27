package org.standfest.recovery;

import org.standfest.management.Action;
import org.standfest.recovery.RecoveryState.Blocked;
import org.standfest.recovery.RecoveryState.EmergencyOperation;
import org.standfest.recovery.RecoveryState.NormalOperation;
import org.standfest.recovery.RecoveryState.Outage;
import org.standfest.recovery.RecoveryState.Rehearsal;
import org.standfest.recovery.RecoveryState.Restart;
import org.standfest.recovery.RecoveryState.Restoration;
import org.standfest.recovery.RecoveryState.Return;
import org.standfest.recovery.RecoveryState.Switching;
import org.standfest.results.Explanation;

import java.util.Objects;
import java.util.Optional;

/**
 * Says for every state what may be done next, and of everything else why not. Stateless, safe for
 * any thread.
 */
public final class Possibilities {

    private Possibilities() {}

    /**
     * What possibilities depend on besides the state.
     *
     * @param startable why its newest image cannot be started; empty if it can
     * @param agentConnected whether the agent that protects it is connected
     * @param replicating whether a replication is at work
     */
    public record Circumstances(
            Optional<Explanation> startable, boolean agentConnected, boolean replicating) {

        /** Checks that nothing is missing. */
        public Circumstances {
            Objects.requireNonNull(startable);
        }
    }

    /** Why an action cannot be asked for now; empty if it can. */
    public static Optional<Explanation> whyNot(Action action, Course course, Circumstances around) {
        if (course.busy()) {
            return explain("recovery.busy", course.systemId());
        }
        return switch (action) {
            case REPLICATE -> replicate(course, around);
            case REPORT_OUTAGE ->
                    course.state() instanceof NormalOperation
                            ? Optional.empty()
                            : notNow(action, course);
            case ACTIVATE -> activate(course, around);
            case UNDO, RETURN -> serving(action, course);
            case REHEARSE ->
                    course.state() instanceof NormalOperation
                            ? around.startable()
                            : notNow(action, course);
            case SWITCH -> planned(course, around);
            case UNBLOCK ->
                    course.state() instanceof Blocked ? Optional.empty() : notNow(action, course);
        };
    }

    private static Optional<Explanation> replicate(Course course, Circumstances around) {
        return switch (course.state()) {
            case NormalOperation _ when !around.agentConnected() ->
                    explain("recovery.no-agent", course.systemId());
            case NormalOperation _ when around.replicating() ->
                    explain("recovery.replicating", course.systemId());
            case NormalOperation _ -> Optional.empty();
            case Outage _,
                    Restart _,
                    Switching _,
                    EmergencyOperation _,
                    Restoration _,
                    Return _,
                    Rehearsal _,
                    Blocked _ ->
                    notNow(Action.REPLICATE, course);
        };
    }

    private static Optional<Explanation> activate(Course course, Circumstances around) {
        return switch (course.state()) {
            case Outage _ -> around.startable();
            case EmergencyOperation(_, boolean down, _) ->
                    down ? Optional.empty() : explain("recovery.serving", course.systemId());
            case NormalOperation _ -> explain("recovery.no-outage", course.systemId());
            case Restart _, Switching _, Restoration _, Return _, Rehearsal _, Blocked _ ->
                    notNow(Action.ACTIVATE, course);
        };
    }

    /** A planned switch needs a healthy primary that can be shut down in good order. */
    private static Optional<Explanation> planned(Course course, Circumstances around) {
        if (!(course.state() instanceof NormalOperation)) {
            return notNow(Action.SWITCH, course);
        }
        return around.agentConnected()
                ? around.startable()
                : explain("recovery.no-agent-to-switch", course.systemId());
    }

    private static Optional<Explanation> serving(Action action, Course course) {
        return switch (course.state()) {
            case EmergencyOperation(_, boolean down, _) when down && action == Action.RETURN ->
                    explain("recovery.down", course.systemId());
            case EmergencyOperation _ -> Optional.empty();
            case NormalOperation _,
                    Outage _,
                    Restart _,
                    Switching _,
                    Restoration _,
                    Return _,
                    Rehearsal _,
                    Blocked _ ->
                    notNow(action, course);
        };
    }

    private static Optional<Explanation> notNow(Action action, Course course) {
        return course.state() instanceof Blocked && action != Action.UNBLOCK
                ? explain("recovery.blocked", course.systemId())
                : explain("recovery.not-in-state." + action.name(), course.systemId());
    }

    private static Optional<Explanation> explain(String code, Object... arguments) {
        return Optional.of(RecoveryTexts.CATALOG.explain(code, arguments));
    }
}
