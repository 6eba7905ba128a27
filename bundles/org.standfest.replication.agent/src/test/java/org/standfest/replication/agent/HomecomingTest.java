package org.standfest.replication.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.engine.AgentStatus;
import org.standfest.replication.engine.JoinedSnapshot;
import org.standfest.replication.engine.PlainDisks;
import org.standfest.replication.engine.RestoreHandler;
import org.standfest.replication.engine.RestoreView;
import org.standfest.replication.engine.RunningCommand;
import org.standfest.replication.engine.SessionListener;
import org.standfest.replication.engine.SessionSender;
import org.standfest.replication.objectives.RateCalendar;
import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.replication.protocol.FactNames;
import org.standfest.replication.protocol.Message.CommandKind;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.SnapshotProvider;
import org.standfest.replication.source.VolumeSource;
import org.standfest.replication.transport.ChannelHandler;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** The way home: a resident agent pulls what ran elsewhere meanwhile. */
@Timeout(120)
class HomecomingTest {

    private static final int SIZE = 5 << 20;

    /** More than is under way on a limited line, and far less than there is. */
    private static final long HELD_BYTES = 2 << 20;

    @TempDir private Path folder;
    private final FileTarget target = new FileTarget();
    private Path emergency;
    private StandbyRig rig;

    @BeforeEach
    void start() throws IOException {
        emergency = random("emergency.img", 4);
        rig = new StandbyRig(folder, Clock.systemUTC(), this::serveReturns);
        rig.targets.add(target);
        rig.enrol("web");
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private void serveReturns(Map<Purpose, ChannelHandler> handlers) {
        handlers.put(
                Purpose.RESTORE,
                new RestoreHandler(
                        (agent, request, basis) -> emergencyView(request.systemId(), basis),
                        (agent, system) -> rig.authority.claim(agent.id(), system),
                        new SessionSender(new LocalPoolFiles(), SessionSender.Settings.STANDARD),
                        SessionListener.NONE,
                        Clock.systemUTC()));
    }

    private Path random(String name, long seed) throws IOException {
        byte[] content = new byte[SIZE];
        new SplittableRandom(seed).nextBytes(content);
        return Files.write(folder.resolve(name), content);
    }

    private Path protect(String system, String... ownRates) throws IOException {
        Path image = random(system + ".img", 3);
        rig.done("web", "protect", "--system", system, "--disk", "disk=file:" + image);
        for (String rates : ownRates) {
            rig.done("web", "protect", "--system", system, "--rates", rates);
        }
        return image;
    }

    private void resident(String system) throws InterruptedException {
        rig.resident("web");
        rig.await(() -> rig.lines.ofSystem(system).filter(AgentStatus::connected).isPresent());
    }

    private static Map<String, String> arguments(String returnId, Path place) {
        return Map.of("returnId", returnId, "target", "files", "option.folder", place.toString());
    }

    private Outcome<Map<String, String>> ask(
            String system, CommandKind kind, Map<String, String> arguments)
            throws InterruptedException {
        return rig.ask("web", kind, system, arguments);
    }

    private Outcome<RestoreView> emergencyView(String systemId, Optional<String> basis) {
        List<VolumeSource> volumes =
                List.of(new VolumeSource("disk", VolumeKind.DISK, "file", emergency.toString()));
        Map<String, SnapshotProvider> providers =
                Map.of("file", new PlainDisks(new LocalPoolFiles(), Clock.systemUTC()));
        return JoinedSnapshot.take(systemId, volumes, basis, providers, Duration.ofSeconds(5))
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

    @Test
    void comesHomeInTwoPhasesAndProtectsTheNewDisk() throws Exception {
        Path image = protect("ledger");
        resident("ledger");
        ask("ledger", CommandKind.REPLICATE, Map.of()).orThrow();
        rig.pool.raiseEpoch("ledger").orThrow();
        Files.copy(image, emergency, StandardCopyOption.REPLACE_EXISTING);
        Path place = folder.resolve("new-hardware");
        Map<String, String> arguments = arguments("r-1", place);
        ask("ledger", CommandKind.RETURN_BULK, arguments).orThrow();
        Outcome<Map<String, String>> early = ask("ledger", CommandKind.RETURN_START, arguments);
        assertEquals("agent.return-not-complete", early.problem().orElseThrow().code());
        try (RandomAccessFile file = new RandomAccessFile(emergency.toFile(), "rw")) {
            file.seek(1_000_000);
            file.write(new byte[] {4, 5, 6});
        }
        Map<String, String> last = ask("ledger", CommandKind.RETURN_FINAL, arguments).orThrow();
        assertTrue(Long.parseLong(last.get(FactNames.BYTES_ON_WIRE)) < 200_000, last::toString);
        Map<String, String> started = ask("ledger", CommandKind.RETURN_START, arguments).orThrow();
        Path disk = place.resolve("disk.img");
        assertEquals("file:" + disk, started.get("volume.disk"));
        assertEquals(1, target.started);
        assertEquals(Files.size(emergency), Files.mismatch(emergency, disk));
        Map<String, String> first = ask("ledger", CommandKind.REPLICATE, Map.of()).orThrow();
        assertEquals(-1, Files.mismatch(disk, rig.pool.newestImage("ledger", "disk").orThrow()));
        assertEquals("1", first.get(FactNames.BLOCKS_SENT), first::toString);
        assertEquals(
                "new", rig.pool.points("ledger").orThrow().getFirst().description().get("bus"));
        Map<String, String> undo = Map.of("returnId", "r-1", "discard", "true");
        ask("ledger", CommandKind.RETURN_UNDO, undo).orThrow();
        assertFalse(Files.exists(disk));
        assertEquals(
                image.toString(),
                rig.home("web").system("ledger").orElseThrow().volumes().getFirst().address());
    }

    private RunningCommand begin(String system, AtomicLong receivedBytes) {
        return rig.lines.start(
                "web",
                CommandKind.RETURN_BULK,
                system,
                arguments("r-" + system, folder.resolve(system + "-home")),
                (phase, done, total) -> receivedBytes.set(done));
    }

    private void assertHome(String system) throws IOException {
        Path disk = folder.resolve(system + "-home/disk.img");
        assertEquals(SIZE, Files.mismatch(emergency, disk), "equal as far as it goes");
    }

    @Test
    void theLimitOfTheLineHoldsTheWayHomeUntilItIsLifted() throws Exception {
        rig.home("web").save(RateCalendar.parse("otherwise closed").orThrow()).orThrow();
        protect("ledger");
        resident("ledger");
        AtomicLong received = new AtomicLong();
        RunningCommand coming = begin("ledger", received);
        rig.await(() -> received.get() > 0);
        // whoever does not keep the limit has time to bring more
        ask("ledger", CommandKind.LIMITS, Map.of("priority", "2")).orThrow();
        assertTrue(received.get() < HELD_BYTES, received::toString);
        rig.home("web").save(RateCalendar.UNLIMITED).orThrow();
        coming.await(Duration.ofSeconds(30)).orThrow();
        assertHome("ledger");
    }

    @Test
    void theLimitOfASystemHoldsOnlyItsOwnWayHome() throws Exception {
        protect("ledger", "otherwise closed");
        protect("mail");
        resident("mail");
        AtomicLong received = new AtomicLong();
        RunningCommand coming = begin("ledger", received);
        rig.await(() -> received.get() > 0);
        begin("mail", new AtomicLong()).await(Duration.ofSeconds(30)).orThrow();
        assertHome("mail");
        assertTrue(received.get() < HELD_BYTES, received::toString);
        coming.cancel();
        Outcome<Map<String, String>> cancelled = coming.await(Duration.ofSeconds(30));
        assertEquals("engine.cancelled", cancelled.problem().orElseThrow().code());
    }
}
