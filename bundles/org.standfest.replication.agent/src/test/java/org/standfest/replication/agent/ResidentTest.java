package org.standfest.replication.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.engine.CommandListener;
import org.standfest.replication.engine.RunningCommand;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Message.CommandKind;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;
import org.standfest.replication.transport.ChannelHandler;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** A resident agent, command lines beside it, and a standby that gives orders. */
@Timeout(120)
class ResidentTest {

    @TempDir private Path folder;
    private StandbyRig rig;

    @BeforeEach
    void start() throws IOException {
        rig = new StandbyRig(folder, Clock.systemUTC());
        rig.enrol("web");
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private void protect(String system, String... more) throws IOException {
        Path image = Files.write(folder.resolve(system + ".img"), new byte[1 << 20]);
        String[] words = new String[5 + more.length];
        System.arraycopy(
                new String[] {"protect", "--system", system, "--disk", "d=file:" + image},
                0,
                words,
                0,
                5);
        System.arraycopy(more, 0, words, 5, more.length);
        rig.done("web", words);
    }

    private Map<String, String> facts(String system) {
        return rig.lines
                .ofSystem(system)
                .flatMap(
                        status ->
                                status.report().systems().stream()
                                        .filter(one -> one.systemId().equals(system))
                                        .findFirst())
                .map(report -> report.facts())
                .orElse(Map.of());
    }

    private int sessions(String system) {
        return rig.home("web").history(system).read().records().size();
    }

    private Outcome<Map<String, String>> ask(CommandKind kind, Map<String, String> arguments)
            throws InterruptedException {
        return rig.ask("web", kind, "mail", arguments);
    }

    @Test
    void pausesResumesAndRemembersOverARestart() throws Exception {
        protect("mail", "--schedule", "every 1 s", "--rpo", "1 h");
        rig.resident("web");
        rig.await(() -> sessions("mail") >= 2);
        rig.done("web", "pause", "--system", "mail", "--reason", "holidays");
        rig.await(() -> "holidays".equals(facts("mail").get("pausedBecause")));
        rig.stopResidents();
        int before = sessions("mail");
        rig.resident("web");
        rig.await(() -> rig.home("web").resident());
        rig.await(() -> "true".equals(facts("mail").get("paused")));
        String said = rig.done("web", "run", "--system", "mail", "--json");
        assertTrue(said.contains("\"result\":\"DONE\""), said);
        assertEquals(before + 1, sessions("mail"), "asked for, although paused");
        rig.done("web", "resume", "--system", "mail");
        rig.await(() -> sessions("mail") > before + 1);
        assertEquals("KEPT", facts("mail").get("rpoStanding"));
        String history = rig.done("web", "history", "--system", "mail", "--json");
        assertTrue(history.contains("\"trigger\":\"person\""), history);
        assertTrue(history.contains("\"trigger\":\"schedule\""), history);
        String forecast =
                rig.done("web", "forecast", "--system", "mail", "--line", "1 MB/s", "--json");
        assertTrue(forecast.contains("\"keeps_objective\":true"), forecast);
    }

    @Test
    void aLimitOfOneSystemHoldsOnlyThatOne() throws Exception {
        byte[] content = new byte[1 << 20];
        new Random(3).nextBytes(content);
        Path image = Files.write(folder.resolve("slow.img"), content);
        String disk = "d=file:" + image;
        String rates = "otherwise closed";
        rig.done("web", "protect", "--system", "slow", "--disk", disk, "--rates", rates);
        rig.done("web", "protect", "--system", "slow", "--schedule", "every 1 s");
        protect("mail", "--schedule", "every 1 s");
        rig.resident("web");
        rig.await(() -> "replicate".equals(facts("slow").get("running")));
        rig.await(() -> sessions("mail") >= 2);
        assertEquals(0, sessions("slow"));
        assertTrue(facts("slow").get("rates").contains("closed"));
        assertTrue(
                rig.pool.system("slow").isEmpty() || rig.pool.points("slow").orThrow().isEmpty());
    }

    @Test
    void aMissedObjectiveIsReportedAndSaid() throws Exception {
        protect("mail", "--rpo", "1 s");
        rig.done("web", "run", "--system", "mail");
        rig.said.reset();
        rig.resident("web");
        rig.await(() -> "MISSED".equals(facts("mail").get("rpoStanding")));
        rig.await(() -> rig.said.toString().contains("an outage now would lose more"));
        rig.complained.reset();
        rig.agent("web", "status");
        assertTrue(rig.complained.toString().contains("The agreed limit is 1 s"));
    }

    @Test
    void theStandbyChangesScheduleAndLimitsAndCancels() throws Exception {
        rig.providers.add(new SlowDisks());
        String disk = "d=slow:anything";
        rig.done("web", "protect", "--system", "mail", "--disk", disk, "--priority", "3");
        String own = rig.done("web", "line", "--rates", "otherwise 800 Mbit/s");
        rig.resident("web");
        rig.await(() -> !facts("mail").isEmpty());
        Outcome<Map<String, String>> wrong =
                ask(CommandKind.SCHEDULE, Map.of("schedule", "sometimes"));
        assertEquals("objectives.schedule", wrong.problem().orElseThrow().code());
        ask(CommandKind.LIMITS, Map.of("rates", "daily 08-09 1 MB/s", "priority", "8")).orThrow();
        ask(CommandKind.PAUSE, Map.of("reason", "asked")).orThrow();
        rig.await(() -> "8".equals(facts("mail").get("priority")));
        assertEquals(
                "daily 08-09 8 Mbit/s; otherwise unlimited",
                rig.home("web").rates().orThrow().toString());
        ask(CommandKind.LIMITS, Map.of("priority", "7")).orThrow();
        ask(CommandKind.LIMITS, Map.of("rates", "", "priority", "0")).orThrow();
        rig.await(() -> "3".equals(facts("mail").get("priority")));
        assertEquals(own, rig.done("web", "line"));
        ask(CommandKind.RESUME, Map.of()).orThrow();
        ask(CommandKind.SCHEDULE, Map.of("schedule", "every 1 s")).orThrow();
        rig.await(() -> Long.parseLong(facts("mail").getOrDefault("progressDone", "0")) > 0);
        String status = rig.done("web", "status", "--json");
        assertTrue(status.contains("\"running\":\"replicate\""), status);
        assertTrue(status.contains("\"progress_bytes_per_second\":"), status);
        ask(CommandKind.SCHEDULE, Map.of("schedule", "manual")).orThrow();
        assertEquals("true", ask(CommandKind.CANCEL, Map.of()).orThrow().get("cancelled"));
        rig.await(() -> sessions("mail") == 1);
        assertTrue(
                rig.done("web", "history", "--system", "mail", "--json")
                        .contains("\"result\":\"CANCELLED\""));
    }

    @Test
    void whatIsDueQueuesWhileOrdersAreAtWorkAndSaysSo() throws Exception {
        rig.providers.add(new SlowDisks());
        for (String system : List.of("one", "two")) {
            rig.done("web", "protect", "--system", system, "--disk", "d=slow:anything");
        }
        rig.resident("web", StandbyRig.quick(1));
        rig.await(() -> !facts("two").isEmpty());
        for (String system : List.of("one", "two")) {
            rig.lines.start("web", CommandKind.REPLICATE, system, Map.of(), CommandListener.NONE);
            rig.await(() -> "replicate".equals(facts(system).get("running")));
        }
        protect("mail", "--schedule", "every 1 s");
        rig.await(() -> "0".equals(facts("mail").get("waitsBehind")));
        assertEquals("replicate", facts("mail").get("running"));
        assertFalse(facts("one").containsKey("waitsBehind"));
        String status = rig.done("web", "status");
        assertTrue(status.contains("mail: replicate waits for its turn, 0 before it."), status);
        rig.lines.start("web", CommandKind.CANCEL, "one", Map.of(), CommandListener.NONE);
        rig.await(() -> sessions("mail") > 0);
    }

    @Test
    void nothingIsHeldWhileTheStandbyServesOthersFirst() throws Exception {
        rig.close();
        CountDownLatch free = new CountDownLatch(1);
        rig =
                new StandbyRig(
                        folder.resolve("busy"),
                        Clock.systemUTC(),
                        handlers ->
                                handlers.computeIfPresent(
                                        Purpose.REPLICATE,
                                        (_, real) -> channel -> afterOthers(channel, free, real)));
        rig.enrol("web");
        SlowDisks disks = protectWatched();
        rig.resident("web");
        rig.await(() -> !facts("mail").isEmpty());
        RunningCommand command =
                rig.lines.start(
                        "web", CommandKind.REPLICATE, "mail", Map.of(), CommandListener.NONE);
        rig.await(() -> "3".equals(facts("mail").get("waitsBehind")));
        assertEquals(0, disks.taken);
        free.countDown();
        command.await(Duration.ofSeconds(60)).orThrow();
        assertEquals(1, disks.taken);
    }

    private SlowDisks protectWatched() {
        SlowDisks disks = new SlowDisks();
        disks.slow = false;
        rig.providers.add(disks);
        rig.done("web", "protect", "--system", "mail", "--disk", "d=slow:anything");
        return disks;
    }

    @Test
    void nothingIsHeldForAStandbyThatIsAway() {
        SlowDisks disks = protectWatched();
        rig.listener.close();
        assertNotEquals(0, rig.agent("web", "run", "--system", "mail"));
        assertEquals(0, disks.taken);
        assertEquals(1, sessions("mail"), "its history says so");
    }

    @Test
    void nothingIsHeldWhileTheLineBreaksAgainAndAgain() throws Exception {
        rig.close();
        List<Integer> taken = new CopyOnWriteArrayList<>();
        AtomicReference<SlowDisks> disks = new AtomicReference<>();
        rig =
                new StandbyRig(
                        folder.resolve("breaks"),
                        Clock.systemUTC(),
                        handlers ->
                                handlers.computeIfPresent(
                                        Purpose.REPLICATE,
                                        (_, real) ->
                                                channel -> {
                                                    taken.add(disks.get().taken);
                                                    if (taken.size() > 3) {
                                                        real.serve(channel);
                                                    }
                                                }));
        rig.enrol("web");
        disks.set(protectWatched());
        rig.done("web", "run", "--system", "mail");
        assertEquals(List.of(0, 0, 0, 0), taken);
        assertEquals(1, disks.get().taken);
    }

    /** Three others are before. */
    private static void afterOthers(Channel channel, CountDownLatch free, ChannelHandler real)
            throws ChannelException {
        Message turn = channel.receive();
        channel.send(new Message.Queued(3));
        try {
            free.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        channel.send(turn);
        real.serve(channel);
    }

    @Test
    void severalSystemsRunAtOnceAndRetryAfterTheStandbyWasAway() throws Exception {
        for (int number = 0; number < 5; number++) {
            protect("s" + number, "--schedule", "every 1 s", "--priority", "" + (number + 1));
        }
        rig.resident("web");
        for (int number = 0; number < 5; number++) {
            String system = "s" + number;
            rig.await(() -> rig.home("web").times(system).taken().isPresent());
        }
        rig.await(() -> sessions("s0") >= 2);
    }
}
