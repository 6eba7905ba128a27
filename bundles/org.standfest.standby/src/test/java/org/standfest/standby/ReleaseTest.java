package org.standfest.standby;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.management.Action;
import org.standfest.management.ChainView;
import org.standfest.management.Invitation;
import org.standfest.management.JournalLine;
import org.standfest.management.OperatorAccess;
import org.standfest.management.RecoveryCall;
import org.standfest.management.ReleaseRequest;
import org.standfest.management.ReleaseRequest.State;
import org.standfest.management.ReturnOrder;
import org.standfest.management.Role;
import org.standfest.management.StandbyClient;
import org.standfest.management.SystemSettings;
import org.standfest.management.SystemState;
import org.standfest.management.VerificationPlan;
import org.standfest.recovery.RecoveryEvent;
import org.standfest.recovery.Told;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a second person must release, with two real operators on real lines. */
class ReleaseTest {

    private static final SystemSettings FOUR_EYES =
            SystemSettings.DEFAULT.releasedBySecond(Set.of(Action.UNBLOCK, Action.ACTIVATE));

    @TempDir Path folder;
    private StandbyServer server;
    private final List<StandbyClient> clients = new ArrayList<>();

    @BeforeEach
    void start() {
        open();
        server.pool().addSystem("ledger", "Ledger").orThrow();
        server.engine().meet("ledger").orThrow();
    }

    private void open() {
        Partners nobody = Partners.of(List.of(), List.of(), List.of(), List.of());
        server =
                StandbyServer.start(
                                new StandbySettings(folder.resolve("home"), "127.0.0.1", 0), nobody)
                        .orThrow();
    }

    @AfterEach
    void stop() {
        clients.forEach(StandbyClient::close);
        server.stop(false);
    }

    private StandbyClient operator(String name, Role role) {
        return enrolled(name, server.people().inviteOperator("test", name, role).orThrow());
    }

    private StandbyClient enrolled(String name, Invitation invitation) {
        OperatorAccess access = new OperatorAccess(folder.resolve(name), Locale.GERMAN);
        access.enrol("127.0.0.1:" + server.address().getPort(), invitation.code()).orThrow();
        StandbyClient client = access.open().orThrow();
        clients.add(client);
        return client;
    }

    private void blocked() {
        Told why = Told.of(StandbyTexts.explain("standby.no-test", "ledger"));
        server.engine()
                .happened("ledger", "test", new RecoveryEvent.Stuck(why, Optional.empty()))
                .orThrow();
    }

    private static List<ReleaseRequest> requests(StandbyClient client) {
        return client.ask(new RecoveryCall.Releases()).orThrow().requests();
    }

    private static String code(Outcome<?> outcome) {
        return outcome.problem().map(Explanation::code).orElse("done");
    }

    @Test
    void nothingIsDoneBeforeASecondPersonHasReleasedItAndTheJournalNamesBoth() {
        StandbyClient anna = operator("anna", Role.ADMINISTRATE);
        StandbyClient bert = operator("bert", Role.ACTIVATE);
        anna.configure("ledger", FOUR_EYES).orThrow();
        blocked();
        for (int i = 0; i < 2; i++) {
            assertEquals("standby.second-person", code(anna.begin("ledger", Action.UNBLOCK)));
        }
        assertEquals(SystemState.BLOCKED, anna.system("ledger").orThrow().state());
        ReleaseRequest request = requests(bert).getFirst();
        assertEquals(1, requests(bert).size(), "asked twice is one request");
        assertFalse(request.mine());
        assertTrue(requests(anna).getFirst().mine());
        assertEquals(
                "standby.own-release", code(anna.ask(new RecoveryCall.GiveRelease(request.id()))));
        ReleaseRequest given = bert.ask(new RecoveryCall.GiveRelease(request.id())).orThrow();
        assertEquals(State.GIVEN, given.state());
        assertFalse(given.operationId().isEmpty());
        assertEquals(SystemState.OUTAGE, anna.system("ledger").orThrow().state());
        assertEquals(
                "standby.no-release", code(bert.ask(new RecoveryCall.GiveRelease(request.id()))));
        List<JournalLine> lines = anna.journal("ledger", 0, 100).orThrow().lines();
        JournalLine release =
                lines.stream()
                        .filter(one -> one.what().equals("release.given"))
                        .findFirst()
                        .orElseThrow();
        assertTrue(release.who().contains("bert"), release.who());
        assertTrue(release.text().contains("anna"), release.text());
        JournalLine done =
                lines.stream()
                        .filter(one -> one.what().contains("Unblocked"))
                        .findFirst()
                        .orElseThrow();
        assertTrue(done.who().contains("anna") && done.who().contains("bert"), done.who());
    }

