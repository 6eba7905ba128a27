package org.standfest.drawing.ui.canvas;

import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.standfest.drawing.ui.Viewport;

/**
 * The picture that was painted last. When only the view moved, what is still seen is copied and the
 * strips at the edges are painted. While the view is zoomed step by step, the picture is stretched
 * and a sharp one grows beside it, a strip with each step; at rest it is painted as a whole. When
 * nothing changed, it is copied, so that what is in the hand costs no painting of the scene. User
 * interface thread only.
 */
final class Backing {

    /** Paints a part of the scene as a view shows it; the part is clipped already. */
    @FunctionalInterface
    interface Painting {
        /** Paints. */
        void paint(GC gc, Rectangle part, Viewport viewport);
    }

    /** So long after the last step of zooming the view is at rest. */
    private static final int REST_MILLIS = 90;

    private static final int STRIPS = 8;

    private final Canvas canvas;
    private final Painting painter;
    private final Runnable rest = this::rest;
    private Picture front;
    private Picture back;
    private Viewport drawn;
    private boolean stale = true;
    private boolean zooming;
    private Viewport wanted;
    private int strips;

    /**
     * @param canvas whose size it has
     * @param painter paints a part of the scene
     */
    Backing(Canvas canvas, Painting painter) {
        this.canvas = canvas;
        this.painter = painter;
        canvas.addDisposeListener(_ -> free());
    }

    /** What it shows is no longer true. */
    void spoil() {
        stale = true;
    }

    /** Shows the scene as it is now, on the ground of the graphics context. */
    void paint(GC gc, Viewport viewport) {
        Rectangle area = canvas.getClientArea();
        if (area.width <= 0 || area.height <= 0) {
            return;
        }
        if (front == null || !front.fits(area)) {
            free();
            front = new Picture(canvas.getDisplay(), area);
            back = new Picture(canvas.getDisplay(), area);
            stale = true;
        }
        if (stale) {
            whole(area, viewport);
        } else if (!viewport.equals(drawn)) {
            if (viewport.scale() == drawn.scale()) {
                move(area, viewport);
            } else if (zoom(gc, area, viewport)) {
                return;
            }
        }
        front.copyTo(gc, 0, 0);
    }

    private void whole(Rectangle area, Viewport viewport) {
        part(front, area, viewport);
        drawn = viewport;
        stale = false;
        wanted = null;
    }

    private void move(Rectangle area, Viewport viewport) {
        double dx = (drawn.left() - viewport.left()) * viewport.scale();
        double dy = (drawn.top() - viewport.top()) * viewport.scale();
        boolean copied =
                Math.abs(dx - Math.rint(dx)) < .02
                        && Math.abs(dy - Math.rint(dy)) < .02
                        && Math.abs(dx) < area.width
                        && Math.abs(dy) < area.height;
        if (copied) {
            shift(area, (int) Math.rint(dx), (int) Math.rint(dy), viewport);
            drawn = viewport;
        } else {
            whole(area, viewport);
        }
    }

    private void shift(Rectangle area, int dx, int dy, Viewport viewport) {
        back.draw(gc -> front.copyTo(gc, dx, dy));
        swap();
        if (dx > 0) {
            part(front, new Rectangle(0, 0, dx, area.height), viewport);
        } else if (dx < 0) {
            part(front, new Rectangle(area.width + dx, 0, -dx, area.height), viewport);
        }
        if (dy > 0) {
            part(front, new Rectangle(0, 0, area.width, dy), viewport);
        } else if (dy < 0) {
            part(front, new Rectangle(0, area.height + dy, area.width, -dy), viewport);
        }
    }

    private void swap() {
        Picture other = front;
        front = back;
        back = other;
        wanted = null;
    }

    /** The first step after a rest is painted, each that follows at once is stretched. */
    private boolean zoom(GC gc, Rectangle area, Viewport viewport) {
        boolean first = !zooming;
        zooming = true;
        canvas.getDisplay().timerExec(REST_MILLIS, rest);
        if (first) {
            whole(area, viewport);
            return false;
        }
        if (wanted == null) {
            wanted = viewport;
            strips = 0;
        }
        int top = area.height * strips / STRIPS;
        strips++;
        int bottom = area.height * strips / STRIPS;
        part(back, new Rectangle(0, top, area.width, bottom - top), wanted);
        if (strips == STRIPS) {
            drawn = wanted;
            swap();
        }
        stretch(gc, area, viewport);
        return true;
    }

    /** The last picture as large as it would be now; where it does not reach, the ground. */
    private void stretch(GC gc, Rectangle area, Viewport viewport) {
        double scale = viewport.scale() / drawn.scale();
        Rectangle there =
                new Rectangle(
                        (int) Math.floor((drawn.left() - viewport.left()) * viewport.scale()),
                        (int) Math.floor((drawn.top() - viewport.top()) * viewport.scale()),
                        (int) Math.ceil(area.width * scale),
                        (int) Math.ceil(area.height * scale));
        gc.fillRectangle(area);
        front.stretchTo(gc, there);
    }

    private void rest() {
        zooming = false;
        if (!canvas.isDisposed()) {
            stale = true;
            canvas.redraw();
        }
    }

    private void part(Picture picture, Rectangle part, Viewport viewport) {
        picture.draw(
                gc -> {
                    gc.setClipping(part);
                    painter.paint(gc, part, viewport);
                });
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
