package org.standfest.workbench.ui.look;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;

/**
 * A sheet with rounded corners and a fine line around it; its content is laid into it as into any
 * composite. With a light it bears a strip of the light's colour at its left edge. Clickable cards
 * tell so by the hand and a stronger line.
 */
public final class Card extends Canvas {

    private static final int RADIUS = 10;
    private static final int EDGE = 4;
    private final Look look;
    private Light edge;
    private boolean hot;

    /**
     * @param parent where it lies
     */
    public Card(Composite parent) {
        super(parent, SWT.DOUBLE_BUFFERED);
        look = new Look(this);
        Style.SURFACE.on(this);
        addPaintListener(event -> paint(event.gc));
    }

    /** Fonts and colours for what lies in it. */
    public Look look() {
        return look;
    }

    /** Puts a strip of the light's colour at the left edge; {@code null} for none. */
    public void edge(Light light) {
        edge = light;
        redraw();
    }

    /** Makes the whole card act like a button. Enter and space work when it has the focus. */
    public void onClick(Runnable action) {
        setCursor(getDisplay().getSystemCursor(SWT.CURSOR_HAND));
        addListener(
                SWT.MouseUp,
                event -> {
                    if (event.button == 1 && getClientArea().contains(event.x, event.y)) {
                        action.run();
                    }
                });
        addListener(
                SWT.KeyDown,
                event -> {
                    if (event.character == SWT.CR || event.character == ' ') {
                        action.run();
                    }
                });
        addListener(SWT.Traverse, event -> event.doit = true);
        addListener(SWT.FocusIn, event -> heat(true));
        addListener(SWT.FocusOut, event -> heat(false));
        addListener(SWT.MouseEnter, event -> heat(true));
        addListener(SWT.MouseExit, event -> heat(isFocusControl()));
    }

    private void heat(boolean on) {
        hot = on;
        redraw();
    }

    private void paint(GC gc) {
        Rectangle area = getClientArea();
        gc.setAntialias(SWT.ON);
        gc.setBackground(look.color(Shade.WINDOW));
        gc.fillRectangle(area);
        gc.setBackground(look.color(Shade.SURFACE));
        gc.fillRoundRectangle(0, 0, area.width, area.height, RADIUS, RADIUS);
        if (edge != null) {
            // No clipping: taking it away again would let the card be drawn over what covers it.
            gc.setBackground(look.color(Shade.of(edge)));
            gc.fillRoundRectangle(0, 0, RADIUS * 2, area.height, RADIUS, RADIUS);
            gc.setBackground(look.color(Shade.SURFACE));
            gc.fillRectangle(EDGE, 0, RADIUS * 2 - EDGE, area.height);
        }
        gc.setForeground(look.color(hot ? Shade.ACCENT : Shade.LINE));
        gc.setLineWidth(hot ? 2 : 1);
        int in = hot ? 1 : 0;
        gc.drawRoundRectangle(in, in, area.width - 1 - in, area.height - 1 - in, RADIUS, RADIUS);
    }
}
