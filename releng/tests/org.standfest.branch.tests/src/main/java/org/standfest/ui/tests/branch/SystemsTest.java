package org.standfest.ui.tests.branch;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.swt.widgets.Display;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.ui.tests.bot.Bot;
import org.standfest.ui.tests.bot.ScreenshotOnFailure;

import java.nio.file.Path;
import java.util.Optional;

/** One clerk's way with one standby: enrol, see, lose it, get it back, leave. In this order. */
@ExtendWith(ScreenshotOnFailure.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SystemsTest {

    @TempDir static Path home;
    private static TestStandby standby;
    private final Bot bot = new Bot(Display.getDefault());

    @BeforeAll
    static void startAStandby() {
        standby = new TestStandby(home, 0);
    }

    @Test
    @Order(1)
    void saysWhatIsMissingBeforeItAsksAnybody() {
        bot.label("Connect with your standby");
        bot.text("enrol.address").setText(standby.address());
        bot.button("Connect").click();
        String missing = "The one-time code is missing.";
        bot.waitUntil(
                missing,
                () -> bot.shown("enrol.hint").map(Bot::words).equals(Optional.of(missing)));
    }

    @Test
    @Order(2)
    void tellsWhenACodeIsNotValid() {
        bot.text("enrol.address").setText(standby.address());
        bot.text("enrol.code").setText("0000-0000");
        bot.button("Connect").click();
        bot.shell("Not possible at the moment");
        bot.button("Close").click();
    }

    @Test
    @Order(3)
    void enrolsAndShowsEverySystemWithItsState() {
        bot.text("enrol.address").setText(standby.address());
        bot.text("enrol.code").setText(standby.code());
        bot.button("Connect").click();
        bot.label(words -> words.startsWith("Protected systems on"), "the title");
        for (String system : new String[] {"ledger", "mail", "files", "directory", "registry"}) {
            bot.widget("system." + system);
        }
        bot.label(words -> words.startsWith("Ready. The copy is"), "the sentence of the ledger");
        assertTrue(bot.button("Start on the standby").isEnabled());
    }

    @Test
    @Order(4)
    void asksBeforeItStartsAnythingAndLeavesAWayBack() {
        bot.button("Start on the standby").click();
        bot.label(words -> words.endsWith("really not work any more?"), "the question");
        bot.button("No, it works").click();
        bot.widget("system.ledger");
    }

    @Test
    @Order(5)
    void tellsThatTheStandbyIsSilentAndShowsWhatWasKnown() {
        standby.close();
        bot.button("Try again now");
        bot.label("What you see below is what was known last.");
        bot.widget("system.ledger");
        assertTrue(!bot.button("Start on the standby").isEnabled());
    }

    @Test
    @Order(6)
    void comesBackByItself() {
        standby = new TestStandby(home, standby.port());
        bot.label(words -> words.startsWith("Protected systems on"), "the title");
    }

    @Test
    @Order(7)
    void leavesTheStandby() {
        bot.menu("File", "Leave the standby…");
        bot.button("Leave the standby").click();
        bot.label("Connect with your standby");
        standby.close();
    }
}
