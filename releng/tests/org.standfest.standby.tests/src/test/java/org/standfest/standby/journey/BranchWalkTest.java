package org.standfest.standby.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.hypervisor.Machine;
import org.standfest.management.Action;
import org.standfest.management.Contact;
import org.standfest.management.ContactList;
import org.standfest.management.PossibleAction;
import org.standfest.management.RecoveryCall;
import org.standfest.management.Role;
import org.standfest.management.StandbyClient;
import org.standfest.management.SystemState;
import org.standfest.management.guide.GuideStep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A clerk walks all wizards of the packed Branch product with the keyboard alone, first in English,
 * then in German, against a real standby whose guest really boots. Every page is kept as a picture
 * in {@code target/screenshots}.
 */
@Tag("engine")
@Timeout(1800)
class BranchWalkTest {

    private static final String WAITS = "\"ledger\" waits for its time";

    @TempDir Path folder;
    private Screen screen;
    private GuestStage guest;
    private Path product;
    private BranchProgram branch;

    @Test
    void walksAllWizardsInBothLanguagesWithTheKeyboardAlone() throws IOException {
        product = BranchProgram.copy(folder.resolve("product"));
        Files.createDirectories(folder.resolve("home"));
        try (Screen display = new Screen(folder.resolve("screen"));
                GuestStage started = new GuestStage(folder)) {
            screen = display;
            guest = started;
            guest.stage().succeeded(client().begin("ledger", Action.REPLICATE));
            Contact help = new Contact("Help desk", "looks after the standby", "030 23125 000");
            client().ask(new RecoveryCall.NameContacts(new ContactList(List.of(help)))).orThrow();
            open(Locale.ENGLISH);
            enrol();
            rehearse(Locale.ENGLISH);
            fail(Locale.ENGLISH);
            restore(Locale.ENGLISH);
            returnsThroughEveryInterruption();
            branch.close();
            guest.stage().succeeded(client().begin("ledger", Action.REPLICATE));
            open(Locale.GERMAN);
            cards(Locale.GERMAN);
            rehearse(Locale.GERMAN);
            fail(Locale.GERMAN);
            restore(Locale.GERMAN);
            orderTheReturn("space", "Down space");
            arrived(Locale.GERMAN);
        } finally {
            if (branch != null) {
                branch.close();
            }
            if (guest != null) {
                landed().ifPresent(Machine::kill);
            }
        }
    }

    private void open(Locale language) throws IOException {
        branch = new BranchProgram(product, folder.resolve("home"), screen, language);
    }

    private void enrol() {
        branch.page("Connect with your standby", "ENROL");
        screen.type(guest.stage().address());
        screen.press("Tab");
        screen.type(client().inviteOperator("clerk", Role.ACTIVATE).orThrow().code());
        screen.press("Return");
        cards(Locale.ENGLISH);
    }

    private StandbyClient client() {
        return guest.stage().client();
    }

    private SystemState state() {
        return guest.stage().system().state();
    }

    /** Waits until the window is named after the state that the system is in. */
    private void cards(Locale language) {
        boolean english = language == Locale.ENGLISH;
        String state =
                switch (state()) {
                    case OUTAGE -> english ? ": 1 down" : ": 1 ausgefallen";
                    case EMERGENCY_OPERATION ->
                            english ? ": 1 in emergency operation" : ": 1 im Notbetrieb";
                    default -> "";
                };
        String title = english ? "Protected systems on " : "Geschützte Systeme auf ";
        branch.page(title + client().facts().orThrow().name() + state, "CARDS." + state());
    }

    private void fail(Locale language) throws IOException {
        machine().kill();
        JourneyStage.await(() -> state() == SystemState.OUTAGE);
        screen.press("F5");
        cards(language);
    }

    /** What helps most before the first proof; afterwards it is behind "More". */
    private void rehearse(Locale language) {
        if (guest.stage().system().provedToStartAt().isEmpty()) {
            branch.press(0);
        } else {
            branch.press(1);
            List<Action> menu =
                    guest.stage().system().actions().stream()
                            .map(PossibleAction::action)
                            .filter(action -> action != Action.REPORT_OUTAGE)
                            .toList();
            for (int i = 0; i <= menu.indexOf(Action.REHEARSE); i++) {
                screen.press("Down");
            }
            branch.picture("CARDS.MORE");
            screen.press("Return");
        }
        branch.page(GuideStep.REHEARSAL_START);
        branch.press(1);
        branch.page(GuideStep.REHEARSAL_WORK);
        branch.page(GuideStep.REHEARSAL_END);
        assertTrue(guest.stage().system().provedToStartAt().isPresent());
        branch.press(1);
        cards(language);
    }

    private void restore(Locale language) {
        branch.press(0);
        branch.page(GuideStep.RESTORE_FAILED);
        branch.press(1);
        branch.page(GuideStep.RESTORE_COPY);
        branch.press(2);
        branch.page(GuideStep.RESTORE_START);
        branch.press(1);
        branch.page(GuideStep.RESTORE_WORK);
        branch.page(GuideStep.RESTORE_END);
        assertEquals(SystemState.EMERGENCY_OPERATION, state());
        branch.press(1);
        cards(language);
    }

    /** From the card to the work; arrow keys lead to a choice, space takes it. */
    private void orderTheReturn(String time, String rehearsal) {
        branch.press(0);
        branch.page(GuideStep.RETURN_TARGET);
        screen.press("space");
        branch.press(2);
        branch.page(GuideStep.RETURN_WINDOW);
        screen.press(time.split(" "));
        branch.press(2);
        branch.page(GuideStep.RETURN_START);
        screen.press(rehearsal.split(" "));
        branch.press(2);
        branch.page(GuideStep.RETURN_WORK);
    }

    private void arrived(Locale language) {
        branch.page(GuideStep.RETURN_END);
        assertEquals(SystemState.NORMAL_OPERATION, state());
        branch.press(1);
        cards(language);
    }

    /** Rehearsed first; the standby ends and comes back while it waits, then the window. */
    private void returnsThroughEveryInterruption() throws IOException {
        orderTheReturn("Down space", "space");
        branch.page(WAITS, "RETURN_WAITS");
        guest.stage().restart(() -> branch.page("The standby does not answer", "RETURN_LOST"));
        branch.page(WAITS, "RETURN_BACK");
        branch.close();
        open(Locale.ENGLISH);
        branch.page(WAITS, "RETURN_AGAIN");
        branch.press(2);
        arrived(Locale.ENGLISH);
    }

    private Machine machine() throws IOException {
        Optional<Machine> landed = landed();
        return landed.isPresent() ? landed.get() : guest.primary();
    }

    /** The machine that the agent landed last. */
    private Optional<Machine> landed() throws IOException {
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
