package org.standfest.standby;

import org.standfest.hypervisor.DiskImage;
import org.standfest.hypervisor.Hypervisor;
import org.standfest.hypervisor.ImageUse;
import org.standfest.hypervisor.MachineDescription;
import org.standfest.hypervisor.MachineProperties;
import org.standfest.hypervisor.PortForward;
import org.standfest.management.StandbyHardware;
import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.PooledSystem;
import org.standfest.replication.pool.PooledVolume;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The newest image of a system: what it says of its machine, which hypervisor of this host would
 * start it, and why it could not. Safe for any thread.
 */
final class NewestImage {

    /** In a profile of hardware: the kind of the hypervisor that was chosen. */
    private static final String CHOSEN = "hypervisor";

    /** Without a choice it is asked first; the others are for hosts that have nothing else. */
    private static final String USUAL = "qemu";

    private final ImagePool pool;
    private final SystemRecords records;
    private final Partners partners;

    NewestImage(ImagePool pool, SystemRecords records, Partners partners) {
        this.pool = pool;
        this.records = records;
        this.partners = partners;
    }

    /** The newest point; empty if there is none. */
    Optional<RecoveryPoint> point(String systemId) {
        return pool.system(systemId).flatMap(PooledSystem::newest);
    }

    static List<PooledVolume> disks(RecoveryPoint point) {
        return point.volumes().stream().filter(one -> one.kind() == VolumeKind.DISK).toList();
    }

    /** Why it cannot be started; empty if it can. */
    Optional<Explanation> whyNotStartable(String systemId) {
        Optional<RecoveryPoint> point = point(systemId);
        if (point.isEmpty()) {
            return Optional.of(StandbyTexts.explain("standby.no-point", systemId));
        }
        if (disks(point.get()).isEmpty()) {
            return Optional.of(StandbyTexts.explain("standby.only-files", systemId));
        }
        if (!point.get().description().containsKey("machine.version")) {
            return Optional.of(StandbyTexts.explain("standby.no-description", systemId));
        }
        if (partners.hypervisors().isEmpty()) {
            return Optional.of(StandbyTexts.explain("standby.no-hypervisor"));
        }
        return records.settings(systemId).testInEmergency().isEmpty()
                ? Optional.of(StandbyTexts.explain("standby.no-test", systemId))
                : Optional.empty();
    }

    /** Why nobody could start it: a process of this host has it open. */
    Optional<Explanation> held(String systemId) {
        Optional<Hypervisor> hypervisor = hypervisor(systemId).result();
        return point(systemId).stream()
                .flatMap(point -> disks(point).stream())
                .flatMap(disk -> pool.newestImage(systemId, disk.name()).result().stream())
                .flatMap(image -> hypervisor.stream().map(one -> one.use(DiskImage.raw(image))))
                .flatMap(use -> use.result().stream())
                .filter(ImageUse::held)
                .map(ImageUse::reason)
                .findFirst();
    }

    /** Any hypervisor that is ready, QEMU before the others. */
    Outcome<Hypervisor> anyHypervisor() {
        Explanation problem = StandbyTexts.explain("standby.no-hypervisor");
        List<Hypervisor> all =
                partners.hypervisors().stream()
                        .sorted(Comparator.comparing(one -> !one.kind().equals(USUAL)))
                        .toList();
        for (Hypervisor hypervisor : all) {
            Optional<Explanation> why = hypervisor.ready().problem();
            if (why.isEmpty()) {
                return Outcome.done(hypervisor);
            }
            problem = why.get();
        }
        return Outcome.refused(problem);
    }

    /** The hypervisor that starts a system: the one its settings choose, or any. */
    Outcome<Hypervisor> hypervisor(String systemId) {
        String chosen =
                records.settings(systemId)
                        .hardware()
                        .profile()
                        .getOrDefault(CHOSEN, "")
                        .strip()
                        .toLowerCase(Locale.ROOT);
        if (chosen.isEmpty()) {
            return anyHypervisor();
        }
        Optional<Hypervisor> found = partners.hypervisor(chosen);
        return found.isEmpty()
                ? Outcome.refused(
                        StandbyTexts.explain("standby.hypervisor-missing", chosen, systemId))
                : found.get().ready().map(_ -> found.get());
    }

    /**
     * Why the machine could not be started on the hardware that the settings say; nothing is
     * started for the answer. Empty also while there is no description of it.
     */
    Optional<Explanation> problem(String systemId) {
        StandbyHardware hardware = records.settings(systemId).hardware();
        return described(systemId)
                .map(machine -> MachineFit.here(machine, machine.id(), hardware, Map.of()))
                .map(
                        fitted ->
                                fitted.then(
                                        machine ->
                                                hypervisor(systemId)
                                                        .then(one -> possible(one, machine))))
                .flatMap(Outcome::problem);
    }

    private static Outcome<Void> possible(Hypervisor hypervisor, MachineDescription machine) {
        return hypervisor
                .problem(machine)
                .<Outcome<Void>>map(Outcome::refused)
                .orElseGet(Outcome::done);
    }

    /** The forwards in its own description. */
    List<PortForward> describedForwards(String systemId) {
        return described(systemId)
                .map(
                        machine ->
                                machine.nics().stream()
                                        .flatMap(nic -> nic.forwards().stream())
                                        .toList())
                .orElse(List.of());
    }

    /** The machine as it describes it; empty if it does not. */
    Optional<MachineDescription> described(String systemId) {
        return point(systemId)
                .flatMap(
                        point ->
                                MachineProperties.read(
                                                point.description(),
                                                disk -> Optional.of(placeholder(disk)))
                                        .result());
    }

    /** Where a description is only read, its images need not exist. */
    private static DiskImage placeholder(String disk) {
        return DiskImage.raw(Path.of(disk));
    }
}
