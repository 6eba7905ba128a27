package org.standfest.replication.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.engine.groups.GroupCoordinator.Running;
import org.standfest.replication.engine.groups.GroupDefinition;
import org.standfest.replication.engine.groups.GroupDefinition.Limits;
import org.standfest.replication.engine.groups.GroupDefinition.Member;
import org.standfest.replication.engine.groups.GroupHost;
import org.standfest.replication.engine.groups.GroupMember;
import org.standfest.replication.engine.groups.GroupReport;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.protocol.GroupMessage;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.source.Freezer;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.VolumeSource;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;
import org.standfest.trust.Identity;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** A consistency group of two agents over real lines into a real pool. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GroupSessionTest {

    @TempDir Path home;
    private Rig rig;

    @BeforeEach
    void open() throws IOException {
        rig = new Rig(home);
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    /** An agent that knows nothing but its part in groups. */
    private final class Agent implements GroupHost, AutoCloseable {

        private final Identity identity;
        private final String system;
        private final Path image;
        private final Channel channel;
        private final GroupMember member;
        volatile boolean unreadable;
        volatile Optional<String> committed = Optional.empty();

        Agent(String system) throws IOException, ChannelException {
            this.system = system;
            identity = rig.agent(system);
            image = home.resolve(system + ".img");
            Rig.fill(image, 300_000, system.hashCode());
            channel = rig.connect(identity, Purpose.CONTROL).orThrow();
            member =
                    new GroupMember(
                            this,
                            this::send,
                            () -> Locale.ENGLISH,
                            Clock.systemUTC(),
                            Thread.ofVirtual().factory());
            channel.send(new Message.AgentReport("host", "test", List.of(), List.of()));
            Thread.ofVirtual().start(this::hear);
        }

        Member asMember() {
            return new Member(identity.id(), system);
        }

        private void send(GroupMessage message) {
            try {
                channel.send(message);
            } catch (ChannelException gone) {
                // the reader notices it
            }
        }

        private void hear() {
            try {
                while (true) {
                    if (channel.receive() instanceof GroupMessage.Order order) {
                        member.handle(order);
                    }
                }
            } catch (ChannelException ended) {
                member.close();
            }
        }

        private List<VolumeSource> volumes() {
            return List.of(new VolumeSource("disk", VolumeKind.DISK, "file", image.toString()));
        }

        @Override
        public Outcome<Void> claim(String systemId, String runId) {
            return Outcome.done();
        }

        @Override
        public Outcome<Freezer.Hold> freeze(String systemId) {
            return Outcome.done(Freezer.Hold.NONE);
        }

        @Override
        public Outcome<Snapshot> take(String systemId) {
            if (unreadable) {
                return Outcome.failed(Explanation.rendered("test.unreadable", "x", "y", "z"));
            }
            return JoinedSnapshot.take(
                    system,
                    volumes(),
                    Optional.empty(),
                    Map.of("file", new PlainDisks(rig.files, Clock.systemUTC())),
                    Duration.ofSeconds(5));
        }

        @Override
        public Outcome<Transfer> transfer(
                String systemId,
                String runId,
                Instant instant,
                Snapshot snapshot,
                Map<String, String> facts) {
            SessionWork work =
                    new SessionWork(
                            "key-" + runId + "-" + system,
                            system,
                            0,
                            new HeldSnapshot(snapshot, false, facts),
                            volumes(),
                            Optional.empty(),
                            Map.of(),
                            runId,
                            OptionalLong.of(instant.toEpochMilli()),
                            1,
                            _ -> LineShares.NO_LIMIT);
            return rig.connect(identity, Purpose.REPLICATE)
                    .then(line -> send(line, work))
                    .map(this::prepared);
        }

        private Outcome<SessionSender.Sent> send(Channel line, SessionWork work) {
            try (line) {
                return rig.sender()
                        .send(line, work, new SessionMemory(), (_, _) -> {}, Cancellation.NEVER);
            }
        }

        private Transfer prepared(SessionSender.Sent sent) {
            assertTrue(sent.prepared());
            return new Transfer() {
                @Override
                public Optional<String> committed() {
                    committed = Optional.of(sent.token());
                    return committed;
                }

                @Override
                public void aborted() {
                    // nothing was noted
                }
            };
        }

        @Override
        public void cancel(String systemId, String runId) {
            // transfers of this test are short
        }

        @Override
        public void release(String systemId, String runId) {
            // nothing else works on the system
        }

        @Override
        public void close() {
            channel.close();
        }
    }

    private GroupReport run(Agent... agents) throws Exception {
        Limits limits =
                new Limits(
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(60));
        List<Member> members = Arrays.stream(agents).map(Agent::asMember).toList();
        // The report is the sign that the standby knows the line.
        for (Agent agent : agents) {
            while (rig.lines.agent(agent.identity.id()).isEmpty()) {
                Thread.onSpinWait();
            }
        }
        Running running = rig.groups.begin(new GroupDefinition("shop", members, limits)).orThrow();
        return running.result().get(60, TimeUnit.SECONDS);
    }

    private List<RecoveryPoint> points(String system) {
        return rig.pool.points(system).result().orElse(List.of());
    }

    @Test
    void allMembersGetPointsOfOneInstantByOneDecision() throws Exception {
        try (Agent one = new Agent("one");
                Agent two = new Agent("two")) {
            GroupReport report = run(one, two);
            Map<String, String> ids = report.result().orThrow();
            RecoveryPoint first = points("one").getFirst();
            RecoveryPoint second = points("two").getFirst();
            assertEquals(ids, Map.of("one", first.id(), "two", second.id()));
            assertEquals(report.instant().orElseThrow(), first.takenAt());
            assertEquals(first.takenAt(), second.takenAt());
            assertEquals(report.runId(), first.description().get("group"));
            while (one.committed.isEmpty() || two.committed.isEmpty()) {
                Thread.onSpinWait();
            }
            assertEquals(Optional.of(first.id()), one.committed);
        }
    }

    @Test
    void membersDoNotWaitForTurnsThatOthersHave() throws Exception {
        rig.stop();
        rig.places = new SessionPlaces(1, 1, Clock.systemUTC());
        rig.start();
        try (Agent one = new Agent("one");
                Agent two = new Agent("two");
                Channel other = rig.connect(rig.agent("other"), Purpose.REPLICATE).orThrow()) {
            SessionTurnsTest.open(other, "other");
            assertInstanceOf(Message.SessionReady.class, other.receive());
            assertTrue(run(one, two).result().isDone());
        }
    }

    @Test
    void oneThatCannotBeTakenLeavesAllWithoutANewPoint() throws Exception {
        try (Agent one = new Agent("one");
                Agent two = new Agent("two")) {
            assertTrue(run(one, two).result().isDone());
            two.unreadable = true;
            GroupReport report = run(one, two);
            assertEquals("test.unreadable", report.result().problem().orElseThrow().code());
            assertEquals(1, points("one").size());
            assertEquals(1, points("two").size());
            two.unreadable = false;
            assertTrue(run(one, two).result().isDone(), "and the next one works again");
            assertEquals(2, points("one").size());
        }
    }

    @Test
    void anAgentCannotPrepareForARunThatIsNotIts() throws Exception {
        try (Agent stranger = new Agent("one")) {
            try (Snapshot snapshot = stranger.take("one").orThrow()) {
                Outcome<GroupHost.Transfer> outcome =
                        stranger.transfer(
                                "one", "run-of-others", Instant.now(), snapshot, Map.of());
                assertFalse(outcome.isDone());
                assertEquals("groups.unknown-run", outcome.problem().orElseThrow().code());
                assertEquals(List.of(), points("one"));
            }
        }
    }
}
