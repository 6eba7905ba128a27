package org.standfest.standby;

import org.standfest.recovery.plans.HomeMachine;
import org.standfest.recovery.plans.PrimaryMachine;
import org.standfest.replication.engine.AgentLines;
import org.standfest.replication.engine.AgentStatus;
import org.standfest.replication.protocol.Message.CommandKind;
import org.standfest.results.Outcome;

import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** The primary of a system, commanded over its agent's line. */
final class AgentPrimary implements PrimaryMachine {

    private final AgentLines lines;
    private final AgentHome commands;
    private final ToLongFunction<String> epochOf;

    /**
     * @param commands gives commands over the line
     * @param epochOf the epoch of a system now
     */
    AgentPrimary(AgentLines lines, AgentHome commands, ToLongFunction<String> epochOf) {
        this.lines = lines;
        this.commands = commands;
        this.epochOf = epochOf;
    }

    @Override
    public Outcome<Void> canShutDown(String systemId, String agentId) {
        Optional<AgentStatus> agent = lines.agent(agentId).filter(AgentStatus::connected);
        if (agent.isEmpty()) {
            return Outcome.refused(StandbyTexts.explain("standby.agent-away", agentId));
        }
        return switchable(agent.get(), systemId)
                ? Outcome.done()
                : Outcome.refused(StandbyTexts.explain("standby.no-power", systemId, agentId));
    }

    /** Whether an agent says that it can switch a system off. */
    static boolean switchable(AgentStatus agent, String systemId) {
        return agent.report().systems().stream()
                .anyMatch(
                        system ->
                                system.systemId().equals(systemId)
                                        && "true".equals(system.facts().get("power")));
    }

    @Override
    public Outcome<Void> replicate(String systemId, String agentId, HomeMachine.Watch watch) {
        return commands.replicate(systemId, agentId, epochOf.applyAsLong(systemId), watch);
    }

    @Override
    public Outcome<Void> shutDown(String systemId, String agentId) {
        return power(systemId, agentId, Map.of("act", "off"));
    }

    @Override
    public Outcome<Void> startAgain(String systemId, String agentId) {
        String epoch = Long.toString(epochOf.applyAsLong(systemId));
        return power(systemId, agentId, Map.of("act", "on", "epoch", epoch));
    }

    @Override
    public Outcome<Void> letGo(String systemId, String agentId) {
        return lines.agent(agentId).filter(AgentStatus::connected).isEmpty()
                ? Outcome.done()
                : power(systemId, agentId, Map.of("act", "end"));
    }

    private Outcome<Void> power(String systemId, String agentId, Map<String, String> arguments) {
        return commands.run(agentId, CommandKind.POWER, systemId, arguments, new AgentHome.Timed());
    }
}
