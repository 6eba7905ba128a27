package org.standfest.replication.engine;

import org.standfest.replication.engine.groups.GroupCoordinator;
import org.standfest.replication.engine.groups.GroupPool;
import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.IncomingPoint;
import org.standfest.replication.pool.PoolOpener;
import org.standfest.replication.pool.PoolSettings;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.GroupMessage;
import org.standfest.replication.protocol.Peer;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.protocol.Right;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.VolumeSource;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelHandler;
import org.standfest.replication.transport.ChannelSettings;
import org.standfest.replication.transport.StandbyConnector;
import org.standfest.replication.transport.StandbyListener;
import org.standfest.replication.transport.TransportEvent;
import org.standfest.results.Outcome;
import org.standfest.trust.Authority;
import org.standfest.trust.Grant;
import org.standfest.trust.Identity;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A real standby's port with a real pool and authority on loopback, and agents enrolled with it.
 */
final class Rig implements AutoCloseable {

    static final SecureRandom RANDOM = new SecureRandom();
    static final ChannelSettings QUICK =
            new ChannelSettings(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(1),
                    100,
                    100);

    final Path home;
    final LocalPoolFiles files = new LocalPoolFiles();
    final Authority authority;
    final List<TransportEvent> events = new CopyOnWriteArrayList<>();
    final List<SessionReport> reports = new CopyOnWriteArrayList<>();
    final AgentLines lines;
    final GroupCoordinator groups;
    private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();
    volatile SessionSender.Settings settings = SessionSender.Settings.STANDARD;
    volatile SenderTools tools = SenderTools.standard();

    /** How agents read their trees. */
    volatile PoolFiles agentFiles = files;

    /** Through what agents see the line. */
    volatile UnaryOperator<Channel> tap = channel -> channel;

    volatile SessionSender.Progress progress = (_, _) -> {};

    /** Hears of each session before its first content. */
    volatile Consumer<SessionInfo> opened = _ -> {};

    /** How many sessions are open at once, from the next start on. */
    volatile SessionPlaces places = new SessionPlaces(Integer.MAX_VALUE);

    volatile RestoreSource restoreSource =
            (agent, request, basis) -> Outcome.refused(Faults.TEXTS.explain("engine.cancelled"));
    ImagePool pool;
    StandbyListener listener;
    int port;

    Rig(Path home) throws IOException {
        this.home = home;
        authority =
                Authority.open(home.resolve("trust"), Clock.systemUTC(), RANDOM, event -> {})
                        .orThrow();
        groups =
                new GroupCoordinator(
                        this::order,
                        decisions(),
                        Clock.systemUTC(),
                        Thread.ofVirtual().factory(),
                        () -> "run-" + Long.toString(RANDOM.nextLong() >>> 1, 36));
        lines =
                new AgentLines(
                        access(),
                        status -> {},
                        Clock.systemUTC(),
                        new AgentLines.GroupListener() {
                            @Override
                            public void heard(String agentId, GroupMessage message) {
                                groups.heard(agentId, message);
                            }

                            @Override
                            public void lost(String agentId) {
                                groups.lost(agentId);
                            }
                        });
        start();
    }

    private Outcome<Void> order(String agentId, GroupMessage.Order order) {
        return lines.send(agentId, order);
    }

    private GroupPool decisions() {
        return new GroupPool() {
            @Override
            public Outcome<List<RecoveryPoint>> commit(String runId, List<IncomingPoint> prepared) {
                return pool.commitGroup(runId, prepared);
            }

            @Override
            public boolean committed(String runId, String systemId) {
                return pool.points(systemId).result().orElse(List.of()).stream()
                        .anyMatch(point -> runId.equals(point.description().get("group")));
            }
        };
    }

    private SystemAccess access() {
        return (Peer.Agent agent, String system) -> authority.claim(agent.id(), system);
    }

