package org.standfest.replication.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.engine.AgentLines;
import org.standfest.replication.engine.AgentStatus;
import org.standfest.replication.engine.CommandListener;
import org.standfest.replication.engine.EnrolHandler;
import org.standfest.replication.engine.JoinedSnapshot;
import org.standfest.replication.engine.PlainDisks;
import org.standfest.replication.engine.ReplicateHandler;
import org.standfest.replication.engine.RestoreHandler;
import org.standfest.replication.engine.RestoreView;
import org.standfest.replication.engine.RunningCommand;
import org.standfest.replication.engine.SessionListener;
import org.standfest.replication.engine.SessionSender;
import org.standfest.replication.engine.SystemAccess;
import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.PoolOpener;
import org.standfest.replication.pool.PoolSettings;
import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.replication.protocol.FactNames;
import org.standfest.replication.protocol.Message.CommandKind;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.VolumeSource;
import org.standfest.replication.transport.ChannelSettings;
import org.standfest.replication.transport.StandbyListener;
import org.standfest.results.Outcome;
import org.standfest.trust.Authority;
import org.standfest.trust.Grant;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
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
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** A real agent against a real port with a real pool. */
@Timeout(60)
class AgentTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final ChannelSettings CHANNELS =
            new ChannelSettings(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(1),
                    50,
                    50);
    private static final AgentSettings QUICK =
            new AgentSettings(
                    Duration.ofMillis(50),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(50),
                    Duration.ofMillis(200),
                    5,
                    Duration.ofSeconds(5),
                    CHANNELS,
                    SessionSender.Settings.STANDARD);

    @TempDir private Path folder;
    private final LocalPoolFiles files = new LocalPoolFiles();
    private final FileTarget target = new FileTarget();
    private final SlowDisks slow = new SlowDisks();
    private final List<Runnable> ends = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complained = new ByteArrayOutputStream();
    private volatile Path emergency;
    private Authority authority;
    private ImagePool pool;
    private AgentLines lines;
    private StandbyListener listener;
    private int port;
    private Thread resident;

    @BeforeEach
    void startStandby() throws IOException {
        authority =
                Authority.open(folder.resolve("trust"), Clock.systemUTC(), RANDOM, event -> {})
                        .orThrow();
        pool =
                new PoolOpener(files, Clock.systemUTC(), RANDOM)
                        .open(folder.resolve("pool"), new PoolSettings(0))
                        .orThrow();
        SystemAccess access = (agent, system) -> authority.claim(agent.id(), system);
        lines = new AgentLines(access, status -> {}, Clock.systemUTC());
        RestoreHandler restore =
                new RestoreHandler(
                        (agent, request, basis) -> emergencyView(basis),
                        access,
                        new SessionSender(files, SessionSender.Settings.STANDARD),
                        SessionListener.NONE,
                        Clock.systemUTC());
        listener =
                new StandbyListener(
                        authority.standbyId(),
                        authority.serverContext(),
                        authority::admit,
                        Map.of(
                                Purpose.ENROL,
                                new EnrolHandler(authority),
                                Purpose.CONTROL,
                                lines,
                                Purpose.REPLICATE,
                                new ReplicateHandler(
                                        pool, access, SessionListener.NONE, Clock.systemUTC()),
                                Purpose.RESTORE,
                                restore),
                        CHANNELS,
                        Clock.systemUTC(),
                        event -> {});
        port =
                listener.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .orThrow()
                        .getPort();
    }

    @AfterEach
    void stop() throws InterruptedException {
        ends.forEach(Runnable::run);
        if (resident != null) {
            resident.join();
        }
        listener.close();
        pool.close();
    }

    private Outcome<RestoreView> emergencyView(Optional<String> basis) {
        List<VolumeSource> volumes =
                List.of(new VolumeSource("disk", VolumeKind.DISK, "file", emergency.toString()));
        Map<String, org.standfest.replication.source.SnapshotProvider> providers =
                Map.of("file", new PlainDisks(files, Clock.systemUTC()));
        return JoinedSnapshot.take("ledger", volumes, basis, providers, Duration.ofSeconds(5))
                .map(snapshot -> view(snapshot, volumes));
    }

    private static RestoreView view(Snapshot taken, List<VolumeSource> sources) {
        return new RestoreView() {
            @Override
            public Snapshot snapshot() {
                return taken;
            }

            @Override
            public List<VolumeSource> volumes() {
                return sources;
            }

            @Override
            public long epoch() {
                return 2;
            }

            @Override
            public void close() {
                taken.close();
            }
        };
    }

    private int agent(String... words) {
        return new AgentCommandLine(
                        QUICK,
                        Map.of("STANDFEST_HOME", folder.toString(), "HOSTNAME", "web-01"),
                        Locale.ENGLISH,
                        Clock.systemUTC(),
                        RANDOM,
                        () -> List.of(slow),
                        () -> List.of(target),
                        ends::add)
                .run(
                        List.of(words),
                        new PrintStream(said, true, StandardCharsets.UTF_8),
                        new PrintStream(complained, true, StandardCharsets.UTF_8));
    }

    private void enrol() {
        String code =
                authority
                        .invite("web-01", Grant.agent(Set.of()), Duration.ofHours(1))
                        .orThrow()
                        .code()
                        .text();
        assertEquals(
                0,
                agent("enrol", "--standby", "127.0.0.1:" + port, "--code", code),
                complained::toString);
    }

    private Path protectDisk() throws IOException {
        Path image = folder.resolve("disk.img");
        byte[] content = new byte[5 << 20];
        new SplittableRandom(3).nextBytes(content);
        Files.write(image, content);
        assertEquals(
                0,
                agent("protect", "--system", "ledger", "--disk", "disk=file:" + image),
                complained::toString);
        return image;
    }

    private void run() {
        resident =
                Thread.ofPlatform()
                        .start(() -> assertEquals(0, agent("run"), complained::toString));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < until, "waited in vain");
            Thread.sleep(10);
        }
    }

    private void awaitSystem(String system) throws InterruptedException {
        await(() -> lines.ofSystem(system).filter(AgentStatus::connected).isPresent());
    }

    private Outcome<Map<String, String>> ask(CommandKind kind, Map<String, String> arguments)
            throws InterruptedException {
        return lines.start("web-01", kind, "ledger", arguments, CommandListener.NONE)
                .await(Duration.ofSeconds(30));
    }

    @Test
    void replicatesWhenAskedAndReportsFigures() throws Exception {
        enrol();
        Path image = protectDisk();
        run();
        awaitSystem("ledger");
        Map<String, String> first = ask(CommandKind.REPLICATE, Map.of()).orThrow();
        assertEquals(-1, Files.mismatch(image, pool.newestImage("ledger", "disk").orThrow()));
        assertEquals("80", first.get(FactNames.BLOCKS_SENT));
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.seek(700_000);
            file.write(1);
        }
        Map<String, String> second = ask(CommandKind.REPLICATE, Map.of()).orThrow();
        assertEquals("1", second.get(FactNames.BLOCKS_SENT));
        assertEquals(-1, Files.mismatch(image, pool.newestImage("ledger", "disk").orThrow()));
        await(
                () ->
                        lines.ofSystem("ledger")
                                .orElseThrow()
                                .report()
                                .systems()
                                .getFirst()
                                .lastPointId()
                                .equals(second.get(FactNames.POINT)));
        said.reset();
        assertEquals(0, agent("status", "--json"));
        assertTrue(said.toString().contains("\"blocks_sent\":1"), said::toString);
    }

    @Test
    void noticesNewSystemsAndVanishedSourcesWithoutARestart() throws Exception {
        enrol();
        run();
        await(() -> !lines.agents().isEmpty());
        Path image = protectDisk();
        awaitSystem("ledger");
        Files.delete(image);
        await(
                () ->
                        lines.ofSystem("ledger")
                                        .orElseThrow()
                                        .report()
                                        .systems()
                                        .getFirst()
                                        .presence()
                                == 1);
        Outcome<Map<String, String>> refused = ask(CommandKind.REPLICATE, Map.of());
        assertEquals("engine.source-gone", refused.problem().orElseThrow().code());
    }

    @Test
    void replicatesByItselfUntilANewerEpochIsActive() throws Exception {
        enrol();
        Path image = protectDisk();
        assertEquals(
                0,
                agent(
                        "protect",
                        "--system",
                        "ledger",
                        "--every",
                        "1",
                        "--disk",
                        "disk=file:" + image));
        run();
        await(() -> pool.system("ledger").flatMap(system -> system.newest()).isPresent());
        pool.raiseEpoch("ledger").orThrow();
        await(
                () ->
                        lines.ofSystem("ledger")
                                .map(status -> status.report().systems().getFirst().facts())
                                .filter(facts -> "true".equals(facts.get("lockedOut")))
                                .isPresent());
        int points = pool.points("ledger").orThrow().size();
        Map<String, String> adopted = ask(CommandKind.REPLICATE, Map.of("epoch", "2")).orThrow();
        assertEquals("DONE", adopted.get(FactNames.RESULT));
        assertTrue(pool.points("ledger").orThrow().size() > points);
    }

    @Test
    void comesHomeInTwoPhasesAndProtectsTheNewDisk() throws Exception {
        enrol();
        Path image = protectDisk();
        run();
        awaitSystem("ledger");
        ask(CommandKind.REPLICATE, Map.of()).orThrow();
        pool.raiseEpoch("ledger").orThrow();
        emergency = folder.resolve("emergency.img");
        Files.copy(image, emergency);
        Path place = folder.resolve("new-hardware");
        Map<String, String> arguments =
                Map.of("returnId", "r-1", "target", "files", "option.folder", place.toString());
        ask(CommandKind.RETURN_BULK, arguments).orThrow();
        Outcome<Map<String, String>> early = ask(CommandKind.RETURN_START, arguments);
        assertEquals("agent.return-not-complete", early.problem().orElseThrow().code());
        try (RandomAccessFile file = new RandomAccessFile(emergency.toFile(), "rw")) {
            file.seek(1_000_000);
            file.write(new byte[] {4, 5, 6});
        }
        Map<String, String> last = ask(CommandKind.RETURN_FINAL, arguments).orThrow();
        assertTrue(Long.parseLong(last.get(FactNames.BYTES_ON_WIRE)) < 200_000, last::toString);
        Map<String, String> started = ask(CommandKind.RETURN_START, arguments).orThrow();
        Path disk = place.resolve("disk.img");
        assertEquals("file:" + disk, started.get("volume.disk"));
        assertEquals(1, target.started);
        assertEquals(Files.size(emergency), Files.mismatch(emergency, disk));
        Map<String, String> first = ask(CommandKind.REPLICATE, Map.of()).orThrow();
        assertEquals(-1, Files.mismatch(disk, pool.newestImage("ledger", "disk").orThrow()));
        assertEquals("1", first.get(FactNames.BLOCKS_SENT), first::toString);
        assertEquals("new", pool.points("ledger").orThrow().getFirst().description().get("bus"));
        Map<String, String> undo = Map.of("returnId", "r-1", "discard", "true");
        ask(CommandKind.RETURN_UNDO, undo).orThrow();
        assertFalse(Files.exists(disk));
        assertEquals(
                image.toString(),
                new AgentHome(folder.resolve("agent"))
                        .system("ledger")
                        .orElseThrow()
                        .volumes()
                        .getFirst()
                        .address());
    }

    @Test
    void cancelledSessionEndsSoonAndSendsNothingTwiceLater() throws Exception {
        enrol();
        assertEquals(0, agent("protect", "--system", "ledger", "--disk", "disk=slow:anything"));
        run();
        awaitSystem("ledger");
        AtomicLong examined = new AtomicLong();
        RunningCommand command =
                lines.start(
                        "web-01",
                        CommandKind.REPLICATE,
                        "ledger",
                        Map.of(),
                        (phase, done, total) -> examined.set(done));
        await(() -> examined.get() > 8 << 20);
        Outcome<Map<String, String>> busy = ask(CommandKind.RETURN_START, Map.of("returnId", "r"));
        assertEquals("agent.busy", busy.problem().orElseThrow().code());
        command.cancel();
        Outcome<Map<String, String>> cancelled = command.await(Duration.ofSeconds(20));
        assertEquals("engine.cancelled", cancelled.problem().orElseThrow().code());
        assertNull(slow.settled, "closing without settling abandons");
        slow.slow = false;
        Map<String, String> again = ask(CommandKind.REPLICATE, Map.of()).orThrow();
        assertTrue(Long.parseLong(again.get(FactNames.BLOCKS_SENT)) < 1024, again::toString);
        assertEquals(new Snapshot.Settlement.Committed(again.get(FactNames.POINT)), slow.settled);
    }

    @Test
    void onlyOneAgentRunsInAFolder() throws Exception {
        enrol();
        run();
        await(() -> !lines.agents().isEmpty());
        complained.reset();
        assertEquals(1, agent("run"));
        assertTrue(complained.toString().contains("runs already"), complained::toString);
    }

    @Test
    void saysWhatIsWrongWithACommandLine() {
        assertEquals(2, agent("fly"));
        assertEquals(2, agent("enrol", "--standby", "nowhere"));
        assertEquals(2, agent("protect", "--system", "x"));
        // a value that is refused with its reason, not a word that is not understood
        assertEquals(1, agent("protect", "--system", "../x", "--tree", "t=/"));
        assertEquals(2, agent("run", "--nonsense"));
        assertEquals(1, agent("run"));
        assertEquals(1, agent("forget", "--system", "unknown"));
        assertEquals(
                1,
                agent(
                        "enrol",
                        "--standby",
                        "127.0.0.1:1",
                        "--code",
                        "0000-0000-0000-0000-0000-0000-0000-0000"));
        assertEquals(0, agent("help"));
        assertEquals(0, agent("status"));
    }
}
