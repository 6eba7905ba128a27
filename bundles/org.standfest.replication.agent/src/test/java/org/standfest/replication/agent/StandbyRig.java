package org.standfest.replication.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.standfest.replication.engine.AgentLines;
import org.standfest.replication.engine.CommandListener;
import org.standfest.replication.engine.EnrolHandler;
import org.standfest.replication.engine.RenewHandler;
import org.standfest.replication.engine.ReplicateHandler;
import org.standfest.replication.engine.SessionListener;
import org.standfest.replication.engine.SessionSender;
import org.standfest.replication.engine.SystemAccess;
import org.standfest.replication.engine.proof.ProofHandler;
import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.PoolOpener;
import org.standfest.replication.pool.PoolSettings;
import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.replication.protocol.Message.CommandKind;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.source.ReturnTarget;
import org.standfest.replication.source.SnapshotProvider;
import org.standfest.replication.transport.ChannelHandler;
import org.standfest.replication.transport.ChannelSettings;
import org.standfest.replication.transport.StandbyListener;
import org.standfest.replication.transport.TransportEvent;
import org.standfest.results.Outcome;
import org.standfest.trust.Authority;
import org.standfest.trust.Grant;
import org.standfest.trust.TrustEvent;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A standby with a real port, TLS and a pool, and agents' command lines against it. */
final class StandbyRig implements AutoCloseable {

    private static final long LOOK_MILLIS = 100;

    static final SecureRandom RANDOM = new SecureRandom();
    static final ChannelSettings CHANNELS =
            new ChannelSettings(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(2),
                    128,
                    128);
    static final AgentSettings QUICK =
            new AgentSettings(
                    Duration.ofMillis(50),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(50),
                    Duration.ofMillis(200),
                    5,
                    Duration.ofSeconds(5),
                    CHANNELS,
                    SessionSender.Settings.STANDARD);

    /** The same with so many sessions by themselves at once, and half as many again by order. */
    static AgentSettings quick(int sessionsAtOnce) {
        return new AgentSettings(
                QUICK.look(),
                QUICK.report(),
                QUICK.firstRetry(),
                QUICK.longestRetry(),
                QUICK.attempts(),
                QUICK.snapshotLimit(),
                QUICK.retryRun(),
                QUICK.longestRetryRun(),
                sessionsAtOnce,
                QUICK.zone(),
                QUICK.channels(),
                QUICK.sending());
    }

    final Path folder;
    final LocalPoolFiles files = new LocalPoolFiles();
    final Authority authority;
    final ImagePool pool;
    final AgentLines lines;
    final StandbyListener listener;
    final int port;
    final List<TrustEvent> trustEvents = new CopyOnWriteArrayList<>();
    final List<TransportEvent> transportEvents = new CopyOnWriteArrayList<>();
    final List<String> damaged = new CopyOnWriteArrayList<>();
    final List<SnapshotProvider> providers = new CopyOnWriteArrayList<>();
    final List<ReturnTarget> targets = new CopyOnWriteArrayList<>();
    final ByteArrayOutputStream said = new ByteArrayOutputStream();
    final ByteArrayOutputStream complained = new ByteArrayOutputStream();
    private final Semaphore news = new Semaphore(0);
    private final List<Runnable> ends = new CopyOnWriteArrayList<>();
    private final List<Thread> residents = new CopyOnWriteArrayList<>();

    StandbyRig(Path folder, InstantSource clock) throws IOException {
        this(folder, clock, _ -> {});
    }

