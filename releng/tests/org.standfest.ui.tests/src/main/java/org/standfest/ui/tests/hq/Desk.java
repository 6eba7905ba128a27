package org.standfest.ui.tests.hq;

import org.eclipse.core.commands.Command;
import org.eclipse.core.commands.ParameterizedCommand;
import org.eclipse.core.commands.common.CommandException;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.IEditorReference;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.commands.ICommandService;
import org.eclipse.ui.handlers.IHandlerService;
import org.standfest.ui.tests.bot.Bot;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** The window before which a test sits: what is in front, and its commands. */
final class Desk {

    /** The examples of the product. */
    static final Path EXAMPLES = Path.of(System.getProperty("standfest.root"), "examples");

    private static final String OWN = "org.standfest.designer.ui.";

    private final Bot bot;

    Desk(Bot bot) {
        this.bot = bot;
    }

    private static IWorkbenchPage page() {
        return PlatformUI.getWorkbench().getActiveWorkbenchWindow().getActivePage();
    }

    /**
     * Away with all dialogs and editors, what is not saved is lost; every view is where a first
     * start shows it, whatever another test has brought to the front.
     */
    void clear() {
        close();
        bot.ui(
                () -> {
                    page().resetPerspective();
                    return null;
                });
    }

    /** Away with all dialogs and editors; the views stay where they are. */
    void close() {
        bot.ui(
                () -> {
                    Shell window = page().getWorkbenchWindow().getShell();
                    // A test that failed may have left a dialog open.
                    for (Shell dialog : window.getShells()) {
                        dialog.close();
                    }
                    return page().closeAllEditors(false);
                });
    }

    /** Opens a file and waits for it. */
    void open(Path file) {
        run("open", Map.of("file", file.toString()));
        String name = file.getFileName().toString();
        waitForEditor(name.substring(0, name.lastIndexOf('.')));
    }

    /** Waits until an editor with a title is in front. */
    void waitForEditor(String title) {
        bot.waitUntil("the editor " + title, () -> title.equals(inFront()));
    }

    /** The title of what is in front. */
    String title() {
        return bot.ui(Desk::inFront);
    }

    private static String inFront() {
        IEditorPart editor = page().getActiveEditor();
        return editor == null ? "" : editor.getTitle();
    }

    /** How many editors are open. */
    int editors() {
        return bot.ui(() -> page().getEditorReferences().length);
    }

    /** Waits until what is in front is changed, or is not. */
    void waitForChanged(boolean changed) {
        bot.waitUntil(
                changed ? "a changed document" : "an unchanged document",
                () -> page().getActiveEditor().isDirty() == changed);
    }

    /** Brings an editor to the front. */
    void bringToFront(String title) {
        bot.ui(
                () -> {
                    for (IEditorReference each : page().getEditorReferences()) {
                        if (each.getTitle().equals(title)) {
                            page().activate(each.getEditor(true));
                        }
                    }
                    return null;
                });
        waitForEditor(title);
    }

    /** What a label with an id says, with a light or without. */
    String label(String id) {
        Control label = bot.widget(id);
        return bot.ui(() -> Bot.words(label));
    }

    /** Waits until a label says something. */
    void waitForLabel(String id, Predicate<String> words) {
        bot.waitUntil(id, () -> bot.shown(id).map(Bot::words).filter(words).isPresent());
    }

    /**
     * Starts a command of the product; does not wait for its end, it may ask something.
     *
     * @param command without what all begin with
     * @param parameters by their last words
     */
    void run(String command, Map<String, String> parameters) {
        bot.ui(
                () -> {
                    PlatformUI.getWorkbench()
                            .getDisplay()
                            .asyncExec(() -> execute(OWN + command, parameters));
                    return null;
                });
    }

    private static void execute(String id, Map<String, String> parameters) {
        IWorkbenchPage page = page();
        Command command =
                page.getWorkbenchWindow().getService(ICommandService.class).getCommand(id);
        Map<String, String> whole = new HashMap<>();
        parameters.forEach((word, value) -> whole.put(id + '.' + word, value));
        try {
            page.getWorkbenchWindow()
                    .getService(IHandlerService.class)
                    .executeCommand(ParameterizedCommand.generateCommand(command, whole), null);
        } catch (CommandException bug) {
            throw new AssertionError(id, bug);
        }
    }
}
