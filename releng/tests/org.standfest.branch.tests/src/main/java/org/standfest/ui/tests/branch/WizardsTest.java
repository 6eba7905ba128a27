package org.standfest.ui.tests.branch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.hypervisor.Machine;
import org.standfest.management.Action;
import org.standfest.management.Contact;
import org.standfest.management.ContactList;
import org.standfest.management.OperationStatus;
import org.standfest.management.RecoveryCall;
import org.standfest.management.Role;
import org.standfest.management.SystemState;
import org.standfest.management.guide.GuideStep;
import org.standfest.standby.journey.GuestStage;
import org.standfest.standby.journey.JourneyStage;
import org.standfest.ui.tests.bot.Bot;
import org.standfest.ui.tests.bot.ScreenshotOnFailure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A clerk walks all wizards against a real standby whose guest really boots: first in English, then
 * the same standby in German. One guest and one standby for all; every page is kept as a picture in
 * {@code target/screenshots}.
 */
@Tag("engine")
@Timeout(900)
@ExtendWith(ScreenshotOnFailure.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WizardsTest {

    private static final String VIEW = "org.standfest.restore.ui.start";

    @TempDir static Path folder;
    private static GuestStage guest;
    private static Locale before;
    private final Bot bot = new Bot(Display.getDefault());

    @BeforeAll
    static void startAGuestAndItsStandby() throws IOException {
        before = Locale.getDefault();
        guest = new GuestStage(folder);
        JourneyStage stage = guest.stage();
        stage.succeeded(stage.client().begin("ledger", Action.REPLICATE));
        Contact help = new Contact("Help desk", "looks after the standby", "030 23125 000");
        stage.client().ask(new RecoveryCall.NameContacts(new ContactList(List.of(help)))).orThrow();
    }

    @AfterAll
    static void end() throws IOException {
        Locale.setDefault(before);
        if (guest != null) {
            newMachine().ifPresent(Machine::kill);
            guest.close();
        }
    }

    @Test
    @Order(1)
    void enrolsWithTheRealStandby() {
        JourneyStage stage = guest.stage();
        bot.text("enrol.address").setText(stage.address());
        bot.text("enrol.code")
                .setText(stage.client().inviteOperator("clerk", Role.ACTIVATE).orThrow().code());
        bot.button("Connect").click();
        bot.widget("system.ledger");
    }

    @Test
    @Order(2)
    void rehearsesAStartAndSeesItsPicture() throws IOException {
        bot.button("Rehearse a start").click();
        page(GuideStep.REHEARSAL_START);
        bot.button("Rehearse the start of \"ledger\"").click();
        page(GuideStep.REHEARSAL_WORK);
        page(GuideStep.REHEARSAL_END);
        bot.widget("guide.picture");
        bot.button("Done").click();
        bot.label(words -> words.contains("proved to start"), "the proof on the card");
    }

    @Test
    @Order(3)
    void startsTheFailedSystemOnTheStandby() throws IOException {
        guest.primary().kill();
        walkToTheStandby("Start on the standby", "Yes, it does not work", "Yes, go on");
        bot.button("Start \"ledger\" on the standby").click();
        page(GuideStep.RESTORE_WORK);
        page(GuideStep.RESTORE_END);
        assertEquals(SystemState.EMERGENCY_OPERATION, guest.stage().system().state());
        bot.button("Done").click();
    }

    @Test
    @Order(4)
    void bringsItHomeAndFindsTheWorkAgainAfterTheWindowWasClosed() throws IOException {
        bot.button("Bring home").click();
        page(GuideStep.RETURN_TARGET);
        bot.choose("guide.choice.agent-one");
        bot.waitUntil("a way on", () -> bot.button("Next").isEnabled());
        bot.button("Next").click();
        page(GuideStep.RETURN_WINDOW);
        bot.choose("guide.choice." + later());
        bot.button("Next").click();
        page(GuideStep.RETURN_START);
        bot.choose("guide.choice.directly");
        bot.button("Bring \"ledger\" home").click();
        page(GuideStep.RETURN_WORK);
        reopen(Locale.ENGLISH);
        page(GuideStep.RETURN_WORK);
        bot.button("Go on now").click();
        page(GuideStep.RETURN_END);
        assertEquals(SystemState.NORMAL_OPERATION, guest.stage().system().state());
        bot.button("It works").click();
        bot.widget("system.ledger");
    }

    @Test
    @Order(5)
    void startsItInGerman() throws IOException {
        reopen(Locale.GERMAN);
        OperationStatus copied =
                guest.stage().succeeded(guest.stage().client().begin("ledger", Action.REPLICATE));
        assertTrue(copied.finishedAt().isPresent());
        newMachine().orElseThrow().kill();
        walkToTheStandby("Auf dem Notfallserver starten", "Ja, es läuft nicht", "Ja, weiter");
        bot.button("„ledger“ auf dem Notfallserver starten").click();
        page(GuideStep.RESTORE_WORK);
        page(GuideStep.RESTORE_END);
        bot.button("Fertig").click();
    }

    @Test
    @Order(6)
    void bringsItHomeInGerman() throws IOException {
        bot.button("Zurückführen").click();
        page(GuideStep.RETURN_TARGET);
        bot.choose("guide.choice.agent-one");
        bot.waitUntil("a way on", () -> bot.button("Weiter").isEnabled());
        bot.button("Weiter").click();
        page(GuideStep.RETURN_WINDOW);
        bot.button("Weiter").click();
        page(GuideStep.RETURN_START);
        bot.choose("guide.choice.directly");
        bot.button("„ledger“ zurückführen").click();
        page(GuideStep.RETURN_WORK);
        page(GuideStep.RETURN_END);
        bot.button("Ja, es läuft").click();
        bot.widget("system.ledger");
    }

    @Test
    @Order(7)
    void rehearsesInGermanAndLeaves() throws IOException {
        bot.popup("Mehr", "Start proben");
        page(GuideStep.REHEARSAL_START);
        bot.button("Start von „ledger“ proben").click();
        page(GuideStep.REHEARSAL_WORK);
        page(GuideStep.REHEARSAL_END);
        bot.button("Fertig").click();
        bot.widget("system.ledger");
        reopen(before);
        bot.menu("File", "Leave the standby…");
        bot.button("Leave the standby").click();
        bot.label("Connect with your standby");
    }

    private void walkToTheStandby(String card, String failed, String good) throws IOException {
        bot.button(card).click();
        page(GuideStep.RESTORE_FAILED);
        bot.button(failed).click();
        page(GuideStep.RESTORE_COPY);
        bot.button(good).click();
        page(GuideStep.RESTORE_START);
    }

    /** Waits for a page by its title and keeps a picture of it. */
    private void page(GuideStep step) throws IOException {
        Locale language = Locale.getDefault();
        String title = step.title(language, "ledger");
        bot.label(title);
        ScreenshotOnFailure.take("Wizards." + language.getLanguage() + "." + step.name());
    }

    /** Closes the page as with the window and opens it again, in this language. */
    private void reopen(Locale language) {
        Locale.setDefault(language);
        bot.ui(
                () -> {
                    IWorkbenchPage page =
                            PlatformUI.getWorkbench().getActiveWorkbenchWindow().getActivePage();
                    page.hideView(page.findView(VIEW));
                    try {
                        return page.showView(VIEW);
                    } catch (PartInitException bug) {
                        throw new AssertionError(bug);
                    }
                });
    }

    /** A window that is not open now. */
    private static String later() {
        int hour = LocalTime.now().getHour();
        return hour >= 5 && hour < 21 ? "TONIGHT" : "WEEKEND";
    }

    /** The machine that the agent landed last. */
    private static Optional<Machine> newMachine() throws IOException {
        Path returns = folder.resolve("agent-one").resolve("agent").resolve("returns");
        if (!Files.isDirectory(returns)) {
            return Optional.empty();
        }
        try (Stream<Path> all = Files.list(returns)) {
            return all.map(it -> it.resolve("landed").resolve("machine"))
                    .flatMap(it -> guest.qemu().find(it).stream())
                    .findFirst();
        }
    }
}
