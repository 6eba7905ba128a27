package org.standfest.ui.tests.hq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.swt.widgets.Display;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.standfest.ui.tests.bot.Bot;
import org.standfest.ui.tests.bot.BotButton;
import org.standfest.ui.tests.bot.BotTable;
import org.standfest.ui.tests.bot.ScreenshotOnFailure;

@ExtendWith(ScreenshotOnFailure.class)
class WhatIfTest {

    private static final String PLAY = "\u25b6 Play";
    private static final String PAUSE = "\u23f8 Pause";

    private final Bot bot = new Bot(Display.getDefault());
    private final Desk desk = new Desk(bot);

    @BeforeEach
    void openTheMunicipality() {
        desk.clear();
        desk.open(Desk.EXAMPLES.resolve("municipality.topology"));
        bot.menu("Analysis", "What if");
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private void failTheTownHall() {
        bot.tree().select("Municipality", "Sites (3)", "Town hall");
        BotButton fail = bot.button("Let the selection fail");
        bot.waitUntil("a selection", fail::isEnabled);
        fail.click();
    }

    @Test
    void aFailedSiteShowsWhatBecomesOfEachServiceAndWhen() {
        failTheTownHall();
        BotTable services = new BotTable(bot, "whatif.services");
        services.waitForSize(11);
        assertTrue(desk.label("whatif.summary").startsWith("Town hall fails: 5 of 11 services"));
        BotTable events = new BotTable(bot, "whatif.events");
        events.waitFor("the beginning", it -> it.contains("Town hall fails."));
        events.waitFor("a take-over", it -> it.contains("runs again on avance-2"));
    }

    @Test
    void theCourseIsPlayedToItsEndAndStopsWhenAsked() {
        failTheTownHall();
        String first = desk.label("whatif.moment");
        bot.button(PLAY).click();
        bot.button(PAUSE).click();
        bot.button(PLAY);
        assertEquals(first, desk.label("whatif.moment"));

        bot.button(PLAY).click();
        desk.waitForLabel("whatif.moment", it -> !it.equals(first));
        bot.button(PLAY);
        assertFalse(desk.label("whatif.moment").equals(first), "it stands at the end");

        // An edit makes the course untrue: nothing of it stays.
        bot.text("property.name").typeAndEnter("Old town hall");
        desk.waitForLabel("whatif.summary", it -> it.startsWith("Select "));
    }
}
