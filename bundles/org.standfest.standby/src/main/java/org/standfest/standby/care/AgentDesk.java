package org.standfest.standby.care;

import org.standfest.replication.engine.AgentLines;
import org.standfest.replication.engine.AgentStatus;
import org.standfest.replication.engine.CommandListener;
import org.standfest.replication.engine.RunningCommand;
import org.standfest.replication.protocol.Message.CommandKind;
import org.standfest.replication.protocol.Message.SystemReport;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** Asks the agents of systems, over their control lines. Safe for any thread. */
final class AgentDesk {

    private static final Duration SHORT = Duration.ofSeconds(20);

    private final AgentLines lines;
    private final Function<String, Optional<AgentStatus>> agentOf;

    /**
     * @param agentOf the agent that protects a system
     */
    AgentDesk(AgentLines lines, Function<String, Optional<AgentStatus>> agentOf) {
        this.lines = lines;
        this.agentOf = agentOf;
    }

    /** Whether anybody there hears commands about a system. */
    boolean connected(String systemId) {
        return agentOf.apply(systemId).filter(AgentStatus::connected).isPresent();
    }

    /** When the agent of a system was last heard of. */
    Optional<Instant> reportedAt(String systemId) {
        return agentOf.apply(systemId).map(AgentStatus::lastSeen);
    }

    /** What the agent reports of a system; empty before it was heard of. */
    Optional<Map<String, String>> facts(String systemId) {
        return agentOf.apply(systemId).stream()
                .flatMap(status -> status.report().systems().stream())
                .filter(system -> system.systemId().equals(systemId))
                .findFirst()
                .map(SystemReport::facts);
    }

    private Outcome<String> agent(String systemId) {
        return agentOf.apply(systemId)
                .filter(AgentStatus::connected)
                .map(status -> Outcome.done(status.agentId()))
                .orElseGet(() -> Outcome.refused(CareTexts.explain("care.agent-away", systemId)));
    }

    /** Asks for something that is over at once. */
    Outcome<Map<String, String>> order(
            String systemId, CommandKind kind, Map<String, String> arguments) {
        return agent(systemId)
                .then(
                        agent -> {
                            try {
                                return lines.start(
                                                agent,
                                                kind,
                                                systemId,
                                                arguments,
                                                (phase, done, total) -> {})
                                        .await(SHORT);
                            } catch (InterruptedException _) {
                                Thread.currentThread().interrupt();
                                return Outcome.failed(CareTexts.explain("care.stopping"));
                            }
                        });
    }

    /** Says something whose answer nobody waits for; nothing to one that is away. */
    void tell(String systemId, CommandKind kind, Map<String, String> arguments) {
        agent(systemId)
                .result()
                .ifPresent(
                        agent ->
                                lines.start(
                                        agent, kind, systemId, arguments, CommandListener.NONE));
    }

    /** Asks for something long and waits for its end. */
    Outcome<Map<String, String>> work(
            String systemId, CommandKind kind, Map<String, String> arguments, Tasks.Watch watch) {
        return agent(systemId)
                .then(
                        agent -> {
                            RunningCommand command =
                                    lines.start(
                                            agent,
                                            kind,
                                            systemId,
                                            arguments,
                                            (phase, done, total) -> watch.report(done, total));
                            watch.onCancel(command::cancel);
                            try {
                                return command.result().get();
                            } catch (InterruptedException _) {
                                Thread.currentThread().interrupt();
                                command.cancel();
                                return Outcome.failed(CareTexts.explain("care.stopping"));
                            } catch (ExecutionException bug) {
                                throw new IllegalStateException(bug);
                            }
                        });
    }
}
