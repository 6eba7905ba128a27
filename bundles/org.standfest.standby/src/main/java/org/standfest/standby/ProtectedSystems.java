package org.standfest.standby;

import org.standfest.replication.engine.AgentLines;
import org.standfest.replication.engine.AgentStatus;
import org.standfest.replication.pool.ImagePool;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Which agent protects which system, and what it tells of it: its systems become known, its figures
 * are kept. Safe for any thread.
 */
final class ProtectedSystems {

    private final AgentLines lines;
    private final SystemRecords records;
    private final ImagePool pool;

    ProtectedSystems(AgentLines lines, SystemRecords records, ImagePool pool) {
        this.lines = lines;
        this.records = records;
        this.pool = pool;
    }

    /** What is known of an agent. */
    Optional<AgentStatus> agent(String agentId) {
        return lines.agent(agentId);
    }

    /** The agent that protects a system: the rightful one if it was heard of. */
    Optional<AgentStatus> agentOf(String systemId) {
        String rightful = records.get(systemId).homeAgent();
        return rightful.isEmpty()
                ? lines.ofSystem(systemId)
                : lines.agent(rightful).or(() -> lines.ofSystem(systemId));
    }

    /**
     * A report of an agent.
     *
     * @param met takes each of its systems
     */
    void reported(AgentStatus status, Consumer<String> met) {
        for (var system : status.report().systems()) {
            pool.addSystem(system.systemId(), system.name());
            met.accept(system.systemId());
            if (records.get(system.systemId()).homeAgent().isEmpty()) {
                records.change(system.systemId(), record -> record.at(status.agentId()));
            }
            if (status.agentId().equals(records.get(system.systemId()).homeAgent())) {
                replicated(system.systemId(), system.facts());
            }
        }
    }

    /** Figures of a session, from whoever had it. */
    void replicated(String systemId, Map<String, String> facts) {
        Figures.session(facts)
                .filter(records.get(systemId)::misses)
                .ifPresent(
                        session ->
                                records.change(
                                        systemId,
                                        record ->
                                                record.misses(session)
                                                        ? record.after(session)
                                                        : record));
    }
}
