package org.standfest.hypervisor.simulated;

import org.standfest.hypervisor.Machine;
import org.standfest.hypervisor.MachineDescription;
import org.standfest.hypervisor.MachineState;
import org.standfest.hypervisor.PortForward;
import org.standfest.results.Outcome;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A machine that is a server in this process. It answers {@code GET /health}, {@code GET /ledger}
 * and {@code GET /append?TEXT} on its forwarded ports once it has "booted". Safe for any thread.
 */
final class SimulatedMachine implements Machine {

    private static final Duration FREED_WITHIN = Duration.ofSeconds(5);

    private final MachineDescription description;
    private final Path folder;
    private final InstantSource clock;
    private final Instant bootedAt;
    private final List<ServerSocket> ports = new CopyOnWriteArrayList<>();
    private final List<Thread> servers = new CopyOnWriteArrayList<>();
    private final ReentrantLock disks = new ReentrantLock();
    private volatile MachineState state = MachineState.RUNNING;

    SimulatedMachine(
            MachineDescription description, Path folder, InstantSource clock, Duration boot) {
        this.description = description;
        this.folder = folder;
        this.clock = clock;
        this.bootedAt = clock.instant().plus(boot);
    }

    /** Opens the forwarded ports; throws if one is taken, with all of them closed again. */
    void begin() throws IOException {
        Files.createDirectories(folder);
        boolean bootable = LedgerDisk.bootable(bootDisk());
        Files.writeString(
                serialLog(),
                (bootable ? "booted " : "no bootable disk: ") + description.name() + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        try {
            for (var nic : description.nics()) {
                for (PortForward forward : nic.forwards()) {
                    listen(forward, bootable);
                }
            }
        } catch (IOException taken) {
            kill();
            throw taken;
        }
    }

    private void listen(PortForward forward, boolean bootable) throws IOException {
        Port port = new Port(forward);
        ports.add(port);
        servers.add(
                Thread.ofVirtual().name("simulated-" + id()).start(() -> serve(port, bootable)));
    }

    private static final class Port extends ServerSocket {
        Port(PortForward forward) throws IOException {
            super();
            setReuseAddress(true);
            bind(
                    new InetSocketAddress(
                            InetAddress.getByName(forward.hostAddress()), forward.hostPort()));
        }
    }

    private void serve(ServerSocket port, boolean bootable) {
        while (state == MachineState.RUNNING) {
            try (Socket client = port.accept()) {
                client.setSoTimeout(2_000);
                if (bootable && !clock.instant().isBefore(bootedAt)) {
                    answer(client);
                }
            } catch (IOException _) {
                // a client went away, or the machine was switched off
                continue;
            }
        }
    }

    private void answer(Socket client) throws IOException {
        BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                client.getInputStream(), StandardCharsets.ISO_8859_1));
        String request = reader.readLine();
        if (request == null) {
            return;
        }
        for (String head = reader.readLine();
                head != null && !head.isEmpty();
                head = reader.readLine()) {
            continue;
        }
        String path = request.split(" ").length > 1 ? request.split(" ")[1] : "";
        String body = act(path);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        OutputStream out = client.getOutputStream();
        out.write(
                ("HTTP/1.1 200 OK\r\nContent-Length: "
                                + bytes.length
                                + "\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
        out.flush();
    }

    private String act(String path) throws IOException {
        disks.lock();
        try {
            if (state != MachineState.RUNNING) {
                throw new IOException("off");
            }
            if (path.startsWith("/append?")) {
                LedgerDisk.append(bootDisk(), path.substring("/append?".length()));
                return "written\n";
            }
            return path.equals("/ledger")
                    ? String.join("\n", LedgerDisk.read(bootDisk()))
                    : "healthy\n";
        } finally {
            disks.unlock();
        }
    }

    private Path bootDisk() {
        return description.disks().getFirst().image().file();
    }

    /** Whoever holds it sees disks that do not change. */
    ReentrantLock disks() {
        return disks;
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
        return ProcessHandle.current().pid();
    }

    @Override
    public MachineState state() {
        return state;
    }

    @Override
    public Outcome<Void> shutDown(Duration limit, AfterShutdown after) {
        return after == AfterShutdown.END ? kill() : end(MachineState.POWERED_OFF);
    }

    @Override
    public Outcome<Void> kill() {
        return end(MachineState.GONE);
    }

    private Outcome<Void> end(MachineState next) {
        disks.lock();
        try {
            if (state != MachineState.GONE) {
                state = next;
            }
        } finally {
            disks.unlock();
        }
        for (ServerSocket port : ports) {
            try {
                port.close();
            } catch (IOException _) {
                // closing is all that was wanted
                continue;
            }
        }
        freed();
        return Outcome.done();
    }

    /** A port is free again only when nobody waits at it any more. */
    private void freed() {
        try {
            for (Thread server : servers) {
                if (server != Thread.currentThread()) {
                    server.join(FREED_WITHIN);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Path controlSocket() {
        return folder.resolve("simulated");
    }

    @Override
    public Path serialLog() {
        return folder.resolve("serial.log");
    }
}
