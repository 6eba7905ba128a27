package org.standfest.standby;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.management.Action;
import org.standfest.management.BootProof;
import org.standfest.management.CareCall;
import org.standfest.management.HistoryInfo;
import org.standfest.management.HistoryList;
import org.standfest.management.JournalLine;
import org.standfest.management.JournalProof;
import org.standfest.management.OperatorAccess;
import org.standfest.management.PlanView;
import org.standfest.management.ReadinessCheck;
import org.standfest.management.ReadinessView;
import org.standfest.management.RecoveryCall;
import org.standfest.management.Role;
import org.standfest.management.StandbyClient;
import org.standfest.management.SystemState;
import org.standfest.management.WitnessReport;
import org.standfest.management.rehearsed.StandbyConformance;
import org.standfest.recovery.Told;
import org.standfest.recovery.plans.BootReport;
import org.standfest.replication.engine.EnrolClient;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;
import org.standfest.replication.transport.ChannelSettings;
import org.standfest.replication.transport.StandbyConnector;
import org.standfest.results.Outcome;
import org.standfest.trust.Identity;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

class StandbyServerTest {

    private static final Partners NOBODY = Partners.of(List.of(), List.of(), List.of(), List.of());

    @TempDir Path folder;
    private StandbyServer server;

    @BeforeEach
    void start() {
        server = StandbyServer.start(settings(), NOBODY).orThrow();
        server.pool().addSystem("ledger", "Ledger").orThrow();
        server.engine().meet("ledger").orThrow();
    }

    @AfterEach
    void stop() {
        server.stop(false);
    }

    private StandbySettings settings() {
        return new StandbySettings(folder.resolve("home"), "127.0.0.1", 0);
    }

    private String address() {
        return "127.0.0.1:" + server.address().getPort();
    }

    private StandbyClient client(String name, Role role) {
        OperatorAccess access = new OperatorAccess(folder.resolve(name), Locale.ENGLISH);
        if (!access.enrolled()) {
            String code = server.people().inviteOperator("test", name, role).orThrow().code();
            access.enrol(address(), code).orThrow();
        }
        return access.open().orThrow();
    }

    @Test
    void theFirstOperatorEnrolsWithTheCodeInTheHomeFolderWhichThenIsGone() throws Exception {
        Path file = folder.resolve("home/first-operator-code");
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        OperatorAccess access = new OperatorAccess(folder.resolve("first"), Locale.GERMAN);
        access.enrol(address(), Files.readString(file)).orThrow();
        assertFalse(Files.exists(file));
        try (StandbyClient client = access.open().orThrow()) {
            assertEquals(Role.ADMINISTRATE, client.facts().orThrow().role());
        }
        assertInstanceOf(
                Outcome.Refused.class,
                new OperatorAccess(folder.resolve("second"), Locale.GERMAN)
                        .enrol(address(), "0000-0000-0000-0000-0000-0000-0000-0000"));
    }

    @Test
    void whoMayOnlySeeChangesNothingAndTheAttemptIsJournaled() {
        try (StandbyClient client = client("guest", Role.SEE)) {
            assertTrue(client.systems().isDone());
            Outcome<?> outcome = client.begin("ledger", Action.REPORT_OUTAGE);
            assertInstanceOf(Outcome.Refused.class, outcome);
            assertEquals("management.not-allowed", outcome.problem().orElseThrow().code());
            assertEquals(SystemState.NORMAL_OPERATION, client.system("ledger").orThrow().state());
            assertTrue(
                    client.journal("ledger", 0, 50).orThrow().lines().stream()
                            .anyMatch(line -> line.what().equals("call.denied")));
        }
    }

    @Test
    void whatIsRefusedIsNotJournaledAsDone() {
        try (StandbyClient client = client("anna", Role.ADMINISTRATE)) {
            Outcome<?> outcome = client.ask(new CareCall.Pin("ledger", 77, "for the auditor"));
            String code = outcome.problem().orElseThrow().code();
            List<JournalLine> lines = client.journal("ledger", 0, 50).orThrow().lines();
            JournalLine last = lines.getLast();
            assertEquals("call.refused", last.what());
            assertTrue(last.text().contains("call=Pin"), last::text);
            assertTrue(last.text().contains(code), last::text);
            assertTrue(last.text().contains("why="), last::text);
        }
    }

    @Test
    void whoIsRevokedIsCutOffAtOnce() {
        try (StandbyClient client = client("bert", Role.ACTIVATE);
                StandbyClient admin = client("anna", Role.ADMINISTRATE)) {
            String id =
                    server.people().peers().stream()
                            .map(peer -> peer.id())
                            .filter(name -> name.contains("bert"))
                            .findFirst()
                            .orElseThrow();
            admin.revoke(id).orThrow();
            assertFalse(client.systems().isDone());
            assertFalse(new OperatorAccess(folder.resolve("bert"), Locale.ENGLISH).open().isDone());
        }
    }

