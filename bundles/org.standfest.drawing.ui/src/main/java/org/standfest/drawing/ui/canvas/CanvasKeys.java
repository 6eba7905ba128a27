package org.standfest.drawing.ui.canvas;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Event;
import org.standfest.drawing.ui.gestures.Editing;
import org.standfest.drawing.ui.gestures.Input;
import org.standfest.drawing.ui.gestures.Walk.Way;

import java.util.Optional;
import java.util.Set;

/**
 * The keys of a drawing. Tab and Shift+Tab walk in reading order, Alt+arrows to the neighbour,
 * Alt+Page Down into and Alt+Page Up out of a figure; arrows move what is selected (Shift: finely),
 * or the view where nothing is; F2 renames, Enter opens, plus, minus, 0, 1 and 2 zoom, the space
 * bar holds the view, Escape puts back.
 */
final class CanvasKeys {

    private static final int ARROW_PIXELS = 48;
    private static final double COARSE = 8;
    private static final double STEP = 1.2;

    private final DrawingCanvas canvas;

    CanvasKeys(DrawingCanvas canvas) {
        this.canvas = canvas;
        canvas.addListener(SWT.KeyDown, this::down);
        canvas.addListener(
                SWT.KeyUp,
                event -> {
                    if (event.character == ' ') {
                        canvas.gesture(new Input.Space(false));
                    }
                });
        canvas.addListener(SWT.Traverse, this::traverse);
    }

    /** Tab walks; behind the last figure it leaves the drawing as from any control. */
    private void traverse(Event event) {
        boolean forwards = event.detail == SWT.TRAVERSE_TAB_NEXT;
        if (!forwards && event.detail != SWT.TRAVERSE_TAB_PREVIOUS) {
            event.doit = event.detail == SWT.TRAVERSE_MNEMONIC;
            return;
        }
        boolean leave = (event.stateMask & SWT.CTRL) != 0;
        Optional<String> next =
                leave ? Optional.empty() : canvas.walk().next(canvas.selectedOne(), forwards);
        event.doit = next.isEmpty();
        next.ifPresent(this::go);
    }

    private void go(String id) {
        canvas.choose(Set.of(id));
        canvas.reveal(id);
    }

    private void down(Event event) {
        boolean alt = (event.stateMask & SWT.ALT) != 0;
        boolean plain = (event.stateMask & (SWT.ALT | SWT.CTRL)) == 0;
        switch (event.keyCode) {
            case SWT.ARROW_LEFT -> arrow(event, Way.LEFT);
            case SWT.ARROW_RIGHT -> arrow(event, Way.RIGHT);
            case SWT.ARROW_UP -> arrow(event, Way.UP);
            case SWT.ARROW_DOWN -> arrow(event, Way.DOWN);
            case SWT.PAGE_DOWN -> {
                if (alt) {
                    canvas.selectedOne().flatMap(canvas.walk()::into).ifPresent(this::go);
                }
            }
            case SWT.PAGE_UP -> {
                if (alt) {
                    canvas.selectedOne().flatMap(canvas.walk()::out).ifPresent(this::go);
                }
            }
            case SWT.HOME -> canvas.walk().next(Optional.empty(), true).ifPresent(this::go);
            case SWT.END -> canvas.walk().next(Optional.empty(), false).ifPresent(this::go);
            case SWT.F2 -> canvas.selectedOne().ifPresent(canvas::renameInPlace);
            case SWT.ESC -> escape();
            default -> {
                if (plain) {
                    character(event);
                }
            }
        }
    }

    private void escape() {
        if (canvas.busy()) {
            canvas.gesture(new Input.Abort());
        } else {
            canvas.choose(Set.of());
        }
    }

    private void character(Event event) {
        switch (event.character) {
            case '+', '=' -> canvas.zoom(STEP);
            case '-' -> canvas.zoom(1 / STEP);
            case '0' -> canvas.fit();
            case '1' -> canvas.actualSize();
            case '2' -> canvas.fitSelection();
            case ' ' -> canvas.gesture(new Input.Space(true));
            case SWT.CR -> canvas.selectedOne().ifPresent(canvas.editing()::open);
            default -> {
                // Not a key of the drawing; the workbench may know it.
            }
        }
    }

    private void arrow(Event event, Way way) {
        boolean alt = (event.stateMask & SWT.ALT) != 0;
        Editing editing = canvas.editing();
        Set<String> selection = canvas.selection();
        if (alt) {
            canvas.selectedOne().flatMap(id -> canvas.walk().toward(id, way)).ifPresent(this::go);
        } else if (selection.stream().anyMatch(editing::movable)) {
            double step = (event.stateMask & SWT.SHIFT) != 0 ? 1 : COARSE;
            editing.nudge(selection, way.x() * step, way.y() * step);
        } else {
            canvas.view(canvas.viewport().panned(-way.x() * ARROW_PIXELS, -way.y() * ARROW_PIXELS));
        }
    }
}