    @Test
    void aRequestSurvivesARestartAndWhoIsDeniedHasDoneNothing() {
        StandbyClient anna = operator("anna", Role.ADMINISTRATE);
        anna.configure("ledger", FOUR_EYES).orThrow();
        blocked();
        assertEquals("standby.second-person", code(anna.begin("ledger", Action.UNBLOCK)));
        stop();
        clients.clear();
        open();
        StandbyClient bert = operator("bert", Role.ACTIVATE);
        ReleaseRequest request = requests(bert).getFirst();
        assertEquals(State.WAITING, request.state());
        ReleaseRequest denied = bert.ask(new RecoveryCall.DenyRelease(request.id())).orThrow();
        assertEquals(State.DENIED, denied.state());
        assertEquals(
                "standby.no-release", code(bert.ask(new RecoveryCall.GiveRelease(request.id()))));
        assertEquals(SystemState.BLOCKED, bert.system("ledger").orThrow().state());
    }

    @Test
    void toNeedASecondPersonForLessNeedsOneToo() {
        StandbyClient anna = operator("anna", Role.ADMINISTRATE);
        StandbyClient bert = operator("bert", Role.ACTIVATE);
        StandbyClient carl = operator("carl", Role.ADMINISTRATE);
        anna.configure("ledger", FOUR_EYES).orThrow();
        Set<Action> less = Set.of(Action.ACTIVATE);
        assertEquals(
                "standby.release-alone",
                code(
                        anna.configure(
                                "ledger",
                                SystemSettings.DEFAULT
                                        .verified(new VerificationPlan("daily 03:00"))
                                        .releasedBySecond(less))));
        assertEquals(
                "standby.second-person",
                code(anna.configure("ledger", FOUR_EYES.releasedBySecond(less))));
        assertEquals(FOUR_EYES, anna.system("ledger").orThrow().settings());
        String id = requests(bert).getFirst().id();
        assertEquals("standby.release-role", code(bert.ask(new RecoveryCall.GiveRelease(id))));
        carl.ask(new RecoveryCall.GiveRelease(id)).orThrow();
        assertEquals(less, anna.system("ledger").orThrow().settings().secondPerson());
        anna.configure("ledger", FOUR_EYES).orThrow();
    }

    @Test
    void whoWasInvitedByWhoAsksOrCameLaterIsNoSecondPerson() {
        StandbyClient anna = operator("anna", Role.ADMINISTRATE);
        StandbyClient bert = operator("bert", Role.ACTIVATE);
        StandbyClient hers =
                enrolled("hers", anna.inviteOperator("hers", Role.ADMINISTRATE).orThrow());
        StandbyClient theirs =
                enrolled("theirs", hers.inviteOperator("theirs", Role.ACTIVATE).orThrow());
        anna.configure("ledger", FOUR_EYES).orThrow();
        blocked();
        assertEquals("standby.second-person", code(anna.begin("ledger", Action.UNBLOCK)));
        StandbyClient late = operator("late", Role.ACTIVATE);
        RecoveryCall.GiveRelease release =
                new RecoveryCall.GiveRelease(requests(bert).getFirst().id());
        for (StandbyClient near : List.of(hers, theirs, late)) {
            assertEquals("standby.near-release", code(near.ask(release)));
        }
        assertEquals(State.WAITING, requests(bert).getFirst().state());
        assertEquals(State.GIVEN, bert.ask(release).orThrow().state());
    }

