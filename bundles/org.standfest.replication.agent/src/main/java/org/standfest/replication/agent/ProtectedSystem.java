package org.standfest.replication.agent;

import org.standfest.replication.objectives.Schedule;
import org.standfest.replication.protocol.Ids;
import org.standfest.replication.protocol.Limits;
import org.standfest.replication.source.VolumeSource;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A system this agent protects.
 *
 * @param id its id at the standby
 * @param name its name for people
 * @param volumes where its volumes are found, 1 to 64
 * @param plan when it is replicated, and what was promised
 * @param machine what is known of the machine, in the keys of the hypervisor contract; goes before
 *     what a provider says
 */
public record ProtectedSystem(
        String id,
        String name,
        List<VolumeSource> volumes,
        ReplicationPlan plan,
        Map<String, String> machine) {

    static final int VOLUMES_LIMIT = 64;

    /** Checks and copies; IllegalArgumentException for what the standby would not take. */
    public ProtectedSystem {
        Objects.requireNonNull(plan);
        volumes = List.copyOf(volumes);
        machine = Map.copyOf(machine);
        long names = volumes.stream().map(VolumeSource::name).distinct().count();
        boolean valid =
                Ids.valid(id)
                        && volumes.stream().allMatch(volume -> Ids.valid(volume.name()))
                        && !name.isEmpty()
                        && name.length() <= Limits.NAME_BYTES / 4
                        && !volumes.isEmpty()
                        && names == volumes.size()
                        && names <= VOLUMES_LIMIT
                        && machine.size() <= Limits.FACTS;
        if (!valid) {
            throw new IllegalArgumentException("not a system that can be protected: " + id);
        }
    }

    /**
     * A system that is replicated every so often.
     *
     * @param every zero: only when asked
     */
    public ProtectedSystem(
            String id,
            String name,
            List<VolumeSource> volumes,
            Duration every,
            Map<String, String> machine) {
        this(
                id,
                name,
                volumes,
                every.isZero()
                        ? ReplicationPlan.MANUAL
                        : ReplicationPlan.MANUAL.with(Schedule.every(every)),
                machine);
    }

    /** The same system found elsewhere. */
    public ProtectedSystem movedTo(List<VolumeSource> places, Map<String, String> newMachine) {
        Map<String, String> both = new HashMap<>(machine);
        both.putAll(newMachine);
        return new ProtectedSystem(id, name, places, plan, both);
    }

    /** The same system with another plan. */
    public ProtectedSystem with(ReplicationPlan other) {
        return new ProtectedSystem(id, name, volumes, other, machine);
    }
}
