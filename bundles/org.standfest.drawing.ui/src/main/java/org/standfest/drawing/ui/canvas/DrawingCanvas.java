package org.standfest.drawing.ui.canvas;

import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.standfest.drawing.ui.Scene;
import org.standfest.drawing.ui.ScenePainter;
import org.standfest.drawing.ui.Viewport;
import org.standfest.workbench.ui.look.Look;
import org.standfest.workbench.ui.look.Shade;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Shows a scene: wheel zooms at the pointer, Shift+wheel and dragging move, a click selects. Keys:
 * plus and minus zoom, 0 fits, arrows move. User interface thread only.
 */
public final class DrawingCanvas extends Canvas {

    private static final double STEP = 1.2;
    private static final int ARROW_PIXELS = 48;
    private static final int CLICK_PIXELS = 4;

    private final Look look;
    private Scene scene = Scene.EMPTY;
    private Viewport viewport = Viewport.START;
    private Set<String> selected = Set.of();
    private Map<String, String> marks = Map.of();
    private boolean fitted = true;
    private Consumer<List<String>> onSelect = ids -> {};
    private Consumer<String> onOpen = id -> {};
    private Consumer<Viewport> onView = view -> {};
    private Event pressed;
    private Viewport before;

    /**
     * @param parent where it lies
     */
    public DrawingCanvas(Composite parent) {
        super(parent, SWT.DOUBLE_BUFFERED | SWT.NO_BACKGROUND);
        look = new Look(this);
        addPaintListener(event -> paint(event.gc));
        addListener(SWT.Resize, this::resized);
        addListener(SWT.MouseWheel, this::wheel);
        addListener(SWT.MouseDown, this::press);
        addListener(SWT.MouseMove, this::move);
        addListener(SWT.MouseUp, this::release);
        addListener(SWT.MouseDoubleClick, event -> at(event).ifPresent(onOpen));
        addListener(SWT.KeyDown, this::key);
        getAccessible()
                .addAccessibleListener(
                        new AccessibleAdapter() {
                            @Override
                            public void getName(AccessibleEvent event) {
                                event.result = String.join(", ", selected);
                            }
                        });
    }

    /** Told what a click chose; empty when it hit nothing. */
    public void onSelect(Consumer<List<String>> listener) {
        onSelect = Objects.requireNonNull(listener);
    }

    /** Told what was double-clicked. */
    public void onOpen(Consumer<String> listener) {
        onOpen = Objects.requireNonNull(listener);
    }

    /** Told of each other part of the drawing that is shown. */
    public void onView(Consumer<Viewport> listener) {
        onView = Objects.requireNonNull(listener);
    }

    /** Shows a scene; the first one is fitted to the window. */
    public void show(Scene next) {
        scene = Objects.requireNonNull(next);
        if (fitted) {
            fit();
        }
        redraw();
    }

    /** What is shown. */
    public Scene scene() {
        return scene;
    }

    /** Outlines these and no others. */
    public void select(Set<String> ids) {
        selected = Set.copyOf(ids);
        redraw();
    }

    /** Puts short words at the left upper corners of these figures and of no others. */
    public void mark(Map<String, String> next) {
        marks = Map.copyOf(next);
        redraw();
    }

    /** Moves as little as needed until something is seen. */
    public void reveal(String id) {
        Rectangle area = getClientArea();
        scene.place(id)
                .ifPresent(box -> view(viewport.revealing(box.grown(20), area.width, area.height)));
    }

    /** Shows the whole drawing. */
    public void fit() {
        Rectangle area = getClientArea();
        show(Viewport.fitting(scene.bounds(), area.width, area.height, 1.25));
        fitted = true;
    }

    /** Zooms in the middle of the window. */
    public void zoom(double factor) {
        Rectangle area = getClientArea();
        view(viewport.zoomed(factor, area.width / 2.0, area.height / 2.0));
    }

    /** Shows 100 %. */
    public void actualSize() {
        zoom(1 / viewport.scale());
    }

    /** What is seen. */
    public Viewport viewport() {
        return viewport;
    }

    /** Shows another part; from now on it is no longer fitted when the window changes. */
    public void view(Viewport next) {
        fitted = false;
        show(next);
    }

    private void show(Viewport next) {
        viewport = next;
        redraw();
        onView.accept(next);
    }

    private void resized(Event event) {
        if (fitted && !scene.equals(Scene.EMPTY)) {
            fit();
        } else {
            onView.accept(viewport);
        }
    }

    private void paint(org.eclipse.swt.graphics.GC gc) {
        Rectangle area = getClientArea();
        gc.setBackground(look.color(Shade.SURFACE));
        gc.fillRectangle(area);
        try (GcPainter painter = new GcPainter(gc, look, viewport)) {
            new ScenePainter(painter, viewport.scale(), selected, marks)
                    .paint(scene, viewport.visible(area.width, area.height));
        }
    }

    private void wheel(Event event) {
        if ((event.stateMask & SWT.SHIFT) != 0) {
            view(viewport.panned(event.count * 24.0, 0));
        } else {
            view(viewport.zoomed(Math.pow(STEP, Math.signum(event.count)), event.x, event.y));
        }
        event.doit = false;
    }

    private void press(Event event) {
        forceFocus();
        if (event.button == 1 || event.button == 2) {
            pressed = event;
            before = viewport;
        }
    }

    private void move(Event event) {
        if (pressed != null && far(event)) {
            setCursor(getDisplay().getSystemCursor(SWT.CURSOR_SIZEALL));
            view(before.panned(event.x - pressed.x, event.y - pressed.y));
        }
    }

    private boolean far(Event event) {
        return !viewport.equals(before)
                || Math.abs(event.x - pressed.x) + Math.abs(event.y - pressed.y) > CLICK_PIXELS;
    }

    private void release(Event event) {
        if (pressed != null && event.button == 1 && !far(event)) {
            onSelect.accept(at(event).map(List::of).orElseGet(List::of));
        }
        pressed = null;
        setCursor(null);
    }

    private Optional<String> at(Event event) {
        return scene.at(viewport.toDrawing(event.x, event.y));
    }

    private void key(Event event) {
        switch (event.keyCode) {
            case SWT.ARROW_LEFT -> view(viewport.panned(ARROW_PIXELS, 0));
            case SWT.ARROW_RIGHT -> view(viewport.panned(-ARROW_PIXELS, 0));
            case SWT.ARROW_UP -> view(viewport.panned(0, ARROW_PIXELS));
            case SWT.ARROW_DOWN -> view(viewport.panned(0, -ARROW_PIXELS));
            default -> {
                switch (event.character) {
                    case '+', '=' -> zoom(STEP);
                    case '-' -> zoom(1 / STEP);
                    case '0' -> fit();
                    case '1' -> actualSize();
                    default -> {
                        return;
                    }
                }
            }
        }
    }
}
