package org.standfest.restore.ui.internal.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.management.Action;
import org.standfest.management.Reason;
import org.standfest.management.ReleaseRequest;
import org.standfest.management.ReleaseRequest.State;
import org.standfest.management.guide.GuideKind;
import org.standfest.management.rehearsed.RehearsedStandby;
import org.standfest.restore.ui.internal.guide.GuidePage.Act;
import org.standfest.restore.ui.internal.guide.GuidePage.Move;
import org.standfest.workbench.ui.look.HumanTime;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

class ReleasePagesTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void saysWhileSomebodyIsAskedThatNothingWasStartedAndLetsTheRequestBeTakenBack() {
        for (Locale language : List.of(Locale.ENGLISH, Locale.GERMAN)) {
            GuidePage page = page(State.WAITING, language);
            assertEquals(
                    List.of(Move.LEAVE, Move.WITHDRAW),
                    page.acts().stream().map(Act::move).toList());
            assertTrue(page.facts().getFirst().sentence().contains("12:00"), page.toString());
            assertFalse(page.toString().contains("!"), page.toString());
        }
    }

    @Test
    void saysWhoDeclinedAndOffersToAskAgain() {
        for (State end : List.of(State.DENIED, State.EXPIRED, State.GIVEN)) {
            GuidePage page = page(end, Locale.GERMAN);
            assertEquals(Move.BEGIN, page.acts().getLast().move());
            assertTrue(page.call().isPresent());
            assertEquals(end == State.DENIED, page.title().contains("bernd"), page.title());
            assertFalse(page.toString().contains("!"), page.toString());
        }
    }

    private static GuidePage page(State how, Locale language) {
        ReleaseRequest request =
                new ReleaseRequest(
                        "r-1",
                        "mail",
                        Optional.of(Action.ACTIVATE),
                        "anna",
                        NOW,
                        NOW.plusSeconds(3600),
                        how,
                        how == State.DENIED ? "bernd" : "",
                        "",
                        true,
                        new Reason("r", "It happened.", "It means.", "Do this."));
        try (RehearsedStandby standby = new RehearsedStandby(language, InstantSource.fixed(NOW))) {
            GuideState state = GuideState.begin("mail", GuideKind.RESTORE).next().next();
            GuideFacts read = GuideReader.read(standby, state).orThrow();
            GuideFacts facts =
                    new GuideFacts(
                            read.standby(),
                            read.system(),
                            read.plan(),
                            read.readiness(),
                            read.operation(),
                            read.proof(),
                            read.picture(),
                            read.contacts(),
                            read.forecast(),
                            read.window(),
                            Optional.of(request));
            return new GuideWriter(new HumanTime(language, ZoneOffset.UTC)).page(state, facts);
        }
    }
}
