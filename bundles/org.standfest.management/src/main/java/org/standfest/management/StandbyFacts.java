package org.standfest.management;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The standby itself.
 *
 * @param name name of the standby
 * @param version version of the product
 * @param now its clock
 * @param startedAt when its process started
 * @param processors number of processors
 * @param memoryBytes physical memory in bytes; -1 if unknown
 * @param poolFreeBytes free space beside the image pool
 * @param poolUsedBytes what the pool occupies; -1 if unknown
 * @param hypervisors kinds of hypervisors it can start machines with
 * @param hypervisorProblem why machines cannot be started now; empty if they can
 * @param role what the caller may do here
 * @param agents the agents and operators it knows
 */
public record StandbyFacts(
        String name,
        String version,
        Instant now,
        Instant startedAt,
        int processors,
        long memoryBytes,
        long poolFreeBytes,
        long poolUsedBytes,
        List<String> hypervisors,
        Optional<Reason> hypervisorProblem,
        Role role,
        List<AgentInfo> agents) {

    /** Checks that nothing is missing. */
    public StandbyFacts {
        Objects.requireNonNull(name);
        Objects.requireNonNull(version);
        Objects.requireNonNull(now);
        Objects.requireNonNull(startedAt);
        Objects.requireNonNull(hypervisorProblem);
        Objects.requireNonNull(role);
        hypervisors = List.copyOf(hypervisors);
        agents = List.copyOf(agents);
    }
}
