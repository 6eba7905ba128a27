package org.standfest.ui.tests.branch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.MenuItem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.ui.tests.bot.Bot;
import org.standfest.ui.tests.bot.ScreenshotOnFailure;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every page of every wizard can be walked by somebody who sees nothing of it. */
@ExtendWith(ScreenshotOnFailure.class)
class WizardsTest {

    @TempDir static Path home;
    private final Bot bot = new Bot(Display.getDefault());
    private TestStandby standby;

    @BeforeEach
    void enrol() {
        standby = new TestStandby(home, 0);
        bot.label("Connect with your standby");
        allNamed();
        bot.text("enrol.address").setText(standby.address());
        bot.text("enrol.code").setText(standby.code());
        bot.button("Connect").click();
        page("Protected systems on ");
    }

    @AfterEach
    void leave() {
        bot.menu("File", "Leave the standby…");
        bot.button("Leave the standby").click();
        bot.label("Connect with your standby");
        standby.close();
    }

    @Test
    void everythingOnEveryPageOfEveryWizardHasAName() {
        restore();
        bringHome();
        rehearse();
        askSomebody();
        move();
        contacts();
    }

    private void restore() {
        bot.button("Start on the standby").click();
        page("Does \"Mail server\" really not work any more?");
        bot.button("Yes, it does not work").click();
        page("Is the copy of \"Mail server\" recent enough?");
        bot.button("Yes, go on").click();
        page("Start \"Mail server\" on the standby?");
        bot.button("Start \"Mail server\" on the standby").click();
        page("The standby is starting \"Mail server\"");
        page("\"Mail server\" works again, on the standby");
    }

    private void bringHome() {
        bot.button("Bring it home").click();
        page("Which machine shall \"Mail server\" go home to?");
        bot.choose("guide.choice.agent-townhall");
        bot.button("Next").click();
        page("When may \"Mail server\" be away for a short time?");
        bot.button("Next").click();
        page("Bring \"Mail server\" home?");
        bot.button("Bring \"Mail server\" home").click();
        page("\"Mail server\" is on its way home");
        page("Does \"Mail server\" work at home?");
        bot.button("It works").click();
        page("Protected systems on ");
    }

    private void rehearse() {
        choose("ledger", "Rehearse a start");
        page("Prove that the copy of \"Ledger\" starts?");
        bot.button("Rehearse the start of \"Ledger\"").click();
        page("The copy of \"Ledger\" is being started for the rehearsal");
        page("What the rehearsal of \"Ledger\" has shown");
        bot.button("Done").click();
    }

    private void askSomebody() {
        standby.second().wanted(true);
        choose("ledger", "Move to the standby");
        page("Move \"Ledger\" to the standby?");
        bot.button("Move \"Ledger\" to the standby").click();
        page("A second person must agree");
        bot.button("To the start page (the request stays)").click();
        page("Protected systems on ");
        bot.widget("release.ledger");
        allNamed();
        bot.button("Take the request back").click();
        bot.waitUntil("no request", () -> bot.shown("release.ledger").isEmpty());
        standby.second().wanted(false);
    }

    private void move() {
        choose("ledger", "Move to the standby");
        page("Move \"Ledger\" to the standby?");
        bot.button("Move \"Ledger\" to the standby").click();
        page("\"Ledger\" is moving to the standby");
        bot.button("Cancel and take back").click();
        page("The work for \"Ledger\" was cancelled");
        bot.button("To the start page").click();
        page("Protected systems on ");
    }

    private void contacts() {
        bot.menu("File", "Whom to call in an emergency…");
        bot.shell("Whom to call in an emergency");
        allNamed();
        bot.text("contacts.phone.1").setText("030 23125 001");
        bot.button("Keep these numbers").click();
    }

    /** Chooses what a card offers behind "More"; cards are made anew when their order changes. */
    private void choose(String systemId, String action) {
        boolean chosen = false;
        while (!chosen) {
            Control card = bot.widget("system." + systemId);
            chosen = bot.ui(() -> !card.isDisposed() && chooses((Composite) card, action));
        }
    }

    private static boolean chooses(Composite card, String action) {
        Button more = buttons(card).filter(it -> it.getText().equals("More")).findFirst().get();
        more.notifyListeners(SWT.Selection, new Event());
        MenuItem[] items = more.getMenu().getItems();
        more.getMenu().setVisible(false);
        Optional<MenuItem> item =
                Stream.of(items).filter(it -> it.getText().equals(action)).findFirst();
        item.ifPresent(it -> it.notifyListeners(SWT.Selection, new Event()));
        return item.isPresent();
    }

    private static Stream<Button> buttons(Control in) {
        return switch (in) {
            case Button button -> Stream.of(button);
            case Composite composite ->
                    Stream.of(composite.getChildren()).flatMap(WizardsTest::buttons);
            default -> Stream.of();
        };
    }

    /** Waits for a page whose title begins like this and looks at all that is on it. */
    private void page(String title) {
        bot.label(words -> words.startsWith(title), title);
        allNamed();
    }

    private void allNamed() {
        assertEquals(
                List.of(), bot.ui(() -> NamelessWidgets.in(Display.getCurrent())), "has no name");
    }
}
