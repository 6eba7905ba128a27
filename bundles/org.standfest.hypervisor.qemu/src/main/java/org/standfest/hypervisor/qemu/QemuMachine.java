package org.standfest.hypervisor.qemu;

import com.google.gson.JsonObject;

import org.standfest.host.HostProcess;
import org.standfest.host.Waiting;
import org.standfest.hypervisor.Machine;
import org.standfest.hypervisor.MachineDescription;
import org.standfest.hypervisor.MachineState;
import org.standfest.hypervisor.PortForward;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A machine that runs, or ran, in a QEMU process. Every question is asked anew over a short
 * connection.
 */
final class QemuMachine implements Machine {

    private static final Catalog TEXTS = Catalog.beside(QemuMachine.class);
    private static final Duration ASK_LIMIT = Duration.ofMillis(1500);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);
    private static final int BUTTON_SECONDS = 3;

    private final MachineDescription description;
    private final MachineFolder folder;
    private final HostProcess process;

    QemuMachine(MachineDescription description, MachineFolder folder, HostProcess process) {
        this.description = description;
        this.folder = folder;
        this.process = process;
    }

    @Override
    public String id() {
        return description.id();
    }

    @Override
    public MachineDescription description() {
        return description;
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public Path controlSocket() {
        return folder.controlSocket();
    }

    @Override
    public Path serialLog() {
        return folder.serialLog();
    }

    @Override
    public MachineState state() {
        if (!process.lives()) {
            return MachineState.GONE;
        }
        try (QmpClient qmp = new QmpClient(folder.ownSocket(), ASK_LIMIT)) {
            return state(qmp);
        } catch (IOException noAnswer) {
            return process.lives() ? MachineState.UNKNOWN : MachineState.GONE;
        }
    }

    private static MachineState state(QmpClient qmp) throws IOException {
        String status =
                qmp.execute("query-status") instanceof JsonObject answer
                        ? QmpClient.text(answer, "status")
                        : "";
        return switch (status) {
            case "running" -> MachineState.RUNNING;
            case "shutdown" -> MachineState.POWERED_OFF;
            case "" -> MachineState.UNKNOWN;
            default -> MachineState.PAUSED;
        };
    }

    @Override
    public Outcome<Void> shutDown(Duration limit, AfterShutdown after) {
        if (!process.lives()) {
            return Outcome.done();
        }
        long end = System.nanoTime() + limit.toNanos();
        boolean keep = after == AfterShutdown.KEEP_DISKS_READABLE;
        try (QmpClient qmp = new QmpClient(folder.ownSocket(), Duration.ofSeconds(5))) {
            JsonObject action = new JsonObject();
            action.addProperty("shutdown", keep ? "pause" : "poweroff");
            qmp.execute("set-action", action);
            if (state(qmp) == MachineState.POWERED_OFF) {
                return keep ? leaveNetwork(qmp) : kill();
            }
            boolean off = false;
            // A guest that is still booting misses its button: it is pressed again until the limit.
            while (!off && System.nanoTime() < end) {
                qmp.execute("system_powerdown");
                long left =
                        Math.max(
                                1,
                                Math.min(
                                        end - System.nanoTime(),
                                        Duration.ofSeconds(BUTTON_SECONDS).toNanos()));
                off =
                        qmp.await(
                                        event -> QmpClient.name(event).equals("SHUTDOWN"),
                                        Duration.ofNanos(left))
                                .isPresent();
            }
            if (!off) {
                return Outcome.failed(TEXTS.explain("qemu.shutdown-late", id(), limit.toSeconds()));
            }
            if (keep) {
                qmp.await(event -> QmpClient.name(event).equals("STOP"), Duration.ofSeconds(5));
                return leaveNetwork(qmp);
            }
        } catch (IOException lost) {
            // The connection ends with the process, which is what was asked for; only a living
            // process is a failure.
            if (process.lives() && !Waiting.until(() -> !process.lives(), Duration.ofSeconds(2))) {
                return Outcome.failed(TEXTS.explain("qemu.control", id(), lost.getMessage()), lost);
            }
        }
        return Waiting.until(() -> !process.lives(), KILL_LIMIT)
                ? Outcome.done()
                : Outcome.failed(TEXTS.explain("qemu.shutdown-late", id(), limit.toSeconds()));
    }

    /**
     * Frees the host's ports: the guest is off, and its successor may be started before this
     * process ends.
     */
    private Outcome<Void> leaveNetwork(QmpClient qmp) throws IOException {
        for (int i = 0; i < description.nics().size(); i++) {
            for (PortForward forward : description.nics().get(i).forwards()) {
                String order =
                        "hostfwd_remove net%d tcp:%s:%d"
                                .formatted(i, forward.hostAddress(), forward.hostPort());
                qmp.execute("human-monitor-command", Json.object("command-line", order));
            }
        }
        return Outcome.done();
    }

    @Override
    public Outcome<Void> screenshot(Path file) {
        Path raw = file.resolveSibling(file.getFileName() + ".ppm");
        try (QmpClient qmp = new QmpClient(folder.ownSocket(), Duration.ofSeconds(5))) {
            qmp.execute("screendump", Json.object("filename", raw.toAbsolutePath().toString()));
            Files.write(file, Picture.readPpm(Files.readAllBytes(raw)).png());
            return Outcome.done();
        } catch (IOException fault) {
            return Outcome.failed(TEXTS.explain("qemu.screen", id(), fault.getMessage()), fault);
        } finally {
            try {
                Files.deleteIfExists(raw);
            } catch (IOException _) {
                // the folder is swept with its machine
            }
        }
    }

    @Override
    public Outcome<Void> kill() {
        process.kill();
        return Waiting.until(() -> !process.lives(), KILL_LIMIT)
                ? Outcome.done()
                : Outcome.failed(TEXTS.explain("qemu.unkillable", id(), pid()));
    }
}
