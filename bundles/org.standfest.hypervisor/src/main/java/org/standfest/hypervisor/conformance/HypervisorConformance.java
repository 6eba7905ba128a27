package org.standfest.hypervisor.conformance;

import org.standfest.hypervisor.DiskBus;
import org.standfest.hypervisor.DiskImage;
import org.standfest.hypervisor.Firmware;
import org.standfest.hypervisor.Hypervisor;
import org.standfest.hypervisor.Machine;
import org.standfest.hypervisor.Machine.AfterShutdown;
import org.standfest.hypervisor.MachineDescription;
import org.standfest.hypervisor.MachineDisk;
import org.standfest.hypervisor.MachineNic;
import org.standfest.hypervisor.MachineState;
import org.standfest.hypervisor.NicModel;
import org.standfest.hypervisor.PortForward;
import org.standfest.hypervisor.StartOptions;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What every {@link Hypervisor} must do. The author of one writes a {@link HypervisorFixture} and
 * this test, with any test framework:
 *
 * <pre>{@code
 * assertEquals(List.of(), HypervisorConformance.breaches(fixture));
 * }</pre>
 *
 * <p>Starts about six machines that boot nothing, one after the other. For one thread.
 */
public final class HypervisorConformance {

    private static final String HOST = "127.0.0.1";
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(60);

    private final HypervisorFixture fixture;
    private final List<String> breaches = new ArrayList<>();
    private int folders;

    private HypervisorConformance(HypervisorFixture fixture) {
        this.fixture = fixture;
    }

    /**
     * Checks a hypervisor.
     *
     * @return what it does wrong, one sentence each; empty if it conforms
     * @throws IOException the fixture itself did not work
     */
    public static List<String> breaches(HypervisorFixture fixture) throws IOException {
        HypervisorConformance suite = new HypervisorConformance(fixture);
        suite.saysWhatItCan();
        suite.runsFindsAndEndsAMachine();
        suite.runsNothingTwice();
        suite.refusesWhatIsMissing();
        suite.namesATakenPort();
        suite.keepsTheBaseOfAnOverlay();
        suite.switchesOff();
        return List.copyOf(suite.breaches);
    }

    private void must(boolean holds, String otherwise) {
        if (!holds) {
            breaches.add(otherwise);
        }
    }

    private static String said(Outcome<?> outcome) {
        return outcome.problem().map(why -> " (" + why + ")").orElse(" (done)");
    }

    private Path place() {
        folders++;
        return fixture.folder().resolve("machine-" + folders);
    }

    private static MachineDescription machine(String id, DiskImage disk, int port) {
        return new MachineDescription(
                id,
                "Conformance, " + id + " <&'\">",
                1,
                64,
                List.of(new MachineDisk("system", disk, DiskBus.VIRTIO)),
                List.of(
                        new MachineNic(
                                NicModel.VIRTIO, "", List.of(new PortForward(HOST, port, 80)))),
                Firmware.BIOS);
    }

    private Optional<Machine> started(MachineDescription machine, StartOptions options) {
        Outcome<Machine> outcome = fixture.hypervisor().start(machine, options);
        must(outcome.isDone(), "a machine that fits is started" + said(outcome));
        return outcome.result();
    }

    private void saysWhatItCan() throws IOException {
        Hypervisor hypervisor = fixture.hypervisor();
        must(hypervisor.kind().matches("[a-z][a-z0-9-]{0,31}"), "the kind is a short name");
        must(hypervisor.kind().equals(fixture.again().kind()), "the kind is stable");
        var ready = hypervisor.ready();
        must(ready.isDone(), "it is ready on this host" + said(ready));
        must(ready.result().filter(it -> it.version().isBlank()).isEmpty(), "it states a version");
        must(
                hypervisor.problem(machine("fits", fixture.disk(), 80)).isEmpty(),
                "nothing is known against a machine that fits");
    }

    private void runsFindsAndEndsAMachine() throws IOException {
        DiskImage disk = fixture.disk();
        MachineDescription wanted = machine("one", disk, fixture.freePort());
        Path place = place();
        must(fixture.hypervisor().find(place).isEmpty(), "nothing is found before a start");
        Optional<Machine> one = started(wanted, StartOptions.in(place).inIsolation());
        if (one.isEmpty()) {
            return;
        }
        Machine machine = one.get();
        try {
            must(machine.id().equals("one"), "the machine bears its id");
            must(machine.description().equals(wanted), "the machine knows its description");
            must(machine.state() == MachineState.RUNNING, "it runs: " + machine.state());
            must(Files.exists(machine.serialLog()), "its serial log is there");
            must(held(disk), "its image is held");
            Optional<Machine> found = fixture.again().find(place);
            must(
                    found.filter(it -> it.pid() == machine.pid()).isPresent(),
                    "another process finds it by its folder");
            must(
                    found.filter(it -> it.description().equals(wanted)).isPresent(),
                    "another process knows what it is");
            picture(machine);
        } finally {
            Outcome<Void> killed = machine.kill();
            must(killed.isDone(), "it ends when it is killed" + said(killed));
        }
        must(machine.state() == MachineState.GONE, "it is gone: " + machine.state());
        must(!held(disk), "its image is free afterwards");
        must(fixture.again().find(place).isEmpty(), "it is not found any more");
        must(machine.kill().isDone(), "what is gone can be killed again");
        started(wanted, StartOptions.in(place)).ifPresent(Machine::kill);
    }

