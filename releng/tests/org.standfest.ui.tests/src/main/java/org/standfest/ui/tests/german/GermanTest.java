package org.standfest.ui.tests.german;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.WorkbenchException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.standfest.ui.tests.bot.Bot;
import org.standfest.ui.tests.bot.ScreenshotOnFailure;

import java.util.Locale;

@ExtendWith(ScreenshotOnFailure.class)
class GermanTest {

    private final Bot bot = new Bot(Display.getDefault());

    @Test
    void runsInGerman() {
        assertEquals("de", Locale.getDefault().getLanguage());
    }

    @Test
    void welcomesDrawsAndEditsInGerman() {
        bot.menu("Hilfe", "Willkommen");
        bot.label("Willkommen bei Standfest Zentrale");
        bot.click(bot.widget("example.municipality.topology"));
        bot.tree().select("Municipality", "Standorte (3)", "Town hall", "avance-1");
        bot.label("Arbeitsspeicher");
        bot.text("property.memoryMiB").typeAndEnter("16.384");
        bot.waitUntil(
                "a changed document",
                () ->
                        PlatformUI.getWorkbench()
                                .getActiveWorkbenchWindow()
                                .getActivePage()
                                .getActiveEditor()
                                .isDirty());
        bot.menu("Bearbeiten", "Rückgängig");
        bot.waitUntil(
                "the old amount", () -> bot.text("property.memoryMiB").getText().equals("163.840"));
    }

    @Test
    void offersAStandbyInGerman() {
        bot.ui(
                () -> {
                    try {
                        return PlatformUI.getWorkbench()
                                .showPerspective(
                                        "org.standfest.restore.ui.perspective",
                                        PlatformUI.getWorkbench().getActiveWorkbenchWindow());
                    } catch (WorkbenchException bug) {
                        throw new AssertionError(bug);
                    }
                });
        bot.follow(bot.link("umsehen"));
        bot.label(words -> words.startsWith("Geschützte Systeme auf"), "the title");
        assertTrue(
                bot.ui(
                        () ->
                                bot.label(words -> words.contains("im Notbetrieb"), "the summary")
                                        .getText()
                                        .contains("ausgefallen")));
    }
}
