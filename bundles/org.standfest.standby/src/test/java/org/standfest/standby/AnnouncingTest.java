package org.standfest.standby;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.management.Action;
import org.standfest.management.Announcement;
import org.standfest.management.Announcement.NameRecord;
import org.standfest.management.Announcement.TakenAddress;
import org.standfest.management.OperatorAccess;
import org.standfest.management.PlanStepView;
import org.standfest.management.ReadinessCheck;
import org.standfest.management.RecoveryCall;
import org.standfest.management.Role;
import org.standfest.management.StandbyClient;
import org.standfest.management.SystemSettings;
import org.standfest.management.VerificationPlan;
import org.standfest.management.WitnessReport.Light;
import org.standfest.recovery.RecoveryEvent;
import org.standfest.recovery.Told;
import org.standfest.recovery.plans.BootReport;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Announcement and boot verification as a running standby has them. */
class AnnouncingTest {

    private static final Announcement ELSEWHERE =
            new Announcement(
                    List.of(new TakenAddress("192.0.2.10", 24, "sf-none")),
                    List.of(
                            new NameRecord(
                                    "192.0.2.53",
                                    53,
                                    "example.org",
                                    "www.example.org",
                                    "A",
                                    30,
                                    "192.0.2.10",
                                    "198.51.100.7",
                                    "",
                                    false)));

    @TempDir Path folder;
    private StandbyServer server;
    private StandbyClient client;

    @BeforeEach
    void start() {
        Partners nobody = Partners.of(List.of(), List.of(), List.of(), List.of());
        server =
                StandbyServer.start(
                                new StandbySettings(folder.resolve("home"), "127.0.0.1", 0), nobody)
                        .orThrow();
        server.pool().addSystem("ledger", "Ledger").orThrow();
        server.engine().meet("ledger").orThrow();
        OperatorAccess access = new OperatorAccess(folder.resolve("anna"), Locale.GERMAN);
        access.enrol(
                        "127.0.0.1:" + server.address().getPort(),
                        server.people()
                                .inviteOperator("test", "anna", Role.ADMINISTRATE)
                                .orThrow()
                                .code())
                .orThrow();
        client = access.open().orThrow();
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(false);
    }

    private List<String> steps(Action action) {
        return client.ask(new RecoveryCall.ShowPlan("ledger", action)).orThrow().steps().stream()
                .map(PlanStepView::id)
                .toList();
    }

    private Optional<ReadinessCheck> check(String id) {
        return client.ask(new RecoveryCall.CheckReady("ledger")).orThrow().checks().stream()
                .filter(check -> check.id().equals(id))
                .findFirst();
    }

    @Test
    void onlyASystemThatIsAnnouncedHasTheStepsAndTheirCheck() {
        for (Action action : List.of(Action.ACTIVATE, Action.SWITCH, Action.UNDO, Action.RETURN)) {
            assertFalse(steps(action).toString().contains("partner-"), action.name());
        }
        assertEquals(Optional.empty(), check("announcement"));
        client.configure("ledger", SystemSettings.DEFAULT.announcing(ELSEWHERE)).orThrow();
        for (Action action : List.of(Action.ACTIVATE, Action.SWITCH)) {
            List<String> steps = steps(action);
            assertEquals(steps.indexOf("start") - 1, steps.indexOf("partner-address"));
            assertEquals(steps.indexOf("test") - 1, steps.indexOf("partner-announce"));
        }
        List<String> undo = steps(Action.UNDO);
        assertEquals(undo.indexOf("stop") + 1, undo.indexOf("partner-take-back"));
        List<String> home = steps(Action.RETURN);
        assertEquals(home.indexOf("shutdown") + 1, home.indexOf("partner-take-back"));
        ReadinessCheck check = check("announcement").orElseThrow();
        assertEquals(Light.RED, check.light());
        assertEquals("announcement.no-interface", check.reason().code());
    }

    @Test
    void anAddressThatMayBeHeldIsNotForgottenAndNamesStayTheWayOut() {
        SystemSettings settings = SystemSettings.DEFAULT.announcing(ELSEWHERE);
        client.configure("ledger", settings).orThrow();
        Told why = Told.of(StandbyTexts.explain("standby.no-test", "ledger"));
        server.engine()
                .happened("ledger", "test", new RecoveryEvent.Stuck(why, Optional.of("op-1")))
                .orThrow();
        SystemSettings without =
                settings.announcing(new Announcement(List.of(), ELSEWHERE.names()));
        for (int i = 0; i < 2; i++) {
            assertEquals(
                    "standby.addresses-taken",
                    client.configure("ledger", without).problem().orElseThrow().code());
            assertEquals(settings, client.system("ledger").orThrow().settings());
            // a machine is kept: once blocked, once as one that does not run
            server.engine().unblock("ledger", "test", false);
        }
        SystemSettings fewer =
                settings.announcing(new Announcement(ELSEWHERE.addresses(), List.of()));
        client.configure("ledger", fewer).orThrow();
    }

    @Test
    void settingsSurviveARestartAndAnImageThatDidNotStartIsNotReady() {
        SystemSettings settings =
                SystemSettings.DEFAULT
                        .announcing(ELSEWHERE)
                        .verified(new VerificationPlan("daily 03:00"));
        client.configure("ledger", settings).orThrow();
        assertEquals(settings, client.system("ledger").orThrow().settings());
        server.records().load("ledger");
        assertEquals(settings, server.records().settings("ledger"));
        assertEquals(Light.YELLOW, check("proof").orElseThrow().light());
        Instant at = Instant.parse("2026-11-22T03:12:00Z");
        Told why = Told.of(StandbyTexts.explain("standby.no-test", "ledger"));
        new ProofShelf(server.home())
                .keep(
                        "ledger",
                        Optional.empty(),
                        folder.resolve("none"),
                        new BootReport("op-1", "p-1", at, at, at, Optional.of(why)));
        ReadinessCheck proof = check("proof").orElseThrow();
        assertEquals(Light.RED, proof.light());
        assertEquals("ready.did-not-start", proof.reason().code());
    }
}