    @Test
    void theSecondPersonSeesAllThatIsReleased() {
        StandbyClient anna = operator("anna", Role.ADMINISTRATE);
        StandbyClient bert = operator("bert", Role.ACTIVATE);
        anna.configure("ledger", FOUR_EYES).orThrow();
        anna.configure("ledger", FOUR_EYES.releasedBySecond(Set.of(Action.ACTIVATE)));
        String less = requests(bert).getFirst().words().happened();
        assertTrue(less.contains("Nicht mehr: " + Action.UNBLOCK.text(Locale.GERMAN)), less);
        assertTrue(less.contains("Weiterhin: " + Action.ACTIVATE.text(Locale.GERMAN)), less);
        ReturnOrder home =
                new ReturnOrder(
                        "ledger",
                        "agent-7",
                        List.of(new ReturnOrder.TargetDisk("root", 40L << 30, "SCSI")),
                        "qemu",
                        Map.of("folder", "/images/{0}"));
        ReleaseBook.Kept asked = kept("rel-1", Instant.EPOCH, ReleaseBook.Order.of(home));
        String words = ReleaseWords.of(asked, Set.of(), Locale.ENGLISH).happened(Locale.ENGLISH);
        for (String part :
                List.of("agent-7", "qemu", "root", "40 GiB", "SCSI", "/images/{0}", "without")) {
            assertTrue(words.contains(part), words);
        }
    }

    @Test
    void whatWaitsIsNeverPushedOut() {
        Instant now = Instant.parse("2026-11-22T05:00:00Z");
        ReleaseBook book = new ReleaseBook(List.of());
        for (int i = 0; i < ReleaseBook.MOST; i++) {
            assertFalse(book.full(now));
            book = book.with(kept("rel-" + i, now), now);
        }
        assertTrue(book.full(now));
        ReleaseBook.Kept denied = book.request("rel-9").orElseThrow().decided(State.DENIED, "bert");
        book = book.with(denied, now);
        assertFalse(book.full(now));
        book = book.with(kept("rel-64", now), now);
        assertEquals(ReleaseBook.MOST, book.requests().size());
        assertEquals(Optional.empty(), book.request("rel-9"), "of what is decided the oldest goes");
        assertTrue(book.request("rel-0").isPresent());
    }

    @Test
    void aChainIsNoWayAroundIt() {
        StandbyClient anna = operator("anna", Role.ADMINISTRATE);
        anna.configure("ledger", FOUR_EYES).orThrow();
        ChainView.Member member =
                new ChainView.Member(
                        "ledger", 1, List.of(), "WAITING", Optional.empty(), Optional.empty());
        assertEquals(
                "standby.chain-second-person",
                code(anna.ask(new RecoveryCall.StartChain(1, List.of(member), List.of()))));
    }

    @Test
    void whatNobodyDecidesExpiresAndIsForgottenAfterADay() {
        Instant asked = Instant.parse("2026-11-22T05:00:00Z");
        ReleaseBook.Kept one = kept("rel-1", asked);
        assertEquals(State.WAITING, one.state(asked.plus(ReleaseBook.LIMIT)));
        Instant late = asked.plus(ReleaseBook.LIMIT).plusMillis(1);
        assertEquals(State.EXPIRED, one.state(late));
        ReleaseBook book = new ReleaseBook(List.of(one));
        assertEquals(Optional.empty(), book.waiting("ledger", one.order(), "anna", late));
        assertEquals(2, book.with(kept("rel-2", late), late).requests().size());
        Instant nextDay = asked.plusSeconds(86_400);
        assertEquals(1, book.with(kept("rel-2", nextDay), nextDay).requests().size());
    }

    private static ReleaseBook.Kept kept(String id, Instant asked) {
        return kept(id, asked, ReleaseBook.Order.of(Action.UNDO, List.of("standby.undo-loses")));
    }

    private static ReleaseBook.Kept kept(String id, Instant asked, ReleaseBook.Order order) {
        return new ReleaseBook.Kept(id, "ledger", order, "anna", asked, State.WAITING, "", "");
    }
}
