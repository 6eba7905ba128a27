package org.standfest.ui.tests.hq;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.standfest.ui.tests.bot.Bot;
import org.standfest.ui.tests.bot.ScreenshotOnFailure;

@ExtendWith(ScreenshotOnFailure.class)
class AnalysisTest {

    private final Bot bot = new Bot(Display.getDefault());
    private final Desk desk = new Desk(bot);

    @BeforeEach
    void openTheMunicipality() {
        desk.clear();
        bot.menu("Help", "Welcome");
        bot.click(bot.widget("example.municipality.topology"));
        desk.waitForEditor("municipality");
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void ranksWeakSpotsAndChoosesThemInTheTree() {
        bot.menu("Analysis", "Weak spots");
        Table spots = bot.table("weakspots.table");
        bot.waitUntil("weak spots", () -> spots.getItemCount() > 3);
        bot.ui(
                () -> {
                    for (int i = 0; i < spots.getItemCount(); i++) {
                        if (spots.getItem(i).getText(1).endsWith("civil-register")) {
                            spots.setSelection(i);
                        }
                    }
                    spots.notifyListeners(SWT.Selection, null);
                    return null;
                });
        bot.waitUntil(
                "its properties",
                () -> "civil-register".equals(bot.text("property.name").getText()));
    }

    @Test
    void listsServicesAndCombinations() {
        bot.menu("Analysis", "Availability");
        Table services = bot.table("availability.table");
        bot.waitUntil("eleven services", () -> services.getItemCount() == 11);
        assertTrue(
                bot.ui(() -> services.getItem(0).getText(1)).matches(".*99\\.\\d+\u00a0%\\*?"),
                () -> bot.ui(() -> services.getItem(0).getText(1)));
        bot.menu("Analysis", "Combinations");
        Table sets = bot.table("cutsets.table");
        bot.waitUntil("combinations", () -> sets.getItemCount() > 10);
    }

    @Test
    void showsTheWeekOfTheChosenHost() {
        bot.menu("Analysis", "Capacity");
        Table hosts = bot.table("capacity.table");
        bot.waitUntil("hosts", () -> hosts.getItemCount() > 1);
        String name =
                bot.ui(
                        () -> {
                            hosts.setSelection(1);
                            hosts.notifyListeners(SWT.Selection, null);
                            return hosts.getItem(1).getText(0).strip();
                        });
        bot.waitUntil("its properties", () -> name.equals(bot.text("property.name").getText()));
        assertTrue(bot.ui(bot.widget("capacity.week")::isVisible));
    }

    @Test
    void highlightsAllPartsOfTheChosenCombination() {
        bot.menu("Analysis", "Combinations");
        Table sets = bot.table("cutsets.table");
        bot.waitUntil("combinations", () -> sets.getItemCount() > 10);
        String together =
                bot.ui(
                        () -> {
                            int pair = 0;
                            while (!ofTwoElements(sets.getItem(pair))) {
                                pair++;
                            }
                            sets.setSelection(pair);
                            sets.notifyListeners(SWT.Selection, null);
                            return sets.getItem(pair).getText(1);
                        });
        bot.waitUntil("both parts of " + together, () -> bot.tree().selected() == 2);
    }

    /** Two parts may belong to one element: then their names begin alike. */
    private static boolean ofTwoElements(TableItem set) {
        String[] parts = set.getText(1).strip().split(" {2}\\+ {2}");
        return parts.length == 2 && !parts[0].split(" \\(")[0].equals(parts[1].split(" \\(")[0]);
    }
}