    private boolean held(DiskImage disk) {
        var use = fixture.hypervisor().use(disk);
        must(use.isDone(), "it says whether an image is held" + said(use));
        return use.result().filter(it -> it.held()).isPresent();
    }

    private void picture(Machine machine) throws IOException {
        Path file = fixture.folder().resolve("console.png");
        if (machine.screenshot(file).isDone()) {
            byte[] png = Files.readAllBytes(file);
            must(
                    png.length > 8 && (png[0] & 0xff) == 0x89 && png[1] == 'P',
                    "a picture of the console is a PNG");
        }
    }

    private void runsNothingTwice() throws IOException {
        DiskImage disk = fixture.disk();
        MachineDescription wanted = machine("twice", disk, fixture.freePort());
        Path place = place();
        Optional<Machine> first = started(wanted, StartOptions.in(place));
        try {
            Outcome<Machine> again = fixture.again().start(wanted, StartOptions.in(place));
            must(
                    again instanceof Outcome.Refused,
                    "a second start in one folder is refused" + said(again));
            Path elsewhere = place();
            Outcome<Machine> other =
                    fixture.hypervisor()
                            .start(
                                    machine("thief", disk, fixture.freePort()),
                                    StartOptions.in(elsewhere));
            must(!other.isDone(), "two machines never write to one image");
            must(
                    fixture.hypervisor().find(elsewhere).isEmpty(),
                    "a start that failed leaves nothing running");
            must(
                    first.filter(it -> it.state() == MachineState.RUNNING).isPresent(),
                    "the first one goes on");
        } finally {
            first.ifPresent(Machine::kill);
        }
    }

    private void refusesWhatIsMissing() throws IOException {
        DiskImage none = DiskImage.raw(fixture.folder().resolve("none.raw"));
        Path place = place();
        Outcome<Machine> started =
                fixture.hypervisor()
                        .start(machine("none", none, fixture.freePort()), StartOptions.in(place));
        must(
                started instanceof Outcome.Refused,
                "a machine without its image is refused" + said(started));
        must(fixture.hypervisor().find(place).isEmpty(), "nothing runs after a refusal");
        Path overlay = fixture.folder().resolve("none.overlay");
        must(
                !fixture.hypervisor().overlay(none, overlay).isDone() && !Files.exists(overlay),
                "there is no overlay over nothing");
    }

    private void namesATakenPort() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            Path place = place();
            Outcome<Machine> started =
                    fixture.hypervisor()
                            .start(
                                    machine("port", fixture.disk(), taken.getLocalPort()),
                                    StartOptions.in(place));
            must(!started.isDone(), "a machine does not start without its port");
            must(fixture.hypervisor().find(place).isEmpty(), "and leaves nothing running");
        }
    }

    private void keepsTheBaseOfAnOverlay() throws IOException {
        DiskImage base = fixture.disk();
        byte[] before = Files.readAllBytes(base.file());
        Object owner = Files.getOwner(base.file());
        Path file = fixture.folder().resolve("over.lay");
        Outcome<DiskImage> overlay = fixture.hypervisor().overlay(base, file);
        must(overlay.isDone(), "an overlay is made" + said(overlay));
        must(!fixture.hypervisor().overlay(base, file).isDone(), "what exists is not overwritten");
        if (overlay instanceof Outcome.Done<DiskImage>(DiskImage image)) {
            Optional<Machine> over =
                    started(machine("over", image, fixture.freePort()), StartOptions.in(place()));
            over.ifPresent(Machine::kill);
        }
        must(Arrays.equals(before, Files.readAllBytes(base.file())), "the base stays as it was");
        must(owner.equals(Files.getOwner(base.file())), "the base keeps its owner");
    }

    private void switchesOff() throws IOException {
        Optional<Machine> one =
                started(
                        machine("off", fixture.disk(), fixture.freePort()),
                        StartOptions.in(place()));
        if (one.isEmpty()) {
            return;
        }
        Machine machine = one.get();
        try {
            boolean real = fixture.realGuests();
            Outcome<Void> off = machine.shutDown(real ? SHORT : LONG, AfterShutdown.END);
            if (real) {
                must(off instanceof Outcome.Failed, "a guest that does not obey is told of");
                must(machine.state() == MachineState.RUNNING, "and runs: " + machine.state());
            } else {
                must(off.isDone(), "a guest that obeys is off" + said(off));
                must(machine.state() == MachineState.GONE, "and gone: " + machine.state());
            }
        } finally {
            machine.kill();
        }
        must(machine.shutDown(SHORT, AfterShutdown.END).isDone(), "what is gone is off");
    }
}
