package org.standfest.restore.ui.internal.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.management.PaperSheet;
import org.standfest.management.StandbyClient;
import org.standfest.management.SystemState;
import org.standfest.management.guide.GuideKind;
import org.standfest.management.guide.GuideStep;
import org.standfest.management.rehearsed.RehearsedStandby;
import org.standfest.restore.ui.internal.guide.GuidePage.Act;
import org.standfest.restore.ui.internal.guide.GuidePage.Move;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;
import org.standfest.workbench.ui.look.HumanTime;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;

/** The guide with a standby that answers when the test lets it. */
class GuideWalkTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final RehearsedStandby standby =
            new RehearsedStandby(Locale.ENGLISH, InstantSource.fixed(NOW));
    private final SecondPerson secondPerson = new SecondPerson(standby, NOW);
    private final Window window = new Window();
    private final GuideWalk walk =
            new GuideWalk(new HumanTime(Locale.ENGLISH, ZoneOffset.UTC), window);

    @Test
    void leadsFromTheFirstPageToTheWork() {
        begin("mail", GuideKind.RESTORE);
        press(Move.NEXT);
        press(Move.NEXT);
        assertEquals(title(GuideStep.RESTORE_START, "Mail server"), window.title());
        press(Move.BEGIN);
        assertEquals(title(GuideStep.RESTORE_WORK, "Mail server"), window.title());
        assertEquals(SystemState.RESTART, standby.system("mail").orThrow().state());
    }

    @Test
    void takesADoubleClickOnceAlthoughTheNextPageIsNotThereYet() {
        begin("mail", GuideKind.RESTORE);
        walk.act(Move.NEXT);
        walk.act(Move.NEXT);
        window.answerAll();
        assertEquals(title(GuideStep.RESTORE_COPY, "Mail server"), window.title());
    }

    @Test
    void anAnswerToAGuideThatWasLeftDoesNotSteerTheNextOne() {
        begin("ledger", GuideKind.RESTORE);
        walk.act(Move.REPORT);
        walk.act(Move.LEAVE);
        walk.begin(GuideState.begin("mail", GuideKind.RESTORE));
        window.answerAll();
        assertEquals(title(GuideStep.RESTORE_FAILED, "Mail server"), window.title());
        press(Move.NEXT);
        assertEquals(title(GuideStep.RESTORE_COPY, "Mail server"), window.title());
    }

    @Test
    void anAnswerAfterItWasLeftOpensNothingAgain() {
        begin("mail", GuideKind.RESTORE);
        press(Move.NEXT);
        press(Move.NEXT);
        walk.act(Move.BEGIN);
        walk.act(Move.LEAVE);
        int pages = window.pages.size();
        window.answerAll();
        assertFalse(walk.open());
        assertEquals(pages, window.pages.size());
    }

    @Test
    void tellsARefusalAlsoAfterItWasLeft() {
        begin("mail", GuideKind.RESTORE);
        press(Move.NEXT);
        press(Move.NEXT);
        standby.begin("mail", GuideKind.RESTORE.action()).orThrow();
        walk.act(Move.BEGIN);
        walk.act(Move.LEAVE);
        window.answerAll();
        assertEquals(1, window.told.size());
    }

    @Test
    void saysThatTheStandbyIsSilentAndComesBackToTheSamePage() {
        begin("directory", GuideKind.RETURN);
        walk.choose("agent-townhall");
        window.answerAll();
        press(Move.NEXT);
        walk.lost(silent());
        assertEquals("The standby does not answer", window.title());
        assertEquals(
                List.of(Move.LEAVE),
                window.pages.getLast().acts().stream().map(Act::move).toList());
        assertTrue(window.pages.getLast().lines().getFirst().startsWith("Nothing was started"));
        walk.act(Move.NEXT);
        walk.refresh();
        window.answerAll();
        assertEquals(
                title(GuideStep.RETURN_WINDOW, standby.system("directory").orThrow().name()),
                window.title());
    }

    @Test
    void aChoiceCountsAtOnceAlthoughTheStandbyIsSlow() {
        begin("directory", GuideKind.RETURN);
        walk.choose("agent-townhall");
        Act next = window.pages.getLast().acts().getLast();
        assertEquals(new Act(Move.NEXT, "Next", Act.Kind.PRIMARY, ""), next);
        press(Move.NEXT);
        assertEquals(title(GuideStep.RETURN_WINDOW, "User directory"), window.title());
    }

    @Test
    void waitsForASecondPersonAndFollowsTheWorkThatItReleased() {
        window.standby = secondPerson;
        begin("mail", GuideKind.RESTORE);
        press(Move.NEXT);
        press(Move.NEXT);
        press(Move.BEGIN);
        assertEquals("A second person must agree", window.title());
        assertTrue(window.told.isEmpty());
        secondPerson.release(standby.begin("mail", GuideKind.RESTORE.action()).orThrow().id());
        walk.refresh();
        window.answerAll();
        assertEquals(title(GuideStep.RESTORE_WORK, "Mail server"), window.title());
    }

    @Test
    void saysOfWorkThatItGoesOnWithoutTheWindow() {
        begin("mail", GuideKind.RESTORE);
        press(Move.NEXT);
        press(Move.NEXT);
        press(Move.BEGIN);
        walk.lost(silent());
        assertTrue(window.pages.getLast().lines().getFirst().startsWith("The work goes on"));
    }

    private static Explanation silent() {
        return new Explanation("test.silent", List.of(), (_, _, _, _) -> "It is silent.");
    }

    private static String title(GuideStep step, String system) {
        return step.title(Locale.ENGLISH, system);
    }

    private void begin(String systemId, GuideKind kind) {
        walk.begin(GuideState.begin(systemId, kind));
        window.answerAll();
    }

    private void press(Move move) {
        walk.act(move);
        window.answerAll();
    }

    /** Keeps every question until the test has it answered. */
    private final class Window implements GuideWalk.Host {

        private StandbyClient standby = GuideWalkTest.this.standby;
        private final List<GuidePage> pages = new ArrayList<>();
        private final List<Outcome<?>> told = new ArrayList<>();
        private final Deque<Runnable> questions = new ArrayDeque<>();

        @Override
        public <T> void ask(
                Function<StandbyClient, Outcome<T>> question, Consumer<Outcome<T>> then) {
            questions.add(() -> then.accept(question.apply(standby)));
        }

        private void answerAll() {
            while (!questions.isEmpty()) {
                questions.remove().run();
            }
        }

        private String title() {
            return pages.getLast().title();
        }

        @Override
        public boolean check(Outcome<?> outcome) {
            if (!outcome.isDone()) {
                told.add(outcome);
            }
            return outcome.isDone();
        }

        @Override
        public void show(GuidePage page) {
            pages.add(page);
        }

        @Override
        public void leave() {
            // The cards are not part of the guide.
        }

        @Override
        public void open(PaperSheet sheet) {
            // No program is started here.
        }
    }
}
