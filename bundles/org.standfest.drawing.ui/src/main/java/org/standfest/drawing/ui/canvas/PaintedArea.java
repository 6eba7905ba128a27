package org.standfest.drawing.ui.canvas;

import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.standfest.drawing.ui.Box;
import org.standfest.drawing.ui.Painter;
import org.standfest.drawing.ui.Viewport;
import org.standfest.workbench.ui.look.Look;
import org.standfest.workbench.ui.look.Shade;

import java.util.Objects;

/** A chart or another small picture, drawn with the painter of the drawing. */
public final class PaintedArea extends Canvas {

    /** What is drawn. */
    @FunctionalInterface
    public interface Picture {
        /**
         * Draws.
         *
         * @param painter what draws
         * @param area how much room there is
         */
        void paint(Painter painter, Box area);
    }

    private final Look look;
    private final TextCache texts;
    private Picture picture = (painter, area) -> {};
    private String words = "";
    private int height;

    /**
     * @param parent where it lies
     */
    public PaintedArea(Composite parent) {
        super(parent, SWT.DOUBLE_BUFFERED | SWT.NO_BACKGROUND);
        look = new Look(this);
        texts = new TextCache(this, look);
        addPaintListener(event -> paint(event.gc));
        addListener(SWT.Resize, event -> redraw());
        getAccessible()
                .addAccessibleListener(
                        new AccessibleAdapter() {
                            @Override
                            public void getName(AccessibleEvent event) {
                                event.result = words;
                            }
                        });
    }

    /**
     * Shows a picture.
     *
     * @param next what is drawn
     * @param text the same in words, for those who cannot see it
     * @param wantedHeight how high it would like to be, in points
     */
    public void show(Picture next, String text, int wantedHeight) {
        picture = Objects.requireNonNull(next);
        words = Objects.requireNonNull(text);
        height = wantedHeight;
        redraw();
    }

    /** What is shown, in words. */
    public String words() {
        return words;
    }

    @Override
    public Point computeSize(int widthHint, int heightHint, boolean changed) {
        return new Point(
                widthHint == SWT.DEFAULT ? 320 : widthHint,
                heightHint == SWT.DEFAULT ? height : heightHint);
    }

    private void paint(GC gc) {
        Rectangle area = getClientArea();
        gc.setBackground(look.color(Shade.SURFACE));
        gc.fillRectangle(area);
        if (area.width > 20 && area.height > 20) {
            try (GcPainter painter = new GcPainter(gc, look, texts, Viewport.START)) {
                picture.paint(painter, new Box(0, 0, area.width, area.height));
            }
        }
    }
}