    @Test
    void anAgentThatIsRevokedIsCutOffInTheMiddleOfASession() throws Exception {
        Identity agent = agent();
        try (StandbyClient admin = client("anna", Role.ADMINISTRATE);
                StandbyConnector connector = connector(agent)) {
            Channel session = session(connector, agent);
            assertInstanceOf(Message.SessionReady.class, session.receive());
            admin.revoke(agent.id()).orThrow();
            ChannelException end = assertThrows(ChannelException.class, session::receive);
            assertNotEquals(ChannelException.Reason.TIMEOUT, end.reason());
            for (Purpose purpose : List.of(Purpose.REPLICATE, Purpose.CONTROL, Purpose.RENEW)) {
                Outcome<?> again = connector.connect(agent.host(), agent.port(), purpose);
                assertEquals("trust.revoked", again.problem().orElseThrow().code());
            }
            assertTrue(server.pool().points("ledger").orThrow().isEmpty());
        }
    }

    private Identity agent() {
        String code =
                server.people().inviteAgent("test", "web", List.of("ledger")).orThrow().code();
        return new EnrolClient(
                        ChannelSettings.standard(),
                        Locale.ENGLISH,
                        "test",
                        Clock.systemUTC(),
                        new SecureRandom())
                .enrol("127.0.0.1", server.address().getPort(), code, "web")
                .orThrow();
    }

    private static StandbyConnector connector(Identity agent) {
        return new StandbyConnector(
                agent.clientContext(Clock.systemUTC(), new SecureRandom()),
                ChannelSettings.standard(),
                Locale.ENGLISH,
                "test");
    }

    /** A session that has begun and waits for its content. */
    private static Channel session(StandbyConnector connector, Identity agent)
            throws ChannelException {
        Channel channel =
                connector.connect(agent.host(), agent.port(), Purpose.REPLICATE).orThrow();
        channel.send(
                new Message.SessionOpen(
                        "k1",
                        "ledger",
                        0,
                        Clock.systemUTC().millis(),
                        "",
                        List.of(new Message.VolumeHead("disk0", VolumeKind.DISK, 1 << 20)),
                        Map.of()));
        return channel;
    }

    @Test
    void theRealStandbyDoesWhatEveryStandbyMust() {
        try (StandbyClient client = client("anna", Role.ADMINISTRATE)) {
            assertEquals(List.of(), StandbyConformance.breaches(client));
            List<String> written =
                    client.journal("", 0, 1000).orThrow().lines().stream()
                            .map(line -> line.what())
                            .toList();
            assertTrue(written.contains("policy.set"), "who set a policy is written down");
        }
    }

    @Test
    void anOutageSurvivesARestartAndSecondProcessesAreRefused() {
        try (StandbyClient client = client("anna", Role.ACTIVATE)) {
            client.begin("ledger", Action.REPORT_OUTAGE).orThrow();
        }
        assertInstanceOf(Outcome.Refused.class, StandbyServer.start(settings(), NOBODY));
        server.stop(false);
        server = StandbyServer.start(settings(), NOBODY).orThrow();
        OperatorAccess access = new OperatorAccess(folder.resolve("anna2"), Locale.GERMAN);
        access.enrol(
                        address(),
                        server.people().inviteOperator("test", "anna2", Role.SEE).orThrow().code())
                .orThrow();
        try (StandbyClient client = access.open().orThrow()) {
            var status = client.system("ledger").orThrow();
            assertEquals(SystemState.OUTAGE, status.state());
            assertTrue(status.reason().orElseThrow().happened().contains("Ausfall gemeldet"));
            assertTrue(client.journal("", 0, 100).orThrow().broken().isEmpty());
        }
    }

    @Test
    void whetherItCouldBeStartedIsSaidBeforeItIsNeededAndEachChangeIsWrittenDown() {
        try (StandbyClient client = client("anna", Role.SEE)) {
            ReadinessView view = client.ask(new RecoveryCall.CheckReady("ledger")).orThrow();
            assertFalse(view.ready());
            assertEquals(
                    Optional.of(WitnessReport.Light.RED),
                    view.checks().stream()
                            .filter(check -> check.id().equals("point"))
                            .map(ReadinessCheck::light)
                            .findFirst());
            for (ReadinessCheck check : view.checks()) {
                assertFalse(check.reason().happened().contains("!"), check.reason().happened());
                assertFalse(check.reason().next().isBlank());
            }
            client.ask(new RecoveryCall.CheckReady("ledger")).orThrow();
            assertEquals(
                    1,
                    client.journal("ledger", 0, 100).orThrow().lines().stream()
                            .filter(line -> line.what().equals("readiness.not-ready"))
                            .count());
        }
    }

    @Test
    void aPlanIsShownBeforeItIsBegunWithWhyItCannotBe() {
        try (StandbyClient client = client("anna", Role.SEE)) {
            for (Action action : Action.values()) {
                PlanView plan = client.ask(new RecoveryCall.ShowPlan("ledger", action)).orThrow();
                assertEquals(action, plan.action());
                plan.steps().forEach(step -> assertFalse(step.name().startsWith("!"), step.id()));
                boolean atOnce =
                        action == Action.REPLICATE
                                || action == Action.REPORT_OUTAGE
                                || action == Action.UNBLOCK;
                assertEquals(atOnce ? 0 : 1, plan.steps().stream().filter(s -> s.commit()).count());
            }
            PlanView start =
                    client.ask(new RecoveryCall.ShowPlan("ledger", Action.ACTIVATE)).orThrow();
            assertEquals("recovery.no-outage", start.whyNot().orElseThrow().code());
        }
    }

