package org.standfest.management;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything that is shown of one protected system.
 *
 * @param id stable id of the system, {@code [a-z0-9][a-z0-9-]{0,62}}
 * @param name name for people
 * @param kind machine or files
 * @param state where it is in its course
 * @param since when it came into this state
 * @param reason why it is in this state; empty in plain normal operation
 * @param lastPoint its newest recovery point; empty before the first replication
 * @param ageMillis age of that recovery point by the standby's clock, milliseconds; -1 without one
 * @param agentId the agent that protects it
 * @param agentConnected whether that agent is connected now
 * @param lastSession the last replication in figures
 * @param lastPositiveAt the last positive test of its service
 * @param provedToStartAt when its image was last seen to start and serve
 * @param epoch number of its current life; a primary with a lower one is locked out
 * @param operationId the operation that is under way or waits to be resumed; empty if none
 * @param measured times of the last outage
 * @param settings what the standby was told about it
 * @param actions every action with whether it is possible now
 */
public record SystemStatus(
        String id,
        String name,
        SystemKind kind,
        SystemState state,
        Instant since,
        Optional<Reason> reason,
        Optional<PointInfo> lastPoint,
        long ageMillis,
        String agentId,
        boolean agentConnected,
        Optional<SessionInfo> lastSession,
        Optional<Instant> lastPositiveAt,
        Optional<Instant> provedToStartAt,
        long epoch,
        Optional<String> operationId,
        MeasuredTimes measured,
        SystemSettings settings,
        List<PossibleAction> actions) {

    /** Checks that nothing is missing. */
    public SystemStatus {
        Objects.requireNonNull(id);
        Objects.requireNonNull(name);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(state);
        Objects.requireNonNull(since);
        Objects.requireNonNull(reason);
        Objects.requireNonNull(lastPoint);
        Objects.requireNonNull(agentId);
        Objects.requireNonNull(lastSession);
        Objects.requireNonNull(lastPositiveAt);
        Objects.requireNonNull(provedToStartAt);
        Objects.requireNonNull(operationId);
        Objects.requireNonNull(measured);
        Objects.requireNonNull(settings);
        actions = List.copyOf(actions);
    }

    /** One action of this system. */
    public Optional<PossibleAction> action(Action wanted) {
        return actions.stream().filter(possible -> possible.action() == wanted).findFirst();
    }
}
