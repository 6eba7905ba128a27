package org.standfest.hypervisor.libvirt;

import org.standfest.host.HostProcess;
import org.standfest.host.ProgramRunner;
import org.standfest.host.Waiting;
import org.standfest.hypervisor.Machine;
import org.standfest.hypervisor.MachineDescription;
import org.standfest.hypervisor.MachineState;
import org.standfest.hypervisor.qemu.Picture;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A machine that runs, or ran, by libvirt. Every question is asked anew. */
final class LibvirtMachine implements Machine {

    private static final Duration ASK = Duration.ofMillis(1800);
    private static final Duration ACT = Duration.ofSeconds(20);
    private static final Duration BUTTON = Duration.ofSeconds(3);
    private static final Duration END = Duration.ofSeconds(10);
    private static final int PNG = 0x89;

    private final MachineDescription description;
    private final LibvirtFolder folder;
    private final HostProcess started;
    private final MachineDomain domain;
    private final DomainXml xml;

    LibvirtMachine(
            MachineDescription description,
            LibvirtFolder folder,
            HostProcess started,
            MachineDomain domain,
            DomainXml xml) {
        this.description = description;
        this.folder = folder;
        this.started = started;
        this.domain = domain;
        this.xml = xml;
    }

    @Override
    public String id() {
        return description.id();
    }

    @Override
    public MachineDescription description() {
        return description;
    }

    /** Another one serves the disks once the guest is off, and may not be remembered yet. */
    private HostProcess process() {
        return folder.process().or(domain::now).orElse(started);
    }

    @Override
    public long pid() {
        return process().pid();
    }

    @Override
    public Path controlSocket() {
        return Path.of("/run/libvirt/libvirt-sock");
    }

    @Override
    public String diskAddress(String disk) {
        return LibvirtHypervisor.URI
                + "#"
                + domain.name()
                + "/"
                + DomainXml.target(description, disk);
    }

    /** Its process runs as us, and may make files only where we may. */
    @Override
    public Map<String, String> diskOptions() {
        return Map.of(LibvirtSnapshotProvider.TEMPORARY, folder.backups().toString());
    }

    @Override
    public Path serialLog() {
        return folder.serialLog();
    }

    @Override
    public MachineState state() {
        HostProcess now = process();
        if (!now.lives()) {
            return MachineState.GONE;
        }
        Optional<String> status = domain.status(ASK);
        if (status.isEmpty()) {
            return now.lives() ? MachineState.UNKNOWN : MachineState.GONE;
        }
        return status.get().equals("running")
                ? MachineState.RUNNING
                : folder.off() || status.get().equals("shutdown")
                        ? MachineState.POWERED_OFF
                        : MachineState.PAUSED;
    }

    @Override
    public Outcome<Void> shutDown(Duration limit, AfterShutdown after) {
        if (folder.off()) {
            return after == AfterShutdown.END ? kill() : Outcome.done();
        }
        if (!process().lives()) {
            return Outcome.done();
        }
        try {
            if (!switchedOff(limit)) {
                return Outcome.failed(
                        LibvirtTexts.explain("shutdown-late", id(), limit.toSeconds()));
            }
            return after == AfterShutdown.END ? kill() : serveDisks();
        } catch (IOException fault) {
            return Outcome.failed(LibvirtTexts.explain("control", id(), fault.getMessage()), fault);
        }
    }

    /** A guest that is still booting misses its button: it is pressed again until the limit. */
    private boolean switchedOff(Duration limit) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        HostProcess now = process();
        boolean off = false;
        while (!off && System.nanoTime() < end) {
            domain.run(ACT, "shutdown", "--mode", "acpi");
            Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
            off = LibvirtHypervisor.gone(now, left.compareTo(BUTTON) < 0 ? left : BUTTON);
        }
        return off;
    }

    /**
     * Libvirt ends the process with the guest. The machine is started again without its processors
     * and without its network: its disks, and libvirt's record of what was changed in them, can
     * then be read.
     */
    private Outcome<Void> serveDisks() throws IOException {
        Waiting.until(this::isOff, END);
        folder.guestIsOff();
        domain.define(xml.file(), xml.text(false, true));
        ProgramRunner.Result said = domain.run(ACT, "start", "--paused");
        Optional<HostProcess> now = said.succeeded() ? domain.process(END) : Optional.empty();
        if (now.isEmpty()) {
            return Outcome.failed(LibvirtTexts.explain("control", id(), said.lastLine()));
        }
        folder.remember(now.get());
        return Outcome.done();
    }

    private boolean isOff() {
        try {
            return domain.state().filter("shut off"::equals).isPresent();
        } catch (IOException notNow) {
            return false;
        }
    }

    @Override
    public Outcome<Void> kill() {
        HostProcess now = process();
        String said = "";
        try {
            said = domain.run(ACT, "destroy").lastLine();
            if (!LibvirtHypervisor.gone(now, END)) {
                now.kill();
            }
            domain.undefine();
        } catch (IOException fault) {
            now.kill();
        }
        return LibvirtHypervisor.gone(now, END)
                ? Outcome.done()
                : Outcome.failed(LibvirtTexts.explain("unkillable", id(), now.pid(), said));
    }

    @Override
    public Outcome<Void> screenshot(Path file) {
        Path raw = file.resolveSibling(file.getFileName() + ".raw");
        try {
            ProgramRunner.Result said =
                    domain.run(ACT, "screenshot", raw.toAbsolutePath().toString());
            if (!said.succeeded()) {
                return Outcome.failed(screen(said.lastLine()));
            }
            byte[] picture = Files.readAllBytes(raw);
            boolean png = picture.length > 0 && (picture[0] & 0xff) == PNG;
            Files.write(file, png ? picture : Picture.readPpm(picture).png());
            return Outcome.done();
        } catch (IOException fault) {
            return Outcome.failed(screen(fault.getMessage()), fault);
        } finally {
            try {
                Files.deleteIfExists(raw);
            } catch (IOException _) {
                // the folder is swept with its machine
            }
        }
    }

    private Explanation screen(String why) {
        return LibvirtTexts.explain("screen", id(), why);
    }
}
