package org.standfest.ui.tests.hq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.core.runtime.preferences.IEclipsePreferences;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Table;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PlatformUI;
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
import java.util.Arrays;

@ExtendWith(ScreenshotOnFailure.class)
class TopologyTest {

    private static final Path EXAMPLES = Path.of(System.getProperty("standfest.root"), "examples");

    private final Bot bot = new Bot(Display.getDefault());
    @TempDir Path folder;
    private Path file;

    @BeforeEach
    void copyAnExample() throws IOException {
        file =
                Files.copy(
                        EXAMPLES.resolve("municipality.topology"), folder.resolve("town.topology"));
        closeAll();
        IEclipsePreferences node = InstanceScope.INSTANCE.getNode("org.standfest.designer.ui");
        node.put("recent.0", file.toString());
        bot.menu("Help", "Welcome");
    }

    @AfterEach
    void closeAll() {
        bot.ui(() -> page().closeAllEditors(false));
    }

    private static IWorkbenchPage page() {
        return PlatformUI.getWorkbench().getActiveWorkbenchWindow().getActivePage();
    }

    private IEditorPart editor() {
        return bot.ui(() -> page().getActiveEditor());
    }

    private void openTheCopy() {
        bot.follow(bot.link("town.topology"));
        bot.waitUntil("the editor", () -> "town".equals(title()));
    }

    private static String title() {
        IEditorPart editor = page().getActiveEditor();
        return editor == null ? "" : editor.getTitle();
    }

    @Test
    void opensAnExampleFromTheWelcomePageAsACopyWithoutAPlace() {
        bot.click(bot.widget("example.municipality.topology"));
        bot.waitUntil("the editor", () -> "municipality".equals(title()));
        bot.widget("drawing");
        assertTrue(bot.tree().has("Municipality", "Sites (3)", "Town hall", "avance-1"));
        assertFalse(bot.ui(() -> editor().isDirty()));
    }

    @Test
    void editsAPropertyUndoesRedoesAndSaves() throws IOException {
        openTheCopy();
        bot.tree().select("Municipality", "Sites (3)", "Depot");
        bot.waitUntil("its properties", () -> nameShown("Depot"));
        bot.text("property.name").typeAndEnter("Building yard");
        bot.waitUntil("a changed document", () -> page().getActiveEditor().isDirty());
        assertTrue(bot.tree().has("Municipality", "Sites (3)", "Building yard"));

        bot.menu("Edit", "Undo");
        bot.waitUntil("the old name", () -> nameShown("Depot"));
        assertFalse(bot.ui(() -> editor().isDirty()));
        bot.menu("Edit", "Redo");
        bot.waitUntil("the new name", () -> nameShown("Building yard"));

        bot.menu("File", "Save");
        bot.waitUntil("a saved document", () -> !page().getActiveEditor().isDirty());
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
        assertFalse(bot.ui(() -> editor().isDirty()));
        assertFalse(Files.readString(file).contains("targetCpuPercent=\"130\""));
    }

    @Test
    void findsAHostThatIsTooSmallWhileEditing() {
        openTheCopy();
        bot.tree().select("Municipality", "Sites (3)", "Town hall", "avance-1");
        bot.text("property.memoryMiB").typeAndEnter("16,384");
        Table findings = bot.table("findings.table");
        bot.waitUntil("a finding", () -> tooSmall(findings));
        bot.menu("Edit", "Undo");
        bot.waitUntil("no finding", () -> !tooSmall(findings));
    }

    private static boolean tooSmall(Table findings) {
        return !findings.isDisposed()
                && Arrays.stream(findings.getItems())
                        .anyMatch(row -> row.getText(2).contains("avance-1 need"));
    }

    @Test
    void tellsWhatIsWrongWithADamagedFile() throws IOException {
        Files.writeString(file, "<topology");
        bot.follow(bot.link("town.topology"));
        bot.shell("Not possible at the moment");
        bot.button("Close").click();
        assertEquals("Welcome", bot.ui(TopologyTest::title));
    }

    @Test
    void asksBeforeChangesAreLost() {
        openTheCopy();
        bot.tree().select("Municipality", "Sites (3)", "Depot");
        bot.text("property.name").typeAndEnter("Changed");
        bot.waitUntil("a changed document", () -> page().getActiveEditor().isDirty());
        bot.menu("File", "Close");
        bot.button("Go on editing").click();
        bot.waitUntil("the editor still there", () -> "town".equals(title()));
        bot.menu("File", "Close");
        bot.button("Close without saving").click();
        bot.waitUntil("the editor gone", () -> !"town".equals(title()));
    }
}
