package org.standfest.hypervisor.qemu;

import com.google.gson.JsonObject;

import org.standfest.hypervisor.DiskImage;
import org.standfest.hypervisor.MachineDescription;
import org.standfest.hypervisor.MachineProperties;
import org.standfest.hypervisor.PortForward;
import org.standfest.hypervisor.RememberedMachine;
import org.standfest.replication.source.SourcePower;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Catalog;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Switches a machine by its control socket. The process stays after the shutdown, so its disks can
 * be read once more and the guest can be let run again. The host's ports are given free meanwhile,
 * where the machine's description beside the socket names them.
 */
final class QmpPower implements SourcePower {

    private static final Catalog TEXTS = Catalog.beside(QmpPower.class);
    private static final Duration ASK = Duration.ofSeconds(5);
    private static final Duration BUTTON = Duration.ofSeconds(3);
    private static final String OFF = "shutdown";

    @Override
    public Outcome<Void> shutDown(List<VolumeSource> volumes, Duration limit) {
        return with(volumes, (qmp, socket) -> shutDown(qmp, socket, limit));
    }

    /** Whether the guest is off while its process still serves the disks. */
    static boolean off(QmpClient qmp) throws IOException {
        return OFF.equals(status(qmp));
    }

    private static String status(QmpClient qmp) throws IOException {
        return qmp.execute("query-status") instanceof JsonObject answer
                ? QmpClient.text(answer, "status")
                : "";
    }

    private static Outcome<Void> shutDown(QmpClient qmp, Path socket, Duration limit)
            throws IOException {
        qmp.execute("set-action", Json.object(OFF, "pause"));
        long end = System.nanoTime() + limit.toNanos();
        // A guest that is still booting misses its button: it is pressed again until the limit.
        while (!off(qmp)) {
            if (System.nanoTime() > end) {
                qmp.execute("set-action", Json.object(OFF, "poweroff"));
                return Outcome.failed(
                        TEXTS.explain("qemu.shutdown-late", socket, limit.toSeconds()));
            }
            qmp.execute("system_powerdown");
            if (qmp.await(event -> QmpClient.name(event).equals("SHUTDOWN"), BUTTON).isPresent()) {
                qmp.await(event -> QmpClient.name(event).equals("STOP"), ASK);
            }
        }
        for (String order : forwards(socket, "hostfwd_remove", false)) {
            command(qmp, order);
        }
        return Outcome.done();
    }

    @Override
    public Outcome<Void> startAgain(List<VolumeSource> volumes) {
        return with(
                volumes,
                (qmp, socket) -> {
                    qmp.execute("set-action", Json.object(OFF, "poweroff"));
                    if (!off(qmp)) {
                        return Outcome.done();
                    }
                    for (String order : forwards(socket, "hostfwd_add", true)) {
                        command(qmp, order);
                    }
                    qmp.execute("system_reset");
                    qmp.execute("cont");
                    return Outcome.done();
                });
    }

    @Override
    public Outcome<Void> end(List<VolumeSource> volumes) {
        Outcome<Boolean> off = QmpAddress.of(volumes).map(QmpPower::nobody);
        if (off.result().filter(gone -> gone).isPresent()) {
            return Outcome.done();
        }
        return with(
                volumes,
                (qmp, socket) -> {
                    if (!off(qmp)) {
                        return Outcome.refused(TEXTS.explain("qemu.there", socket));
                    }
                    qmp.execute("quit");
                    return Outcome.done();
                });
    }

    private static boolean nobody(QmpAddress address) {
        return !Files.exists(address.socket());
    }

    private static void command(QmpClient qmp, String order) throws IOException {
        qmp.execute("human-monitor-command", Json.object("command-line", order));
    }

    /** The orders that take the machine's ports from the host, or give them back. */
    private static List<String> forwards(Path socket, String order, boolean guest) {
        Optional<MachineDescription> machine = description(socket);
        if (machine.isEmpty()) {
            return List.of();
        }
        List<String> orders = new ArrayList<>();
        for (int i = 0; i < machine.get().nics().size(); i++) {
            for (PortForward one : machine.get().nics().get(i).forwards()) {
                String from =
                        "%s net%d tcp:%s:%d".formatted(order, i, one.hostAddress(), one.hostPort());
                orders.add(guest ? from + "-:" + one.guestPort() : from);
            }
        }
        return orders;
    }

    private static Optional<MachineDescription> description(Path socket) {
        try {
            return MachineProperties.read(
                            RememberedMachine.read(MachineFolder.sidecar(socket)),
                            disk -> Optional.of(DiskImage.raw(Path.of(disk))))
                    .result();
        } catch (IOException startedBySomebodyElse) {
            return Optional.empty();
        }
    }

    private static Outcome<Void> with(List<VolumeSource> volumes, Act act) {
        return QmpAddress.of(volumes)
                .then(
                        address -> {
                            try (QmpClient qmp = new QmpClient(address.socket(), ASK)) {
                                return act.on(qmp, address.socket());
                            } catch (IOException fault) {
                                Explanation why =
                                        TEXTS.explain(
                                                "qemu.control",
                                                address.socket(),
                                                fault.getMessage());
                                return Outcome.failed(why, fault);
                            }
                        });
    }

    /** Something done over one connection. */
    @FunctionalInterface
    private interface Act {
        Outcome<Void> on(QmpClient qmp, Path socket) throws IOException;
    }
}
