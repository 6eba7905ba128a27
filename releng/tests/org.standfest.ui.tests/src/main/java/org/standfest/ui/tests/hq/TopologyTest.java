package org.standfest.ui.tests.hq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.core.runtime.preferences.IEclipsePreferences;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.swt.widgets.Display;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.ui.tests.bot.Bot;
import org.standfest.ui.tests.bot.ScreenshotOnFailure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

@ExtendWith(ScreenshotOnFailure.class)
class TopologyTest {

    private final Bot bot = new Bot(Display.getDefault());
    private final Desk desk = new Desk(bot);
    @TempDir Path folder;
    private Path file;

    @BeforeEach
    void copyAnExample() throws IOException {
        file =
                Files.copy(
                        Desk.EXAMPLES.resolve("municipality.topology"),
                        folder.resolve("town.topology"));
        desk.clear();
        IEclipsePreferences node = InstanceScope.INSTANCE.getNode("org.standfest.designer.ui");
        node.put("recent.0", file.toString());
        bot.menu("Help", "Welcome");
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private void openTheCopy() {
        bot.follow(bot.link("town.topology"));
        desk.waitForEditor("town");
    }

    @Test
    void opensAnExampleFromTheWelcomePageAsACopyWithoutAPlace() {
        bot.click(bot.widget("example.municipality.topology"));
        desk.waitForEditor("municipality");
        bot.widget("drawing");
        assertTrue(bot.tree().has("Municipality", "Sites (3)", "Town hall", "avance-1"));
        desk.waitForChanged(false);
    }

    @Test
    void editsAPropertyUndoesRedoesAndSaves() throws IOException {
        openTheCopy();
        bot.tree().select("Municipality", "Sites (3)", "Depot");
        bot.waitUntil("its properties", () -> nameShown("Depot"));
        bot.text("property.name").typeAndEnter("Building yard");
        desk.waitForChanged(true);
        assertTrue(bot.tree().has("Municipality", "Sites (3)", "Building yard"));

        bot.menu("Edit", "Undo");
        bot.waitUntil("the old name", () -> nameShown("Depot"));
        desk.waitForChanged(false);
        bot.menu("Edit", "Redo");
        bot.waitUntil("the new name", () -> nameShown("Building yard"));

        bot.menu("File", "Save");
        desk.waitForChanged(false);
        assertTrue(Files.readString(file).contains("name=\"Building yard\""));
    }

    private boolean nameShown(String name) {
        return name.equals(bot.text("property.name").getText());
    }

    @Test
    void refusesAFigureOutOfRangeAndSaysWhy() throws IOException {
        openTheCopy();
        bot.tree().select("Municipality", "Sites (3)", "Town hall", "avance-1");
        bot.text("property.targetCpuPercent").typeAndEnter("130");
        bot.widget("properties.problem");
        desk.waitForChanged(false);
        assertFalse(Files.readString(file).contains("targetCpuPercent=\"130\""));
    }

    @Test
    void tellsWhatIsWrongWithADamagedFile() throws IOException {
        Files.writeString(file, "<topology");
        bot.follow(bot.link("town.topology"));
        bot.shell("Not possible at the moment");
        bot.button("Close").click();
        assertEquals("Welcome", desk.title());
    }

    @Test
    void asksBeforeChangesAreLost() {
        openTheCopy();
        bot.tree().select("Municipality", "Sites (3)", "Depot");
        bot.text("property.name").typeAndEnter("Changed");
        desk.waitForChanged(true);
        bot.menu("File", "Close");
        bot.button("Go on editing").click();
        desk.waitForEditor("town");
        bot.menu("File", "Close");
        bot.button("Close without saving").click();
        desk.waitForEditor("Welcome");
    }
}
