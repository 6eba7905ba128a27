package org.standfest.replication.engine.groups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.standfest.replication.engine.groups.GroupCoordinator.Running;
import org.standfest.replication.protocol.GroupMessage;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SplittableRandom;

@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GroupCoordinatorTest {

    private static Running begin(GroupWorld world) {
        return world.coordinator.begin(world.group()).orThrow();
    }

    @Test
    void takesAllMembersWhileAllAreHeldAndCommitsThemTogether() {
        for (long seed = 0; seed < 200; seed++) {
            GroupWorld world = new GroupWorld(seed, 3);
            Running run = begin(world);
            world.settle();
            GroupReport report = run.result().join();
            assertEquals(
                    Map.of(
                            "of-agent-0", "p-of-agent-0",
                            "of-agent-1", "p-of-agent-1",
                            "of-agent-2", "p-of-agent-2"),
                    report.result().orThrow());
            assertTrue(report.instant().isPresent());
            GroupReport.MemberReport first = report.members().getFirst();
            assertTrue(
                    first.stage().orElseThrow() == GroupMessage.Stage.TAKEN
                            || first.facts().get("thawed").equals("yes"));
            world.agents.values().forEach(it -> assertFalse(it.takenAlone, "held together"));
            assertEquals(List.of(), world.held());
            world.agents
                    .values()
                    .forEach(it -> assertEquals(Optional.of("p-of-" + it.id), it.settledAs));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"claim", "freeze", "take", "transfer"})
    void oneThatFailsEndsTheRunForAllAndNothingStaysHeld(String act) {
        for (long seed = 0; seed < 50; seed++) {
            GroupWorld world = new GroupWorld(seed, 3);
            world.agents.get("agent-1").failsAt = act;
            Running run = begin(world);
            world.settle();
            GroupReport report = run.result().join();
            assertEquals("test.broken", report.result().problem().orElseThrow().code());
            assertEquals(Set.of(), world.newest);
            assertEquals(List.of(), world.held());
            assertTrue(
                    report.members().get(1).problem().isPresent(),
                    "the member that failed is named");
        }
    }

    @Test
    void aPoolThatDoesNotDecideLeavesAllAsTheyWere() {
        GroupWorld world = new GroupWorld(1, 2);
        world.poolRefuses = true;
        Running run = begin(world);
        world.settle();
        assertFalse(run.result().join().result().isDone());
        assertEquals(List.of(), world.held());
        assertEquals(Optional.empty(), world.agents.get("agent-0").settledAs);
    }

    @Test
    void aSilentMemberIsNotWaitedForAndLetsGoByItself() {
        GroupWorld world = new GroupWorld(1, 2);
        Running run = begin(world);
        // The line is cut without anybody noticing, while applications are held.
        while (world.agents.values().stream().anyMatch(agent -> !agent.frozen)) {
            assertTrue(world.step());
        }
        world.agents.get("agent-1").unheard = true;
        world.settle();
        assertFalse(run.result().isDone());
        world.pass(Duration.ofSeconds(11));
        assertEquals("groups.late", run.result().join().result().problem().orElseThrow().code());
        assertFalse(world.agents.get("agent-0").frozen);
        assertTrue(world.agents.get("agent-1").frozen, "it has heard nothing yet");
        world.pass(Duration.ofSeconds(30));
        assertEquals(List.of(), world.held());
    }

    @Test
    void aLostLineBeforeTheSnapshotIsNoticedAtOnce() {
        GroupWorld world = new GroupWorld(1, 2);
        Running run = begin(world);
        while (!world.agents.get("agent-1").frozen) {
            assertTrue(world.step());
        }
        world.agents.get("agent-1").loseLine();
        world.settle();
        assertFalse(run.result().join().result().isDone());
        assertFalse(world.agents.get("agent-0").frozen);
    }

    @Test
    void aMemberThatMissedTheDecisionAsksForIt() {
        GroupWorld world = new GroupWorld(3, 2);
        Running run = begin(world);
        while (world.openPoints.getOrDefault("of-agent-1", 0) == 0) {
            assertTrue(world.step());
        }
        world.agents.get("agent-1").loseLine();
        world.settle();
        if (!run.result().join().result().isDone()) {
            throw new AssertionError("the contents had arrived");
        }
        assertEquals(Optional.empty(), world.agents.get("agent-1").settledAs);
        world.agents.get("agent-1").lineUp();
        world.settle();
        assertEquals(Optional.of("p-of-agent-1"), world.agents.get("agent-1").settledAs);
        assertEquals(List.of(), world.held());
    }

    @Test
    void aCommitWhoseAnswerWasLostCountsAndTheAgentCompares() {
        GroupWorld world = new GroupWorld(3, 2);
        world.agents.get("agent-1").failsAt = "session";
        Running run = begin(world);
        world.settle();
        run.result().join();
        // All or nothing in the pool, whatever the agents know of it.
        assertTrue(world.newest.isEmpty() || world.newest.size() == 2);
        assertEquals(List.of(), world.held());
    }

    @Test
    void refusesASystemThatIsInAnotherRun() {
        GroupWorld world = new GroupWorld(1, 2);
        begin(world);
        assertInstanceOf(
                Outcome.Refused.class, world.coordinator.begin(world.group()), "one at a time");
        world.settle();
        assertTrue(world.coordinator.begin(world.group()).isDone(), "and then again");
    }

    @Test
    void aSessionOfARunThatNobodyBeganIsNotAdmitted() {
        GroupWorld world = new GroupWorld(1, 2);
        assertFalse(world.coordinator.admit("run-1", "of-agent-0").isDone());
        begin(world);
        assertFalse(world.coordinator.admit("run-1", "of-agent-0").isDone(), "not before its time");
    }

    @Test
    void anotherAgentCannotSpeakForAMember() {
        GroupWorld world = new GroupWorld(1, 2);
        world.agents.get("agent-1").connected = false;
        Running run = begin(world);
        world.coordinator.heard(
                "agent-0",
                new GroupMessage.State(
                        "run-1",
                        "of-agent-1",
                        GroupMessage.Stage.FAILED,
                        0,
                        org.standfest.replication.protocol.Message.ResultKind.FAILED,
                        "lie",
                        "",
                        "",
                        "",
                        Map.of()));
        assertFalse(run.result().isDone());
    }

    @Test
    void cancellingLetsAllGo() {
        GroupWorld world = new GroupWorld(1, 3);
        Running run = begin(world);
        while (!world.agents.get("agent-2").frozen) {
            assertTrue(world.step());
        }
        world.coordinator.cancel(run.runId());
        world.settle();
        assertEquals(
                "groups.cancelled", run.result().join().result().problem().orElseThrow().code());
        assertEquals(List.of(), world.held());
    }

    @Test
    void whateverHappensWheneverItIsAllOrNothingAndNothingStaysHeld() {
        for (long seed = 0; seed < 3000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            GroupWorld world = new GroupWorld(seed, 1 + random.nextInt(4));
            List<GroupWorld.Agent> agents = List.copyOf(world.agents.values());
            String[] acts = {"", "", "claim", "freeze", "take", "transfer", "session"};
            agents.forEach(it -> it.failsAt = acts[random.nextInt(acts.length)]);
            world.poolRefuses = random.nextInt(10) == 0;
            Running run = begin(world);
            for (int i = 0; i < 200 && !run.result().isDone(); i++) {
                GroupWorld.Agent agent = agents.get(random.nextInt(agents.size()));
                switch (random.nextInt(40)) {
                    case 0 -> agent.loseLine();
                    case 1 -> agent.lineUp();
                    case 2 -> world.pass(Duration.ofSeconds(random.nextInt(30)));
                    case 3 -> agent.connected = false;
                    case 4 -> agent.member.close();
                    case 5 -> agent.unheard = random.nextInt(4) == 0;
                    default -> world.step();
                }
            }
            world.settle();
            for (int i = 0; i < 20; i++) {
                world.pass(Duration.ofSeconds(10));
            }
            String why = "seed " + seed;
            assertTrue(run.result().isDone(), why);
            assertEquals(List.of(), world.held(), why);
            boolean committed = run.result().join().result().isDone();
            assertEquals(committed ? agents.size() : 0, world.newest.size(), why);
            for (GroupWorld.Agent agent : agents) {
                assertTrue(committed || agent.settledAs.isEmpty(), why);
                assertFalse(committed && agent.takenAlone, why);
            }
        }
    }

    @Test
    void bothLanguagesAreComplete() throws IOException {
        Properties english = texts("messages.properties");
        Properties german = texts("messages_de.properties");
        assertEquals(english.keySet(), german.keySet());
        english.keySet()
                .forEach(key -> assertTrue(key.toString().matches(".*(happened|meaning|next)")));
    }

    private static Properties texts(String name) throws IOException {
        Properties all = new Properties();
        try (var stream = GroupCoordinator.class.getResourceAsStream(name)) {
            all.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
        }
        return all;
    }
}
