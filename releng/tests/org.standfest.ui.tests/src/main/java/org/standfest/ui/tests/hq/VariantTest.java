package org.standfest.ui.tests.hq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.swt.widgets.Display;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.standfest.ui.tests.bot.Bot;
import org.standfest.ui.tests.bot.BotChoice;
import org.standfest.ui.tests.bot.BotTable;
import org.standfest.ui.tests.bot.ScreenshotOnFailure;

@ExtendWith(ScreenshotOnFailure.class)
class VariantTest {

    private static final String VARIANT = "Municipality (variant)";

    private final Bot bot = new Bot(Display.getDefault());
    private final Desk desk = new Desk(bot);

    @BeforeEach
    void openTheMunicipality() {
        desk.clear();
        desk.open(Desk.EXAMPLES.resolve("municipality.topology"));
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void aVariantIsComparedWithWhatItCameFromSideBySide() {
        bot.menu("Design", "Go on with a variant");
        desk.waitForEditor(VARIANT);
        bot.menu("Design", "Comparison");
        BotChoice with = new BotChoice(bot, "compare.with");
        bot.waitUntil("the other one", () -> with.items().contains("municipality"));
        with.choose("municipality");
        // Its own name is the first difference.
        desk.waitForLabel("compare.summary", it -> it.startsWith("One difference"));

        bot.tree().select(VARIANT, "Sites (3)", "Town hall", "avance-1");
        bot.text("property.memoryMiB").typeAndEnter("65,536");
        desk.waitForLabel("compare.summary", it -> it.startsWith("2 differences"));
        new BotTable(bot, "compare.differences").waitFor("the host", it -> it.contains("avance-1"));
        BotTable figures = new BotTable(bot, "compare.figures");
        figures.waitFor("availability", it -> it.contains("99."));
        assertTrue(figures.size() > 5, () -> figures.rows().toString());

        // Seen from the other side it is the same comparison.
        desk.bringToFront("municipality");
        desk.waitForLabel("compare.summary", it -> it.equals("2 differences in municipality"));
        assertEquals(VARIANT, with.chosen());
    }
}
