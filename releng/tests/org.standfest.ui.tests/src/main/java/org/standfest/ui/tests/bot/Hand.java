package org.standfest.ui.tests.bot;

import org.eclipse.swt.graphics.Point;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A hand at mouse and keyboard of the display: its events come from the X server, as those of a
 * person do. Never used from the user interface thread.
 */
public final class Hand {

    /** So many places between two ends of a drag, that it is seen as one. */
    private static final int STEPS = 6;

    /** Clicks with the first button. */
    public void click(Point at) {
        hover(at);
        xdotool("click", "1");
    }

    /** Goes there, as a person does: not in one jump. */
    public void hover(Point at) {
        move(new Point(at.x - 3, at.y - 3));
        move(at);
    }

    /** Takes what lies at a point and carries it to another, without letting it go. */
    public void carry(Point from, Point to) {
        hover(from);
        xdotool("mousedown", "1");
        for (int step = 1; step <= STEPS; step++) {
            move(
                    new Point(
                            from.x + (to.x - from.x) * step / STEPS,
                            from.y + (to.y - from.y) * step / STEPS));
        }
    }

    /** Lets go what is carried. */
    public void release() {
        xdotool("mouseup", "1");
    }

    /** Carries and lets go. */
    public void drag(Point from, Point to) {
        carry(from, to);
        release();
    }

    /** Presses keys one after the other, in words of X: "F2", "ctrl+z". */
    public void press(String... keys) {
        List<String> words = new ArrayList<>(List.of("key", "--delay", "40"));
        words.addAll(List.of(keys));
        xdotool(words.toArray(String[]::new));
    }

    /** Types a text. */
    public void type(String text) {
        xdotool("type", "--delay", "15", text);
    }

    private void move(Point to) {
        xdotool("mousemove", "--sync", String.valueOf(to.x), String.valueOf(to.y));
    }

    private static void xdotool(String... words) {
        List<String> line = new ArrayList<>(List.of("timeout", "20", "xdotool"));
        line.addAll(List.of(words));
        try {
            Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String told =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(line + ": " + told);
            }
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }
}