    void start() throws IOException {
        pool =
                new PoolOpener(files, Clock.systemUTC(), RANDOM)
                        .open(home.resolve("pool"), new PoolSettings(0))
                        .orThrow();
        SessionListener sessions =
                new SessionListener() {
                    @Override
                    public void opened(SessionInfo session) {
                        opened.accept(session);
                    }

                    @Override
                    public void ended(SessionReport report) {
                        reports.add(report);
                    }
                };
        Map<Purpose, ChannelHandler> handlers =
                Map.of(
                        Purpose.ENROL, new EnrolHandler(authority),
                        Purpose.CONTROL, lines,
                        Purpose.REPLICATE,
                                new ReplicateHandler(
                                        pool,
                                        access(),
                                        sessions,
                                        Clock.systemUTC(),
                                        WorkTurns.standard(),
                                        _ -> 1,
                                        groups,
                                        places,
                                        lines::urgent),
                        Purpose.RESTORE,
                                new RestoreHandler(
                                        (agent, request, basis) ->
                                                restoreSource.open(agent, request, basis),
                                        access(),
                                        sender(),
                                        sessions,
                                        Clock.systemUTC()),
                        Purpose.MANAGE, channel -> channel.send(channel.receive()));
        listener =
                new StandbyListener(
                        authority.standbyId(),
                        authority.serverContext(),
                        authority::admit,
                        handlers,
                        QUICK,
                        Clock.systemUTC(),
                        events::add);
        port =
                listener.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                        .orThrow()
                        .getPort();
    }

    /** As kill -9 does it for those outside: lines break, nothing is said. */
    void stop() {
        listener.close();
        pool.close();
    }

    SessionSender sender() {
        return new SessionSender(agentFiles, settings, tools);
    }

    String code(Grant grant) {
        return authority.invite("test", grant, Duration.ofHours(1)).orThrow().code().text();
    }

    EnrolClient enrolClient() {
        return new EnrolClient(QUICK, Locale.ENGLISH, "test", Clock.systemUTC(), RANDOM);
    }

    Identity agent(String... systems) {
        return enrolClient()
                .enrol("127.0.0.1", port, code(Grant.agent(Set.of(systems))), "test")
                .orThrow();
    }

    Identity operator(Right right) {
        return enrolClient()
                .enrol("127.0.0.1", port, code(Grant.operator(right)), "test")
                .orThrow();
    }

    Outcome<Channel> connect(Identity identity, Purpose purpose) {
        StandbyConnector connector =
                new StandbyConnector(
                        identity.clientContext(Clock.systemUTC(), RANDOM),
                        QUICK,
                        Locale.ENGLISH,
                        "test");
        open.add(connector);
        return connector.connect("127.0.0.1", port, purpose);
    }

    /** One replication of a disk image, with a basis or without. */
    Outcome<SessionSender.Sent> replicate(
            Identity identity, String system, Path image, Optional<Basis> basis, long epoch) {
        return replicate(
                identity,
                system,
                image,
                basis,
                epoch,
                new SessionMemory(),
                "key-" + RANDOM.nextLong());
    }

    Outcome<SessionSender.Sent> replicate(
            Identity identity,
            String system,
            Path image,
            Optional<Basis> basis,
            long epoch,
            SessionMemory memory,
            String key) {
        List<VolumeSource> volumes =
                List.of(new VolumeSource("disk", VolumeKind.DISK, "file", image.toString()));
        return replicate(identity, system, volumes, basis, epoch, memory, key);
    }

    Outcome<SessionSender.Sent> replicate(
            Identity identity,
            String system,
            List<VolumeSource> volumes,
            Optional<Basis> basis,
            long epoch,
            SessionMemory memory,
            String key) {
        Outcome<Snapshot> taken =
                JoinedSnapshot.take(
                        system,
                        volumes,
                        basis.map(Basis::token),
                        Map.of(
                                "file", new PlainDisks(files, Clock.systemUTC()),
                                "tree", new PlainTrees(Clock.systemUTC())),
                        Duration.ofSeconds(10));
        return taken.then(
                snapshot -> {
                    try (snapshot) {
                        SessionWork work =
                                new SessionWork(
                                        key,
                                        system,
                                        epoch,
                                        snapshot,
                                        volumes,
                                        basis,
                                        Map.of("cpus", "1"));
                        return connect(identity, Purpose.REPLICATE)
                                .then(channel -> send(tap.apply(channel), work, memory));
                    }
                });
    }

    private Outcome<SessionSender.Sent> send(
            Channel channel, SessionWork work, SessionMemory memory) {
        try (channel) {
            return sender().send(channel, work, memory, progress, Cancellation.NEVER);
        }
    }

    static long fact(SessionSender.Sent sent, String name) {
        return Long.parseLong(sent.facts().get(name));
    }

    static void fill(Path image, long sizeBytes, long seed) throws IOException {
        byte[] content = new byte[(int) sizeBytes];
        new java.util.SplittableRandom(seed).nextBytes(content);
        Files.write(image, content);
    }

    @Override
    public void close() throws Exception {
        stop();
        for (AutoCloseable one : open) {
            one.close();
        }
    }
}
