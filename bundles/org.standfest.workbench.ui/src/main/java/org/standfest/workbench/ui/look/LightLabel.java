package org.standfest.workbench.ui.look;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;

/** A light with its word: shape, then word, both in the light's colour. */
public final class LightLabel extends Canvas {

    private static final int GAP = 6;

    private final Look look;
    private Light light = Light.UNKNOWN;
    private String word = "";

    /**
     * @param parent where it lies
     */
    public LightLabel(Composite parent) {
        super(parent, SWT.DOUBLE_BUFFERED);
        look = new Look(this);
        setFont(look.strong());
        addPaintListener(event -> paint(event.gc));
        Spoken.as(this, this::word);
    }

    /** Shows a light with a word that says more than the light's own. */
    public void show(Light shown, String text) {
        light = shown;
        word = text;
        setToolTipText(null);
        redraw();
    }

    /** The word that is shown. */
    public String word() {
        return word;
    }

    /** The light that is shown. */
    public Light light() {
        return light;
    }

    @Override
    public Point computeSize(int widthHint, int heightHint, boolean changed) {
        GC gc = new GC(this);
        try {
            gc.setFont(getFont());
            Point text = gc.textExtent(word);
            return new Point(shapeSize(text.y) + GAP + text.x + 2, text.y);
        } finally {
            gc.dispose();
        }
    }

    @Override
    public void setFont(Font font) {
        super.setFont(font);
        redraw();
    }

    private void paint(GC gc) {
        Rectangle area = getClientArea();
        gc.setFont(getFont());
        Point text = gc.textExtent(word);
        int size = shapeSize(text.y);
        int top = (area.height - text.y) / 2;
        LightPainter.paint(
                gc, light, look.color(Shade.of(light)), 0, top + (text.y - size) / 2f, size);
        gc.drawText(word, size + GAP, top, true);
    }

    private static int shapeSize(int textHeight) {
        return Math.max(10, Math.round(textHeight * 0.66f));
    }
}
