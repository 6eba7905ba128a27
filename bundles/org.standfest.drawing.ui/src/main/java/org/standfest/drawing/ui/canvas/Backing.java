package org.standfest.drawing.ui.canvas;

import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.standfest.drawing.ui.Viewport;

import java.util.function.BiConsumer;

/**
 * The picture that was painted last. When only the view moved, what is still seen is copied and the
 * strips at the edges are painted; when nothing changed, it is copied as a whole, so that what is
 * in the hand costs no painting of the scene. User interface thread only.
 */
final class Backing {

    private final Canvas canvas;
    private final BiConsumer<GC, Rectangle> painter;
    private Image front;
    private Image back;
    private Viewport drawn;
    private boolean stale = true;

    /**
     * @param canvas whose size it has
     * @param painter paints a part of the scene, clipped already
     */
    Backing(Canvas canvas, BiConsumer<GC, Rectangle> painter) {
        this.canvas = canvas;
        this.painter = painter;
        canvas.addDisposeListener(_ -> free());
    }

    /** What it shows is no longer true. */
    void spoil() {
        stale = true;
    }

    /** Shows the scene as it is now. */
    void paint(GC gc, Viewport viewport) {
        Rectangle area = canvas.getClientArea();
        if (area.width <= 0 || area.height <= 0) {
            return;
        }
        if (front == null || !front.getBounds().equals(area)) {
            free();
            front = new Image(canvas.getDisplay(), area.width, area.height);
            back = new Image(canvas.getDisplay(), area.width, area.height);
            stale = true;
        }
        if (stale || !viewport.equals(drawn)) {
            refresh(area, viewport);
        }
        gc.drawImage(front, 0, 0);
    }

    private void refresh(Rectangle area, Viewport viewport) {
        double dx = stale ? 0 : (drawn.left() - viewport.left()) * viewport.scale();
        double dy = stale ? 0 : (drawn.top() - viewport.top()) * viewport.scale();
        boolean moved =
                !stale
                        && drawn.scale() == viewport.scale()
                        && Math.abs(dx - Math.rint(dx)) < .02
                        && Math.abs(dy - Math.rint(dy)) < .02
                        && Math.abs(dx) < area.width
                        && Math.abs(dy) < area.height;
        if (moved) {
            shift(area, (int) Math.rint(dx), (int) Math.rint(dy));
        } else {
            part(front, area);
        }
        drawn = viewport;
        stale = false;
    }

    private void shift(Rectangle area, int dx, int dy) {
        GC gc = new GC(back);
        try {
            gc.drawImage(front, dx, dy);
        } finally {
            gc.dispose();
        }
        Image swap = front;
        front = back;
        back = swap;
        if (dx > 0) {
            part(front, new Rectangle(0, 0, dx, area.height));
        } else if (dx < 0) {
            part(front, new Rectangle(area.width + dx, 0, -dx, area.height));
        }
        if (dy > 0) {
            part(front, new Rectangle(0, 0, area.width, dy));
        } else if (dy < 0) {
            part(front, new Rectangle(0, area.height + dy, area.width, -dy));
        }
    }

    private void part(Image image, Rectangle part) {
        GC gc = new GC(image);
        try {
            gc.setClipping(part);
            painter.accept(gc, part);
        } finally {
            gc.dispose();
        }
    }

    private void free() {
        if (front != null) {
            front.dispose();
            back.dispose();
            front = null;
            back = null;
        }
    }
}
