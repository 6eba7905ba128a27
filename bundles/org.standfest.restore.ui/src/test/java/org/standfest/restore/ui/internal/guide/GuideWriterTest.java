package org.standfest.restore.ui.internal.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.management.Action;
import org.standfest.management.MeasuredTimes;
import org.standfest.management.OperationState;
import org.standfest.management.OperationStatus;
import org.standfest.management.Reason;
import org.standfest.management.ReturnOrder;
import org.standfest.management.ReturnWindow;
import org.standfest.management.StandbyClient;
import org.standfest.management.WindowView;
import org.standfest.management.WitnessReport;
import org.standfest.management.guide.GuideKind;
import org.standfest.management.rehearsed.RehearsedStandby;
import org.standfest.restore.ui.internal.guide.GuidePage.Act;
import org.standfest.restore.ui.internal.guide.GuidePage.Move;
import org.standfest.workbench.ui.look.Light;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

class GuideWriterTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final RehearsedStandby standby =
            new RehearsedStandby(Locale.ENGLISH, InstantSource.fixed(NOW));

    @Test
    void asksOneQuestionAPageUntilTheDangerousButtonSaysWhatItDoes() {
        GuideState state = GuideState.begin("mail", GuideKind.RESTORE);
        GuidePage first = page(state);
        assertEquals("Does \"Mail server\" really not work any more?", first.title());
        assertTrue(first.lines().size() <= 3);
        assertEquals(List.of(Move.LEAVE, Move.NEXT), moves(first));
        assertTrue(moves(page(state.next())).contains(Move.BACK));
        Act begin = page(state.next().next()).acts().getLast();
        assertEquals(Move.BEGIN, begin.move());
        assertEquals("Start \"Mail server\" on the standby", begin.label());
        assertEquals("", begin.whyNot());
    }

    @Test
    void wantsAWordThatItFailedBeforeTheStandbyHasNoticed() {
        GuidePage page = page(GuideState.begin("ledger", GuideKind.RESTORE));
        assertEquals(Move.REPORT, page.acts().getLast().move());
        assertTrue(page.next().contains("Nothing is started yet"));
    }

    @Test
    void offersNoStartWithoutACopyButANumber() {
        GuidePage page = page(GuideState.begin("telephone", GuideKind.RESTORE).next());
        assertEquals(List.of(Move.LEAVE), moves(page));
        assertEquals("030 23125 000", page.call().orElseThrow().number());
    }

    @Test
    void letsNobodyOverruleALivingMachine() {
        GuidePage page = ended("gone.alive", WitnessReport.Light.RED);
        assertFalse(moves(page).contains(Move.BEGIN_ANYWAY));
        assertTrue(page.facts().stream().anyMatch(fact -> fact.light() == Light.DOWN));
        assertTrue(page.call().orElseThrow().code().length() > 10);
    }

    @Test
    void wantsAPledgeWhereNobodyCouldProveThatTheMachineIsGone() {
        GuidePage page = ended("gone.not-proved", WitnessReport.Light.YELLOW);
        assertTrue(moves(page).contains(Move.BEGIN_ANYWAY));
        assertFalse(page.pledge().isEmpty());
        assertEquals("unsure", page.facts().getFirst().word());
    }

    @Test
    void saysOfAStuckWorkThatNothingMoreHappens() {
        GuidePage page =
                page(working(), operation(OperationState.STUCK, "plan.no-service", List.of()));
        assertEquals(List.of(Move.LEAVE), moves(page));
        assertTrue(page.lines().getLast().contains("until somebody has looked"));
    }

    @Test
    void saysBeforeACancelWhatItUndoes() {
        OperationStatus begun = standby.begin("mail", Action.ACTIVATE).orThrow();
        GuidePage page = page(GuideState.begin("mail", GuideKind.RESTORE).at(begun));
        assertTrue(moves(page).contains(Move.CANCEL));
        assertTrue(page.next().startsWith("Cancelling is safe"));
        assertTrue(page.work().orElseThrow().words().contains("more"));
    }

    @Test
    void findsWorkAgainThatWasBegunBefore() {
        OperationStatus begun = standby.begin("mail", Action.ACTIVATE).orThrow();
        GuideState found =
                GuideState.following(standby.system("mail").orThrow(), begun).orElseThrow();
        assertTrue(found.working());
        assertEquals(Optional.of(begun.id()), found.operationId());
    }

    @Test
    void goesHomeOnlyAfterAMachineWasChosen() {
        GuideState state = GuideState.begin("directory", GuideKind.RETURN);
        assertFalse(page(state).acts().getLast().whyNot().isEmpty());
        GuideState chosen = state.choosing("agent-townhall");
        assertTrue(page(chosen).acts().getLast().whyNot().isEmpty());
        GuideState tonight = chosen.next().choosing(GuideState.Hour.TONIGHT.name());
        assertTrue(page(tonight).choices().get(1).chosen());
        ReturnOrder order = ReturnOrders.order(tonight, NOW, ZoneOffset.UTC, Duration.ZERO);
        assertTrue(order.window().isPresent());
        assertTrue(order.rehearse());
    }

    @Test
    void saysInItsTitleThatAWayHomeWaitsOrHasMissedItsTime() {
        GuideState state =
                GuideState.begin("directory", GuideKind.RETURN)
                        .choosing("agent-townhall")
                        .at(operation(OperationState.RUNNING, "", List.of()));
        GuidePage waits = page(state, window(false));
        assertEquals("\"User directory\" waits for its time", waits.title());
        assertEquals(List.of(Move.LEAVE, Move.NOW), moves(waits));
        assertEquals(Act.Kind.PLAIN, waits.acts().getLast().kind());
        GuidePage missed = page(state, window(true));
        assertEquals("The time that was chosen for \"User directory\" has passed", missed.title());
        assertEquals("Bring \"User directory\" home now", missed.acts().getLast().label());
        assertEquals(Act.Kind.PRIMARY, missed.acts().getLast().kind());
        assertTrue(missed.facts().getFirst().sentence().contains("14:00"), missed.toString());
    }

    @Test
    void writesEveryFirstPageInGermanWithoutAGap() {
        try (StandbyClient german = new RehearsedStandby(Locale.GERMAN, InstantSource.fixed(NOW))) {
            for (GuideKind kind : GuideKind.values()) {
                GuideState state = GuideState.begin("ledger", kind);
                GuidePage page = KnownFacts.TOLD.page(german, state, Locale.GERMAN);
                assertFalse(page.toString().contains("!"), page.toString());
            }
        }
    }

    private GuidePage ended(String code, WitnessReport.Light verdict) {
        WitnessReport report = new WitnessReport("ping", "192.0.2.10", verdict, reason("w"), 900);
        return page(working(), operation(OperationState.FAILED, code, List.of(report)));
    }

    private static GuideState working() {
        GuideState start = GuideState.begin("mail", GuideKind.RESTORE);
        return start.at(operation(OperationState.RUNNING, "", List.of()));
    }

    private GuidePage page(GuideState state) {
        return KnownFacts.TOLD.page(standby, state, Locale.ENGLISH);
    }

    private GuidePage page(GuideState state, OperationStatus operation) {
        return KnownFacts.of(operation).page(standby, state, Locale.ENGLISH);
    }

    private GuidePage page(GuideState state, WindowView window) {
        OperationStatus running = operation(OperationState.RUNNING, "", List.of());
        return KnownFacts.of(running, window).page(standby, state, Locale.ENGLISH);
    }

    private static WindowView window(boolean missed) {
        ReturnWindow window = new ReturnWindow(NOW, NOW.plus(Duration.ofHours(2)));
        return new WindowView("directory", true, Optional.of(window), missed);
    }

    private static List<Move> moves(GuidePage page) {
        return page.acts().stream().map(Act::move).toList();
    }

    private static Reason reason(String code) {
        return new Reason(code, "It happened.", "It means.", "Do this.");
    }

    private static OperationStatus operation(
            OperationState state, String code, List<WitnessReport> witnesses) {
        return new OperationStatus(
                "op-1a2b3c4d5e",
                "mail",
                Action.ACTIVATE,
                state,
                NOW,
                state.finished() ? Optional.of(NOW) : Optional.empty(),
                "",
                1,
                5,
                -1,
                -1,
                Optional.empty(),
                false,
                code.isEmpty() ? Optional.empty() : Optional.of(reason(code)),
                List.of(),
                witnesses,
                MeasuredTimes.NONE);
    }
}
