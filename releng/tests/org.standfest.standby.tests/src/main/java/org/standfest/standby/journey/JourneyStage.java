package org.standfest.standby.journey;

import org.standfest.management.OperationState;
import org.standfest.management.OperationStatus;
import org.standfest.management.OperatorAccess;
import org.standfest.management.StandbyClient;
import org.standfest.management.SystemStatus;
import org.standfest.replication.agent.AgentCommandLine;
import org.standfest.replication.agent.AgentSettings;
import org.standfest.replication.engine.SessionSender;
import org.standfest.replication.source.ReturnTarget;
import org.standfest.replication.source.SnapshotProvider;
import org.standfest.replication.transport.ChannelSettings;
import org.standfest.results.Outcome;
import org.standfest.standby.Partners;
import org.standfest.standby.StandbyServer;
import org.standfest.standby.StandbySettings;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/** A real standby, real agents and a client, all in this process, over real TLS. */
public final class JourneyStage implements AutoCloseable {

    private static final AgentSettings QUICK =
            new AgentSettings(
                    Duration.ofMillis(50),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(50),
                    Duration.ofMillis(200),
                    5,
                    Duration.ofSeconds(60),
                    ChannelSettings.standard(),
                    SessionSender.Settings.STANDARD);

    private final Path folder;
    private final Partners partners;
    private final List<SnapshotProvider> providers;
    private final List<ReturnTarget> targets;
    private final SecureRandom random = new SecureRandom();
    private final List<Runnable> agentEnds = new CopyOnWriteArrayList<>();
    private final List<Thread> agents = new ArrayList<>();
    private StandbyServer server;
    private StandbyClient client;

    /**
     * @param partners what the standby works with
     * @param providers what the agents read with
     * @param targets where the agents let systems land
     */
    public JourneyStage(
            Path folder,
            Partners partners,
            List<SnapshotProvider> providers,
            List<ReturnTarget> targets) {
        this.folder = folder;
        this.partners = partners;
        this.providers = providers;
        this.targets = targets;
        start(0);
    }

    private void start(int port) {
        StandbySettings settings =
                new StandbySettings(folder.resolve("standby"), "127.0.0.1", port);
        server = StandbyServer.start(settings, partners).orThrow();
        client =
                new OperatorAccess(folder.resolve("standby/local-operator"), Locale.ENGLISH)
                        .open()
                        .orThrow();
    }

    /** What an administrator asks the standby with. */
    public StandbyClient client() {
        return client;
    }

    /** Stops the standby, does something, and starts it again on the same port. */
    void restart(Runnable meanwhile) {
        int port = server.address().getPort();
        client.close();
        server.stop(false);
        meanwhile.run();
        start(port);
    }

    /** Starts an agent; with a disk it protects the system "ledger", otherwise it may land it. */
    public void runAgent(String name, String disk) {
        String home = folder.resolve(name).toString();
        List<String> systems = disk.isEmpty() ? List.of("ledger") : List.of();
        String code = client.inviteAgent(name, systems).orThrow().code();
        String standby = address();
        agent(home, name, "enrol", "--standby", standby, "--code", code);
        if (!disk.isEmpty()) {
            agent(home, name, "protect", "--system", "ledger", "--disk", disk);
        }
        agents.add(Thread.ofPlatform().start(() -> agent(home, name, "run")));
        await(
                () ->
                        client.facts().orThrow().agents().stream()
                                .anyMatch(agent -> agent.id().equals(name) && agent.connected()));
    }

    private void agent(String home, String name, String... words) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        int code =
                new AgentCommandLine(
                                QUICK,
                                Map.of("STANDFEST_HOME", home, "HOSTNAME", name),
                                Locale.ENGLISH,
                                Clock.systemUTC(),
                                random,
                                () -> providers,
                                () -> targets,
                                agentEnds::add)
                        .run(List.of(words), out, out);
        if (code != 0) {
            throw new AssertionError(said.toString(StandardCharsets.UTF_8));
        }
    }

    /** A port that nobody listens on. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Waits for two minutes at most until something holds. */
    public static void await(BooleanSupplier condition) {
        long until = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        try {
            while (!condition.getAsBoolean()) {
                if (System.nanoTime() > until) {
                    throw new AssertionError("waited in vain");
                }
                Thread.sleep(20);
            }
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }

    /** Where the standby listens. */
    public String address() {
        return "127.0.0.1:" + server.address().getPort();
    }

    /** The system "ledger". */
    public SystemStatus system() {
        return client.system("ledger").orThrow();
    }

    /** Waits until an operation has ended. */
    public OperationStatus finished(OperationStatus begun) {
        await(() -> client.operation(begun.id()).orThrow().state().finished());
        return client.operation(begun.id()).orThrow();
    }

    /** Waits until an operation has succeeded. */
    public OperationStatus succeeded(Outcome<OperationStatus> begun) {
        OperationStatus end = finished(begun.orThrow());
        if (end.state() != OperationState.SUCCEEDED) {
            throw new AssertionError(end);
        }
        return end;
    }

    @Override
    public void close() {
        agentEnds.forEach(Runnable::run);
        client.close();
        server.stop(true);
        try {
            for (Thread agent : agents) {
                agent.join(Duration.ofSeconds(60));
            }
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }
}