    @Test
    void theJournalIsProvedOverTheLineAndAChangedLineIsFound() throws Exception {
        try (StandbyClient client = client("anna", Role.SEE)) {
            JournalProof whole = client.ask(new RecoveryCall.ProveJournal()).orThrow();
            assertEquals(Optional.empty(), whole.broken());
            assertEquals(64, whole.lastHash().length());
            Path file = folder.resolve("home/journal.jsonl");
            Files.writeString(
                    file,
                    Files.readString(file).replaceFirst("standby.started", "standby.stopped"));
            JournalProof broken = client.ask(new RecoveryCall.ProveJournal()).orThrow();
            assertEquals("journal.broken", broken.broken().orElseThrow().code());
        }
    }

    @Test
    void pain13HistoriesAreListedInPlainWordsAndNothingIsThrownAway() throws Exception {
        Path machine = folder.resolve("home/systems/ledger/emergency/op-1");
        Files.createDirectories(machine);
        Files.write(machine.resolve("disk0.overlay"), new byte[4096]);
        try (StandbyClient client = client("anna", Role.SEE)) {
            HistoryList list = client.ask(new RecoveryCall.Histories("ledger")).orThrow();
            HistoryInfo kept = list.histories().getFirst();
            assertEquals(HistoryInfo.Kind.EMERGENCY, kept.kind());
            assertEquals(4096, kept.bytes());
            assertTrue(kept.lastWriteAt().isPresent());
            assertTrue(kept.words().happened().contains("4 KiB"), kept.words().happened());
            assertFalse(kept.serves());
        }
        assertTrue(Files.exists(machine.resolve("disk0.overlay")));
    }

    @Test
    void proofsAreKeptNewestFirstAndSurviveTheirMachine() throws Exception {
        ProofShelf shelf = new ProofShelf(server.home());
        Path log = folder.resolve("serial.log");
        Files.writeString(log, "login:");
        Instant at = Instant.parse("2026-11-22T03:12:00Z");
        Told why = Told.of(StandbyTexts.explain("standby.no-test", "ledger"));
        shelf.keep(
                "ledger",
                Optional.empty(),
                log,
                new BootReport("op-1", "p-7", at, at, at.plusSeconds(41), Optional.empty()));
        shelf.keep(
                "ledger",
                Optional.empty(),
                log,
                new BootReport("op-2", "p-8", at, at, at.plusSeconds(300), Optional.of(why)));
        try (StandbyClient client = client("anna", Role.SEE)) {
            List<BootProof> proofs =
                    client.ask(new RecoveryCall.BootProofs("ledger")).orThrow().proofs();
            assertEquals(List.of("op-2", "op-1"), proofs.stream().map(BootProof::id).toList());
            assertFalse(proofs.getFirst().proved());
            assertEquals("standby.no-test", proofs.getFirst().why().orElseThrow().code());
            assertEquals(41_000, proofs.getLast().bootMillis());
            assertEquals(
                    "login:",
                    client.ask(new RecoveryCall.ShowProof("ledger", "op-1")).orThrow().serial());
            assertInstanceOf(
                    Outcome.Refused.class, client.ask(new RecoveryCall.ShowProof("ledger", "x")));
        }
    }

    @Test
    void aManagementCallStopsTheProcess() throws Exception {
        try (StandbyClient client = client("anna", Role.ADMINISTRATE)) {
            client.stop(false).orThrow();
        }
        Thread waiting = Thread.ofVirtual().start(() -> awaitEnd(server));
        assertTrue(waiting.join(Duration.ofSeconds(90)));
        assertFalse(Files.exists(folder.resolve("home/port")));
    }

    private static void awaitEnd(StandbyServer ending) {
        try {
            ending.awaitEnd();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aSystemWhoseFilesAreDamagedIsShownAsBlockedAndTheOthersWork() throws Exception {
        server.engine()
                .outage(
                        "ledger",
                        "test",
                        Told.of(StandbyTexts.explain("standby.no-operator")),
                        Optional.empty())
                .orThrow();
        server.pool().addSystem("mail", "Mail").orThrow();
        server.stop(false);
        Files.writeString(folder.resolve("home/systems/ledger/course.json"), "{\"version\": 9}");
        server = StandbyServer.start(settings(), NOBODY).orThrow();
        try (StandbyClient client = client("carla", Role.ADMINISTRATE)) {
            var ledger = client.system("ledger").orThrow();
            assertEquals(SystemState.BLOCKED, ledger.state());
            assertTrue(ledger.reason().orElseThrow().happened().contains("version 9"));
            assertFalse(client.begin("ledger", Action.UNBLOCK).isDone());
            assertEquals(SystemState.NORMAL_OPERATION, client.system("mail").orThrow().state());
        }
    }
}
