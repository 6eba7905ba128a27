package org.standfest.ui.tests.hq;

import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Link;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.standfest.ui.tests.bot.Bot;
import org.standfest.ui.tests.bot.BotTable;
import org.standfest.ui.tests.bot.ScreenshotOnFailure;

import java.util.List;

@ExtendWith(ScreenshotOnFailure.class)
class FixingTest {

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
    void aWayOutOfAFindingIsOneStepAndEndsIt() {
        bot.tree().select("Municipality", "Sites (3)", "Town hall", "avance-1");
        bot.text("property.memoryMiB").typeAndEnter("16,384");
        BotTable findings = new BotTable(bot, "findings.table");
        findings.waitFor("too little memory", FixingTest::tooLittle);
        List<String> rows = findings.rows();
        int row = 0;
        while (!tooLittle(rows.get(row))) {
            row++;
        }
        findings.choose(row);
        bot.follow((Link) bot.widget("findings.way.0"));
        waitUntilGone(findings);
        desk.waitForChanged(true);
        bot.menu("Edit", "Undo");
        findings.waitFor("too little memory again", FixingTest::tooLittle);
        bot.menu("Edit", "Undo");
        waitUntilGone(findings);
        desk.waitForChanged(false);
    }

    private void waitUntilGone(BotTable findings) {
        bot.waitUntil(
                "the finding is gone",
                () -> findings.rows().stream().noneMatch(FixingTest::tooLittle));
    }

    private static boolean tooLittle(String row) {
        return row.contains("avance-1 need");
    }
}
