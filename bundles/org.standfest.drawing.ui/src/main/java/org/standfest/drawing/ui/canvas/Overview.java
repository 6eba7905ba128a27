package org.standfest.drawing.ui.canvas;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.standfest.drawing.ui.Box;
import org.standfest.drawing.ui.Scene;
import org.standfest.drawing.ui.ScenePainter;
import org.standfest.drawing.ui.Spot;
import org.standfest.drawing.ui.Viewport;
import org.standfest.workbench.ui.look.Look;
import org.standfest.workbench.ui.look.Shade;

import java.util.Map;
import java.util.Set;

/** A small picture of a whole drawing with a frame around what its canvas shows. */
public final class Overview extends Canvas {

    private final Look look;
    private final TextCache texts;
    private final Backing backing;
    private DrawingCanvas canvas;
    private Scene drawn;
    private Runnable unfollow = () -> {};

    /**
     * @param parent where it lies
     */
    public Overview(Composite parent) {
        super(parent, SWT.DOUBLE_BUFFERED | SWT.NO_BACKGROUND);
        look = new Look(this);
        texts = new TextCache(this, look);
        backing = new Backing(this, (gc, _, whole) -> paintScene(gc, whole));
        addPaintListener(event -> paint(event.gc));
        addListener(SWT.MouseDown, this::go);
        addListener(
                SWT.MouseMove,
                event -> {
                    if ((event.stateMask & SWT.BUTTON1) != 0) {
                        go(event);
                    }
                });
    }

    /** Shows what a canvas shows, from now on; {@code null} for nothing. */
    public void follow(DrawingCanvas next) {
        unfollow.run();
        unfollow = () -> {};
        canvas = next;
        drawn = null;
        backing.spoil();
        if (canvas != null) {
            unfollow = canvas.onView(_ -> follow());
        }
        redraw();
    }

    private void follow() {
        if (!isDisposed()) {
            if (!empty() && canvas.scene() != drawn) {
                drawn = canvas.scene();
                backing.spoil();
            }
            redraw();
        }
    }

    private void paintScene(GC gc, Viewport whole) {
        gc.setBackground(look.color(Shade.SURFACE));
        gc.fillRectangle(getClientArea());
        try (GcPainter painter = new GcPainter(gc, look, texts, whole)) {
            new ScenePainter(painter, Math.min(0.15, whole.scale()), Set.of(), Map.of())
                    .paint(canvas.index(), canvas.index().bounds());
        }
    }

    private boolean empty() {
        return canvas == null || canvas.isDisposed() || canvas.scene().equals(Scene.EMPTY);
    }

    private Viewport whole() {
        Rectangle area = getClientArea();
        return Viewport.fitting(canvas.index().bounds(), area.width, area.height, 1);
    }

    private void paint(GC gc) {
        Rectangle area = getClientArea();
        gc.setBackground(look.color(Shade.SURFACE));
        gc.fillRectangle(area);
        if (empty() || area.width < 10 || area.height < 10) {
            return;
        }
        Viewport whole = whole();
        backing.paint(gc, whole);
        try (GcPainter painter = new GcPainter(gc, look, texts, whole)) {
            Rectangle shown = canvas.getClientArea();
            Box seen = canvas.viewport().visible(shown.width, shown.height);
            painter.outline(seen, 2, Shade.ACCENT, 2 / whole.scale());
        }
    }

    private void go(Event event) {
        if (empty()) {
            return;
        }
        Spot there = whole().toDrawing(event.x, event.y);
        Viewport now = canvas.viewport();
        Rectangle shown = canvas.getClientArea();
        canvas.view(
                new Viewport(
                        now.scale(),
                        there.x() - shown.width / 2.0 / now.scale(),
                        there.y() - shown.height / 2.0 / now.scale()));
    }
}
