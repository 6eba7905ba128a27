package org.standfest.restore.ui.internal.overview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.standfest.management.Action;
import org.standfest.management.rehearsed.RehearsedStandby;
import org.standfest.restore.ui.internal.access.StandbyAddress;
import org.standfest.workbench.ui.look.HumanTime;
import org.standfest.workbench.ui.look.Light;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;

class CardWriterTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private static Glance.Seen seen(Locale locale) {
        try (RehearsedStandby standby = new RehearsedStandby(locale, InstantSource.fixed(NOW))) {
            return new Glance.Seen(
                    new StandbyAddress("standby", 7443),
                    standby.facts().orThrow(),
                    standby.systems().orThrow(),
                    Map.of(),
                    List.of(),
                    NOW);
        }
    }

    private static CardWriter writer(Locale locale) {
        return new CardWriter(new HumanTime(locale, ZoneOffset.UTC));
    }

    private static SystemCard card(String id, Instant now) {
        return writer(Locale.ENGLISH).cards(seen(Locale.ENGLISH), now).stream()
                .filter(card -> card.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void putsTheWorstFirst() {
        List<Light> lights =
                writer(Locale.ENGLISH).cards(seen(Locale.ENGLISH), NOW).stream()
                        .map(SystemCard::light)
                        .toList();
        assertEquals(lights.stream().sorted().toList(), lights);
        assertEquals(Light.DOWN, lights.getFirst());
        assertEquals(Light.IN_ORDER, lights.getLast());
    }

    @Test
    void answersWhetherItIsSafeAndWhatMayBeDone() {
        SystemCard ledger = card("ledger", NOW);
        assertEquals(
                "Ready. The copy is 12 minutes old and was proved to start at 11:49.",
                ledger.sentence());
        assertEquals(Light.IN_ORDER, ledger.light());
        assertEquals(Action.REPORT_OUTAGE, ledger.primary().orElseThrow().action());
    }

    @Test
    void offersTheStartOfACopyInAnOutage() {
        SystemCard mail = card("mail", NOW);
        assertEquals("Outage", mail.state());
        assertEquals(Action.ACTIVATE, mail.primary().orElseThrow().action());
    }

    @Test
    void neverOffersToLiftABlockAsTheOneButton() {
        SystemCard registry = card("registry", NOW);
        assertTrue(registry.primary().isEmpty());
        assertTrue(registry.others().stream().anyMatch(each -> each.action() == Action.UNBLOCK));
    }

    @Test
    void doesNotCallASystemWithoutACopyInOrder() {
        SystemCard telephone = card("telephone", NOW);
        assertEquals(Light.ATTENTION, telephone.light());
        assertEquals("Normal operation, not protected", telephone.state());
    }

    @Test
    void letsTheCopyAgeWhileTheStandbyIsSilent() {
        String later = card("ledger", NOW.plus(Duration.ofMinutes(30))).sentence();
        assertTrue(later.contains("42 minutes old"), later);
    }

    @Test
    void saysWhyAnActionIsNotPossible() {
        List<SystemCard.Choice> choices = card("files", NOW).others();
        SystemCard.Choice start =
                choices.stream()
                        .filter(each -> each.action() == Action.ACTIVATE)
                        .findFirst()
                        .orElseThrow();
        assertFalse(start.possible());
        assertFalse(start.whyNot().isBlank());
    }

    @Test
    void speaksGerman() {
        String summary = writer(Locale.GERMAN).summary(seen(Locale.GERMAN));
        assertEquals(
                "6 geschützte Systeme: 2 ausgefallen, 1 zu prüfen, 1 im Notbetrieb, 2 in Ordnung.",
                summary);
        assertEquals(
                "2 ausgefallen, 1 zu prüfen, 1 im Notbetrieb",
                writer(Locale.GERMAN).notInOrder(seen(Locale.GERMAN)));
    }

    @Test
    void asksBeforeEveryActionInWordsOfItsOwn() {
        SystemCard ledger = card("ledger", NOW);
        for (Action action : Action.values()) {
            if (action != Action.RETURN) {
                CardWriter.Question question = writer(Locale.GERMAN).question(ledger, action);
                assertFalse(question.toString().contains("!ask"), question.toString());
            }
        }
    }
}
