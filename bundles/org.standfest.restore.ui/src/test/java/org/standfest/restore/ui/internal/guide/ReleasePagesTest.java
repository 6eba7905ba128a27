package org.standfest.restore.ui.internal.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.management.ReleaseRequest;
import org.standfest.management.ReleaseRequest.State;
import org.standfest.management.guide.GuideKind;
import org.standfest.management.rehearsed.RehearsedStandby;
import org.standfest.restore.ui.internal.guide.GuidePage.Act;
import org.standfest.restore.ui.internal.guide.GuidePage.Move;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

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
                SecondPerson.request(NOW, how, how == State.DENIED ? "bernd" : "", "");
        try (RehearsedStandby standby = new RehearsedStandby(language, InstantSource.fixed(NOW))) {
            GuideState state = GuideState.begin("mail", GuideKind.RESTORE).next().next();
            return KnownFacts.of(request).page(standby, state, language);
        }
    }
}
