package org.standfest.replication.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.engine.AgentStatus;
import org.standfest.replication.engine.RunningCommand;
import org.standfest.replication.protocol.FactNames;
import org.standfest.replication.protocol.Message.CommandKind;
import org.standfest.replication.source.Snapshot;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** A real agent against a real port with a real pool. */
@Timeout(60)
class AgentTest {

    @TempDir private Path folder;
    private final SlowDisks slow = new SlowDisks();
    private StandbyRig rig;

    @BeforeEach
    void startStandby() throws IOException {
        rig = new StandbyRig(folder, Clock.systemUTC());
        rig.providers.add(slow);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private int agent(String... words) {
        return rig.agent("web-01", words);
    }

    private Path protectDisk() throws IOException {
        Path image = folder.resolve("disk.img");
        byte[] content = new byte[5 << 20];
        new SplittableRandom(3).nextBytes(content);
        Files.write(image, content);
        rig.done("web-01", "protect", "--system", "ledger", "--disk", "disk=file:" + image);
        return image;
    }

    private void run() {
        rig.resident("web-01");
    }

    private void awaitSystem(String system) throws InterruptedException {
        rig.await(() -> rig.lines.ofSystem(system).filter(AgentStatus::connected).isPresent());
    }

    private Outcome<Map<String, String>> ask(CommandKind kind, Map<String, String> arguments)
            throws InterruptedException {
        return rig.ask("web-01", kind, "ledger", arguments);
    }

    @Test
    void replicatesWhenAskedAndReportsFigures() throws Exception {
        rig.enrol("web-01");
        Path image = protectDisk();
        run();
        awaitSystem("ledger");
        Map<String, String> first = ask(CommandKind.REPLICATE, Map.of()).orThrow();
        assertEquals(-1, Files.mismatch(image, rig.pool.newestImage("ledger", "disk").orThrow()));
        assertEquals("80", first.get(FactNames.BLOCKS_SENT));
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.seek(700_000);
            file.write(1);
        }
        Map<String, String> second = ask(CommandKind.REPLICATE, Map.of()).orThrow();
        assertEquals("1", second.get(FactNames.BLOCKS_SENT));
        assertEquals(-1, Files.mismatch(image, rig.pool.newestImage("ledger", "disk").orThrow()));
        rig.await(
                () ->
                        rig.lines
                                .ofSystem("ledger")
                                .orElseThrow()
                                .report()
                                .systems()
                                .getFirst()
                                .lastPointId()
                                .equals(second.get(FactNames.POINT)));
        rig.said.reset();
        assertEquals(0, agent("status", "--json"));
        assertTrue(rig.said.toString().contains("\"blocks_sent\":1"), rig.said::toString);
    }

    @Test
    void noticesNewSystemsAndVanishedSourcesWithoutARestart() throws Exception {
        rig.enrol("web-01");
        run();
        rig.await(() -> !rig.lines.agents().isEmpty());
        Path image = protectDisk();
        awaitSystem("ledger");
        Files.delete(image);
        rig.await(
                () ->
                        rig.lines
                                        .ofSystem("ledger")
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
        rig.enrol("web-01");
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
        rig.await(() -> rig.pool.system("ledger").flatMap(system -> system.newest()).isPresent());
        rig.pool.raiseEpoch("ledger").orThrow();
        rig.await(
                () ->
                        rig.lines
                                .ofSystem("ledger")
                                .map(status -> status.report().systems().getFirst().facts())
                                .filter(facts -> "true".equals(facts.get("lockedOut")))
                                .isPresent());
        int points = rig.pool.points("ledger").orThrow().size();
        Map<String, String> adopted = ask(CommandKind.REPLICATE, Map.of("epoch", "2")).orThrow();
        assertEquals("DONE", adopted.get(FactNames.RESULT));
        assertTrue(rig.pool.points("ledger").orThrow().size() > points);
    }

    @Test
    void cancelledSessionEndsSoonAndSendsNothingTwiceLater() throws Exception {
        rig.enrol("web-01");
        assertEquals(0, agent("protect", "--system", "ledger", "--disk", "disk=slow:anything"));
        run();
        awaitSystem("ledger");
        AtomicLong examined = new AtomicLong();
        RunningCommand command =
                rig.lines.start(
                        "web-01",
                        CommandKind.REPLICATE,
                        "ledger",
                        Map.of(),
                        (phase, done, total) -> examined.set(done));
        rig.await(() -> examined.get() > 8 << 20);
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
        rig.enrol("web-01");
        run();
        rig.await(() -> !rig.lines.agents().isEmpty());
        rig.complained.reset();
        assertEquals(1, agent("run"));
        assertTrue(rig.complained.toString().contains("runs already"), rig.complained::toString);
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
