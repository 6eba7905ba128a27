package org.standfest.standby;

import org.standfest.hypervisor.Machine;
import org.standfest.recovery.Course;
import org.standfest.recovery.Facts;
import org.standfest.recovery.Operation;
import org.standfest.recovery.PlanKind;
import org.standfest.recovery.RecoveryState;
import org.standfest.replication.engine.RestoreSource;
import org.standfest.replication.engine.RestoreView;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Message.RestorePhase;
import org.standfest.replication.protocol.Peer;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.SnapshotProvider;
import org.standfest.replication.source.SnapshotRequest;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Opens the disks of an emergency machine for the agent that brings the system home, and for nobody
 * else: only for the return that is under way, in the phase it is in.
 */
final class EmergencySource implements RestoreSource {

    private static final Duration SNAPSHOT_LIMIT = Duration.ofSeconds(30);

    /** For a return: a recovery point at work gives way within a block, and its line lives on. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final HypervisorMachines machines;
    private final Partners partners;
    private final Function<String, Outcome<Course>> courses;
    private final Function<String, Outcome<Long>> epochs;
    private final DiskTurns turns = new DiskTurns();

    EmergencySource(
            HypervisorMachines machines,
            Partners partners,
            Function<String, Outcome<Course>> courses,
            Function<String, Outcome<Long>> epochs) {
        this.machines = machines;
        this.partners = partners;
        this.courses = courses;
        this.epochs = epochs;
    }

    @Override
    public Outcome<RestoreView> open(
            Peer.Agent agent, Message.RestoreRequest request, Optional<String> basisToken) {
        String systemId = request.systemId();
        return courses.apply(systemId)
                .then(course -> machine(course, agent, request))
                .then(machine -> open(systemId, machine, basisToken, PATIENCE));
    }

    /** The machine of the return that is under way, if it is this agent's and in this phase. */
    private static Outcome<String> machine(
            Course course, Peer.Agent agent, Message.RestoreRequest request) {
        Optional<Operation> operation =
                course.operation()
                        .filter(some -> some.kind() == PlanKind.RETURN)
                        .filter(some -> !some.state().finished() && !some.backwards())
                        .filter(some -> some.id().equals(request.returnId()))
                        .filter(some -> agent.id().equals(some.facts().get(Facts.AGENT)));
        boolean inPhase =
                switch (course.state()) {
                    case RecoveryState.Restoration _ -> request.phase() == RestorePhase.BULK;
                    case RecoveryState.Return _ -> request.phase() == RestorePhase.FINAL;
                    default -> false;
                };
        return operation.isPresent() && inPhase
                ? Outcome.done(operation.get().facts().get(Facts.MACHINE))
                : Outcome.refused(StandbyTexts.explain("standby.no-return", request.systemId()));
    }

    /** The disks of an emergency machine at one instant, for the standby itself. */
    Outcome<RestoreView> open(String systemId, String machine, Optional<String> basisToken) {
        return open(systemId, machine, basisToken, Duration.ZERO);
    }

    private Outcome<RestoreView> open(
            String systemId, String machine, Optional<String> basisToken, Duration patience) {
        return turns.open(systemId, patience, () -> opened(systemId, machine, basisToken));
    }

    private Outcome<RestoreView> opened(
            String systemId, String machine, Optional<String> basisToken) {
        Optional<Machine> found = machines.find(systemId, machine);
        if (found.isEmpty()) {
            return Outcome.refused(StandbyTexts.explain("standby.machine-gone", machine));
        }
        String kind = provider(machines.hypervisorOf(systemId, machine).orElse(""));
        Optional<SnapshotProvider> provider =
                partners.snapshotProviders().stream()
                        .filter(some -> some.kind().equals(kind))
                        .findFirst();
        if (provider.isEmpty()) {
            return Outcome.refused(StandbyTexts.explain("standby.no-provider", kind));
        }
        List<VolumeSource> volumes = volumes(found.get(), kind);
        return epochs.apply(systemId)
                .then(
                        epoch ->
                                provider.get()
                                        .take(
                                                new SnapshotRequest(
                                                        systemId,
                                                        volumes,
                                                        basisToken,
                                                        SNAPSHOT_LIMIT))
                                        .map(snapshot -> view(snapshot, volumes, epoch)));
    }

    /** QEMU machines are read through QMP; other kinds bring a provider of their own name. */
    private static String provider(String hypervisor) {
        return hypervisor.equals("qemu") ? "qmp" : hypervisor;
    }

    private static List<VolumeSource> volumes(Machine machine, String provider) {
        return machine.description().disks().stream()
                .map(
                        disk ->
                                new VolumeSource(
                                        disk.name(),
                                        VolumeKind.DISK,
                                        provider,
                                        machine.diskAddress(disk.name()),
                                        machine.diskOptions()))
                .toList();
    }

    private static RestoreView view(Snapshot snapshot, List<VolumeSource> volumes, long epoch) {
        return new OpenView(snapshot, volumes, epoch);
    }

    private record OpenView(Snapshot snapshot, List<VolumeSource> volumes, long epoch)
            implements RestoreView {

        @Override
        public void close() {
            snapshot.close();
        }
    }
}
