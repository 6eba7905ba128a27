package org.standfest.ui.tests.bot;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Link;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.swt.widgets.MenuItem;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.eclipse.swt.widgets.Tree;
import org.standfest.workbench.ui.look.LightLabel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Finds widgets and acts on them from a thread beside the user interface thread. Every search waits
 * until the widget is there or the time is over; then the error lists what is on the screen.
 */
public final class Bot {

    /** The key under which the products name their widgets. */
    public static final String ID = "standfest.id";

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long PAUSE_MILLIS = 20;
    private static final int MOST_ROWS = 20;

    private final Display display;

    /**
     * @param display whose widgets are meant
     */
    public Bot(Display display) {
        this.display = display;
    }

    /** Runs something in the user interface thread and hands over its result. */
    public <T> T ui(Supplier<T> work) {
        return display.syncCall(work::get);
    }

    /** A push button, check box or radio button with these words; mnemonics do not count. */
    public BotButton button(String words) {
        return new BotButton(
                this, find(Button.class, button -> plain(button.getText()).equals(words), words));
    }

    /** A label with exactly these words. */
    public Label label(String words) {
        return find(Label.class, label -> plain(label.getText()).equals(words), words);
    }

    /** The first label whose words fulfil something. */
    public Label label(Predicate<String> words, String what) {
        return find(Label.class, label -> words.test(plain(label.getText())), what);
    }

    /** A link that contains these words. */
    public Link link(String words) {
        return find(Link.class, link -> link.getText().contains(words), words);
    }

    /** Follows a link. */
    public void follow(Link link) {
        send(link, SWT.Selection);
    }

    /** The field with an id. */
    public BotText text(String id) {
        return new BotText(this, find(Text.class, text -> id.equals(text.getData(ID)), id));
    }

    /** Any widget with an id. */
    public Control widget(String id) {
        return find(Control.class, control -> id.equals(control.getData(ID)), id);
    }

    /** The widget with an id if it is there now; for conditions of {@link #waitUntil}. */
    public Optional<Control> shown(String id) {
        return all().stream()
                .filter(it -> id.equals(it.getData(ID)))
                .filter(Control::isVisible)
                .findFirst();
    }

    /** The first tree. */
    public BotTree tree() {
        return new BotTree(this, find(Tree.class, tree -> true, "tree"));
    }

    /** The table with an id. */
    public Table table(String id) {
        return find(Table.class, table -> id.equals(table.getData(ID)), id);
    }

    /** Clicks a card or label with the first mouse button. */
    public void click(Control control) {
        display.asyncExec(
                () -> {
                    Event event = new Event();
                    event.button = 1;
                    event.x = 3;
                    event.y = 3;
                    control.notifyListeners(SWT.MouseDown, event);
                    control.notifyListeners(SWT.MouseUp, event);
                });
    }

    /** The window with this title. */
    public Shell shell(String title) {
        return find(Shell.class, shell -> shell.getText().equals(title), title);
    }

    /** Chooses an entry of the main menu, for example "File", "Save". */
    public void menu(String... path) {
        MenuItem item =
                await(
                        () -> {
                            Menu menu = mainShell().getMenuBar();
                            Optional<MenuItem> found = Optional.empty();
                            for (String words : path) {
                                if (menu == null) {
                                    return Optional.empty();
                                }
                                menu.notifyListeners(SWT.Show, new Event());
                                found = item(menu, words);
                                if (found.isEmpty()) {
                                    return found;
                                }
                                menu = found.get().getMenu();
                            }
                            return found.filter(MenuItem::isEnabled);
                        },
                        String.join(" > ", path));
        display.asyncExec(() -> item.notifyListeners(SWT.Selection, new Event()));
    }

    /** Chooses the radio button with an id. */
    public void choose(String id) {
        Button radio = find(Button.class, it -> id.equals(it.getData(ID)), id);
        display.asyncExec(
                () -> {
                    for (Control other : radio.getParent().getChildren()) {
                        if (other instanceof Button button) {
                            button.setSelection(button == radio);
                        }
                    }
                    radio.notifyListeners(SWT.Selection, new Event());
                });
    }

