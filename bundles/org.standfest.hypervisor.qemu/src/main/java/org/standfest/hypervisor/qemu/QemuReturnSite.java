package org.standfest.hypervisor.qemu;

import org.standfest.hypervisor.Hypervisor;
import org.standfest.hypervisor.Machine;
import org.standfest.hypervisor.MachineProperties;
import org.standfest.hypervisor.StartOptions;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.ReturnDisk;
import org.standfest.replication.source.ReturnSite;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A QEMU machine in the making. */
final class QemuReturnSite implements ReturnSite {

    private static final Catalog TEXTS = Catalog.beside(QemuReturnSite.class);
    private static final Duration GENTLE_LIMIT = Duration.ofSeconds(30);

    private final Hypervisor hypervisor;
    private final ReturnPlan plan;
    private final Map<String, ReturnFile> disks;

    QemuReturnSite(Hypervisor hypervisor, ReturnPlan plan, Map<String, ReturnFile> disks) {
        this.hypervisor = hypervisor;
        this.plan = plan;
        this.disks = disks;
    }

    @Override
    public ReturnDisk disk(String volume) {
        ReturnDisk disk = disks.get(volume);
        if (disk == null) {
            throw new IllegalArgumentException("no disk " + volume);
        }
        return disk;
    }

    @Override
    public Path tree(String volume) {
        throw new IllegalArgumentException("no tree " + volume);
    }

    private Path machineFolder() {
        return plan.folder().resolve("machine");
    }

    @Override
    public Outcome<Started> start() {
        Optional<Machine> running = hypervisor.find(machineFolder());
        if (running.isPresent()) {
            // The same order after a crash of the agent: it was carried out before.
            return Outcome.done(started(running.get()));
        }
        try {
            for (ReturnFile disk : disks.values()) {
                disk.flush();
            }
        } catch (IOException fault) {
            return Outcome.failed(TEXTS.explain("qemu.return-io", fault.getMessage()), fault);
        }
        StartOptions options =
                StartOptions.in(machineFolder()).outliving().with(plan.acceleration());
        return hypervisor.start(plan.machine(), options).map(this::started);
    }

    private Started started(Machine machine) {
        List<VolumeSource> volumes =
                disks.keySet().stream()
                        .map(
                                name ->
                                        new VolumeSource(
                                                name,
                                                VolumeKind.DISK,
                                                "qmp",
                                                machine.controlSocket()
                                                        + "#"
                                                        + QemuCommandLine.node(name)))
                        .toList();
        return new Started(volumes, MachineProperties.write(machine.description()));
    }

    @Override
    public Outcome<Void> stop() {
        Optional<Machine> running = hypervisor.find(machineFolder());
        if (running.isEmpty()) {
            return Outcome.done();
        }
        Outcome<Void> gentle = running.get().shutDown(GENTLE_LIMIT, Machine.AfterShutdown.END);
        return gentle.isDone() ? gentle : running.get().kill();
    }

    @Override
    public Outcome<Void> discard() {
        if (hypervisor.find(machineFolder()).isPresent()) {
            return Outcome.refused(TEXTS.explain("qemu.return-running"));
        }
        close();
        if (!Files.isDirectory(plan.folder())) {
            return Outcome.done();
        }
        try (Stream<Path> all = Files.walk(plan.folder())) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
            return Outcome.done();
        } catch (IOException fault) {
            return Outcome.failed(TEXTS.explain("qemu.return-io", fault.getMessage()), fault);
        }
    }

    @Override
    public void close() {
        disks.values().forEach(ReturnFile::close);
    }
}
