package org.standfest.ui.tests.hq;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.swt.widgets.Display;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.ui.tests.bot.Bot;
import org.standfest.ui.tests.bot.BotTable;
import org.standfest.ui.tests.bot.ScreenshotOnFailure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

@ExtendWith(ScreenshotOnFailure.class)
class PatternTest {

    private static final int PATTERNS = 11;

    private final Bot bot = new Bot(Display.getDefault());
    private final Desk desk = new Desk(bot);
    @TempDir Path folder;
    private Path file;

    @BeforeEach
    void openACopy() throws IOException {
        desk.clear();
        file =
                Files.copy(
                        Desk.EXAMPLES.resolve("municipality.topology"),
                        folder.resolve("town.topology"));
        desk.open(file);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private BotTable patterns() {
        bot.menu("Design", "Lay pattern\u2026");
        bot.shell("Lay a pattern");
        return new BotTable(bot, "patterns.list");
    }

    @Test
    void everyPatternIsLaidAndTakenBackToTheByte() throws IOException {
        byte[] before = Files.readAllBytes(file);
        for (int pattern = 0; pattern < PATTERNS; pattern++) {
            BotTable list = patterns();
            assertEquals(PATTERNS, list.size());
            list.choose(pattern);
            assertFalse(desk.label("patterns.changes").isBlank(), desk.label("patterns.verdict"));
            bot.button("Lay the pattern").click();
            desk.waitForChanged(true);
            bot.menu("File", "Save");
            desk.waitForChanged(false);
            assertTrue(Files.size(file) > before.length, "pattern " + pattern);
            bot.menu("Edit", "Undo");
            desk.waitForChanged(true);
            bot.menu("File", "Save");
            desk.waitForChanged(false);
            assertArrayEquals(before, Files.readAllBytes(file));
        }
    }

    @Test
    void saysWhyAPatternDoesNotFitAndChangesNothing() {
        bot.tree().select("Municipality", "Sites (3)", "Fire station", "quorum-1");
        BotTable list = patterns();
        list.choose(0);
        assertFalse(desk.label("patterns.verdict").isBlank());
        assertEquals("", desk.label("patterns.changes"));
        assertFalse(bot.button("Lay the pattern").isEnabled());
        bot.button("Cancel").click();
        desk.waitForEditor("town");
        desk.waitForChanged(false);
    }
}
