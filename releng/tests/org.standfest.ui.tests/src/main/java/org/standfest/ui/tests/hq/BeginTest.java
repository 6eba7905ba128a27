package org.standfest.ui.tests.hq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.standfest.ui.tests.bot.Bot;
import org.standfest.ui.tests.bot.BotChoice;
import org.standfest.ui.tests.bot.BotTree;
import org.standfest.ui.tests.bot.ScreenshotOnFailure;

import java.util.List;

/** How a topology and its person begin. */
@ExtendWith(ScreenshotOnFailure.class)
class BeginTest {

    private final Bot bot = new Bot(Display.getDefault());
    private final Desk desk = new Desk(bot);

    @BeforeEach
    void clear() {
        desk.clear();
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private void ask() {
        bot.menu("File", "New topology from\u2026");
        bot.shell("New topology");
    }

    @Test
    void anEmptySheetCarriesItsName() {
        ask();
        bot.text("begin.name").setText("Harbour");
        bot.button("Begin drawing").click();
        desk.waitForEditor("Harbour");
    }

    @Test
    void aPatternIsShownBeforeItIsLaidOnTheNewSheet() {
        ask();
        bot.text("begin.name").setText("Harbour");
        bot.choose("begin.PATTERN");
        bot.button("Choose the pattern").click();
        bot.shell("Lay a pattern");
        bot.button("Lay the pattern").click();
        desk.waitForEditor("Harbour");
        BotTree tree = bot.tree();
        bot.waitUntil("sites", () -> tree.has("Harbour", "Sites (3)"));
        bot.menu("Edit", "Undo");
        bot.waitUntil("an empty sheet", () -> !tree.has("Harbour", "Sites (3)"));
    }

    @Test
    void anExampleOpensAsACopyAndCancelOpensNothing() {
        ask();
        bot.button("Cancel").click();
        assertEquals(0, desk.editors());
        ask();
        bot.choose("begin.EXAMPLE");
        BotChoice examples = new BotChoice(bot, "begin.list.EXAMPLE");
        assertEquals(10, examples.items().size());
        bot.button("Open the example").click();
        bot.waitUntil("an example", () -> desk.editors() == 1);
        desk.waitForChanged(false);
    }

    @Test
    void theFirstStepsNoticeByThemselvesWhatIsDone() {
        bot.menu("Help", "First steps");
        desk.waitForLabel("steps.progress", it -> it.startsWith("0 of 11"));
        desk.open(Desk.EXAMPLES.resolve("municipality.topology"));
        desk.waitForLabel("steps.progress", it -> it.matches("(9|1[01]) of 11.*|All .*"));
    }

    @Test
    void helpShowsThePageOfThePartAndFindsWords() {
        desk.open(Desk.EXAMPLES.resolve("municipality.topology"));
        bot.tree().select("Municipality", "Sites (3)");
        bot.menu("Help", "Help for this part of the window");
        bot.text("help.search").setText("RVTools");
        assertTrue(pages().contains("Files of other programs"), () -> pages().toString());
        assertTrue(pages().size() < 5, () -> pages().toString());
        bot.text("help.search").setText("xyzzy");
        bot.label("No page has these words.");
        bot.text("help.search").setText("");
        assertEquals(13, pages().size());
    }

    private List<String> pages() {
        Control list = bot.widget("help.pages");
        return bot.ui(() -> List.of(((org.eclipse.swt.widgets.List) list).getItems()));
    }
}