    /** Chooses an entry of the menu that a button opens. */
    public void popup(String button, String words) {
        Button opener = find(Button.class, it -> plain(it.getText()).equals(button), button);
        send(opener, SWT.Selection);
        MenuItem entry =
                await(
                        () -> Optional.ofNullable(opener.getMenu()).flatMap(it -> item(it, words)),
                        button + " > " + words);
        display.asyncExec(
                () -> {
                    entry.getParent().setVisible(false);
                    entry.notifyListeners(SWT.Selection, new Event());
                });
    }

    private static Optional<MenuItem> item(Menu menu, String words) {
        for (MenuItem item : menu.getItems()) {
            if (plain(item.getText()).equals(words)) {
                return Optional.of(item);
            }
        }
        return Optional.empty();
    }

    private Shell mainShell() {
        for (Shell shell : display.getShells()) {
            if (shell.getMenuBar() != null) {
                return shell;
            }
        }
        throw new AssertionError("no window with a menu bar");
    }

    /** Waits until something holds, asked in the user interface thread. */
    public void waitUntil(String what, BooleanSupplier holds) {
        await(() -> holds.getAsBoolean() ? Optional.of(true) : Optional.empty(), what);
    }

    /** Sends an event as the user would cause it; does not wait for its effect. */
    void send(Control control, int type) {
        display.asyncExec(
                () -> {
                    if (!control.isDisposed()) {
                        control.notifyListeners(type, new Event());
                    }
                });
    }

    /** The words of a control without mnemonics and accelerators. */
    static String plain(String words) {
        int tab = words.indexOf('\t');
        return (tab < 0 ? words : words.substring(0, tab)).replace("&", "");
    }

    private <W extends Control> W find(Class<W> type, Predicate<W> wanted, String what) {
        return await(
                () ->
                        all().stream()
                                .filter(type::isInstance)
                                .map(type::cast)
                                .filter(Control::isVisible)
                                .filter(wanted)
                                .findFirst(),
                type.getSimpleName() + " \"" + what + "\"");
    }

    private <T> T await(Supplier<Optional<T>> search, String what) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            Optional<T> found = ui(search);
            if (found.isPresent()) {
                return found.get();
            }
            if (System.nanoTime() > end) {
                throw new AssertionError(
                        what + " did not appear; on the screen: " + ui(this::words));
            }
            pause();
        }
    }

    private static void pause() {
        try {
            new CountDownLatch(1).await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }

    private List<Control> all() {
        List<Control> controls = new ArrayList<>();
        Shell[] shells = display.getShells();
        for (int i = shells.length - 1; i >= 0; i--) {
            collect(shells[i], controls);
        }
        return controls;
    }

    private static void collect(Control control, List<Control> into) {
        into.add(control);
        if (control instanceof Composite composite) {
            for (Control child : composite.getChildren()) {
                collect(child, into);
            }
        }
    }

    /** What is on the screen, to be read where a wait was in vain. */
    private List<String> words() {
        return all().stream()
                .filter(Control::isVisible)
                .map(
                        control ->
                                switch (control) {
                                    case Button button -> "[" + button.getText() + "]";
                                    case Shell shell -> "<" + shell.getText() + ">";
                                    default -> words(control);
                                })
                .filter(words -> !words.isBlank())
                .toList();
    }

    /** What a control says; nothing where it has no words. */
    public static String words(Control control) {
        return switch (control) {
            case LightLabel light -> light.word();
            case Label label -> label.getText();
            case Link link -> link.getText();
            case Text text -> text.getText();
            case Combo combo -> combo.getText();
            case Table table ->
                    Arrays.stream(table.getItems())
                            .limit(MOST_ROWS)
                            .map(BotTable::words)
                            .collect(
                                    Collectors.joining("; ", table.getItemCount() + " rows: ", ""));
            default -> "";
        };
    }
}