    StandbyRig(Path folder, InstantSource clock, Consumer<Map<Purpose, ChannelHandler>> more)
            throws IOException {
        this.folder = folder;
        authority =
                Authority.open(folder.resolve("trust"), clock, RANDOM, heard(trustEvents::add))
                        .orThrow();
        pool =
                new PoolOpener(files, Clock.systemUTC(), RANDOM)
                        .open(folder.resolve("pool"), new PoolSettings(0))
                        .orThrow();
        SystemAccess access = (agent, system) -> authority.claim(agent.id(), system);
        lines = new AgentLines(access, heard(_ -> {}), Clock.systemUTC());
        Map<Purpose, ChannelHandler> handlers = new EnumMap<>(Purpose.class);
        handlers.put(Purpose.ENROL, new EnrolHandler(authority));
        handlers.put(Purpose.CONTROL, lines);
        handlers.put(Purpose.RENEW, new RenewHandler(authority));
        handlers.put(
                Purpose.REPLICATE,
                new ReplicateHandler(pool, access, SessionListener.NONE, Clock.systemUTC()));
        handlers.put(
                Purpose.COMPARE,
                new ProofHandler(
                        pool,
                        files,
                        access,
                        (system, volume, items) -> damaged.add(system + " " + volume)));
        more.accept(handlers);
        listener =
                new StandbyListener(
                        authority.standbyId(),
                        authority.serverContext(),
                        authority::admit,
                        handlers,
                        CHANNELS,
                        Clock.systemUTC(),
                        heard(transportEvents::add));
        port =
                listener.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .orThrow()
                        .getPort();
    }

    /** Runs a verb of the agent whose home is below a name. */
    int agent(String home, String... words) {
        return agent(QUICK, Clock.systemUTC(), home, words);
    }

    int agent(AgentSettings settings, InstantSource clock, String home, String... words) {
        return new AgentCommandLine(
                        settings,
                        Map.of("STANDFEST_HOME", folder.resolve(home).toString(), "HOSTNAME", home),
                        Locale.ENGLISH,
                        clock,
                        RANDOM,
                        () -> List.copyOf(providers),
                        () -> List.copyOf(targets),
                        ends::add)
                .run(List.of(words), new Heard(said), new Heard(complained));
    }

    /** The same, which has to succeed; what it said. */
    String done(String home, String... words) {
        said.reset();
        complained.reset();
        assertEquals(0, agent(home, words), () -> complained + "\n" + said);
        return said.toString(StandardCharsets.UTF_8);
    }

    void enrol(String home) {
        String code =
                authority
                        .invite(home, Grant.agent(Set.of()), Duration.ofHours(1))
                        .orThrow()
                        .code()
                        .text();
        done(home, "enrol", "--standby", "127.0.0.1:" + port, "--code", code);
    }

    Thread resident(String home) {
        return resident(home, QUICK);
    }

    Thread resident(String home, AgentSettings settings) {
        Thread thread =
                Thread.ofPlatform().start(() -> agent(settings, Clock.systemUTC(), home, "run"));
        residents.add(thread);
        return thread;
    }

    AgentHome home(String home) {
        return new AgentHome(folder.resolve(home).resolve("agent"));
    }

    /** What an agent answers to a command of the standby. */
    Outcome<Map<String, String>> ask(
            String agent, CommandKind kind, String system, Map<String, String> arguments)
            throws InterruptedException {
        return lines.start(agent, kind, system, arguments, CommandListener.NONE)
                .await(Duration.ofSeconds(30));
    }

    /**
     * Waits until something holds; looked at whenever the standby hears or an agent says something,
     * and now and then, because files change without a word. The test's time limit ends it.
     */
    void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            news.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            news.drainPermits();
        }
    }

    private <T> Consumer<T> heard(Consumer<T> consumer) {
        return event -> {
            consumer.accept(event);
            news.release();
        };
    }

    private final class Heard extends PrintStream {

        Heard(ByteArrayOutputStream said) {
            super(said, true, StandardCharsets.UTF_8);
        }

        @Override
        public void flush() {
            super.flush();
            news.release();
        }
    }

    void stopResidents() throws InterruptedException {
        ends.forEach(Runnable::run);
        for (Thread resident : residents) {
            resident.join();
        }
        ends.clear();
        residents.clear();
    }

    @Override
    public void close() {
        try {
            stopResidents();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        listener.close();
        pool.close();
    }
}
