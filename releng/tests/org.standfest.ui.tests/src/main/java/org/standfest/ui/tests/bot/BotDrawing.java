package org.standfest.ui.tests.bot;

import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.standfest.drawing.ui.Box;
import org.standfest.drawing.ui.Figure;
import org.standfest.drawing.ui.Spot;
import org.standfest.drawing.ui.Viewport;
import org.standfest.drawing.ui.canvas.DrawingCanvas;

import java.util.Optional;
import java.util.Set;

/** The drawing of the editor in front, below a hand. Figures are meant by their names. */
public final class BotDrawing {

    /** How far in a figure is taken, where nothing else lies on it. */
    private static final int INSIDE = 8;

    private final Bot bot;
    private final Hand hand;

    /** Works on whatever drawing is in front. */
    public BotDrawing(Bot bot, Hand hand) {
        this.bot = bot;
        this.hand = hand;
    }

    private DrawingCanvas canvas() {
        return (DrawingCanvas) bot.widget("drawing");
    }

    /** Takes a kind from the palette, by its words, and puts it onto a figure. */
    public void put(String kind, String name, Optional<String> onto) {
        DrawingCanvas canvas = canvas();
        hand.click(tool(kind));
        bot.waitUntil(kind + " in the hand", () -> canvas.tool().isPresent());
        int before = bot.ui(() -> canvas.index().size());
        Set<String> selected = bot.ui(canvas::selection);
        hand.click(onto.map(this::at).orElseGet(this::middle));
        bot.waitUntil(
                "one more figure",
                () ->
                        canvas.index().size() > before
                                && canvas.selection().size() == 1
                                && isNew(canvas, selected, onto));
        name(name);
    }

    /** Neither what was selected before nor what it was put onto. */
    private static boolean isNew(
            DrawingCanvas canvas, Set<String> selected, Optional<String> onto) {
        String id = canvas.selection().iterator().next();
        return !selected.contains(id) && !canvas.editing().name(id).equals(onto);
    }

    /** Names what is selected, where it stands. */
    private void name(String name) {
        String id = bot.ui(() -> canvas().selection().iterator().next());
        still();
        hand.press("F2");
        bot.widget("drawing.name");
        hand.press("ctrl+a");
        hand.type(name);
        hand.press("Return");
        bot.waitUntil(name, () -> canvas().editing().name(id).equals(Optional.of(name)));
        still();
    }

    private Point tool(String kind) {
        Table palette = bot.table("palette");
        return bot.ui(
                () -> {
                    for (TableItem item : palette.getItems()) {
                        if (item.getText().equals(kind)) {
                            Rectangle bounds = item.getBounds();
                            return palette.toDisplay(bounds.x + 20, bounds.y + bounds.height / 2);
                        }
                    }
                    throw new AssertionError("no " + kind + " in the palette");
                });
    }

    private Point middle() {
        return bot.ui(
                () -> {
                    Rectangle area = canvas().getClientArea();
                    return canvas().toDisplay(area.width / 2, area.height - INSIDE);
                });
    }

    /** The box of a figure. */
    public Box box(String name) {
        return bot.ui(
                () ->
                        canvas().index().reading().stream()
                                .filter(it -> isNamed(it, name))
                                .findFirst()
                                .orElseThrow(() -> new AssertionError("no " + name + " is drawn"))
                                .box());
    }

    /** Waits until a figure is drawn no more. */
    public void waitUntilGone(String name) {
        bot.waitUntil(
                "no " + name,
                () -> canvas().index().reading().stream().noneMatch(it -> isNamed(it, name)));
        still();
    }

    private boolean isNamed(Figure figure, String name) {
        return canvas().editing().name(figure.id()).equals(Optional.of(name));
    }

    /** Where a figure is taken, on the screen. */
    public Point at(String name) {
        Box box = box(name);
        return screen(new Spot(box.x() + INSIDE, box.y() + INSIDE));
    }

    private Point screen(Spot spot) {
        return bot.ui(
                () -> {
                    Viewport seen = canvas().viewport();
                    return canvas().toDisplay(
                                    (int) Math.round((spot.x() - seen.left()) * seen.scale()),
                                    (int) Math.round((spot.y() - seen.top()) * seen.scale()));
                });
    }

    /** Selects a figure by a click. */
    public void select(String name) {
        hand.click(at(name));
        bot.waitUntil(
                name + " selected",
                () ->
                        canvas().selection().size() == 1
                                && canvas().editing()
                                        .name(canvas().selection().iterator().next())
                                        .equals(Optional.of(name)));
        still();
    }

    /** Draws a line from the handle of one figure to another. */
    public void connect(String from, String to) {
        select(from);
        int before = bot.ui(() -> canvas().scene().wires().size());
        Box box = box(from);
        Point handle = screen(new Spot(box.right(), box.centre().y()));
        hand.drag(new Point(handle.x + 16, handle.y), at(to));
        bot.waitUntil("one more line", () -> canvas().scene().wires().size() > before);
        still();
    }

    /** Carries a figure onto another and lets it go. */
    public void drag(String what, String onto) {
        hand.drag(at(what), at(onto));
        still();
    }

    /** Carries a figure over another; what is said there. The hand still holds it. */
    public String carry(String what, String over) {
        hand.carry(at(what), at(over));
        // On its way there it is told other things of what it passes.
        bot.waitUntil(
                "a word about " + over + " at the pointer",
                () -> canvas().verdict().words().startsWith(over));
        return bot.ui(() -> canvas().verdict().words());
    }

    /** Waits until nothing moves. */
    public void still() {
        Viewport[] seen = new Viewport[1];
        int[] times = new int[1];
        bot.waitUntil(
                "a drawing that stands still",
                () -> {
                    Viewport now = canvas().viewport();
                    times[0] = now.equals(seen[0]) ? times[0] + 1 : 0;
                    seen[0] = now;
                    return times[0] > 3;
                });
    }
}
