package org.standfest.workbench.ui.look;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;

/**
 * Draws a line below the child that has the keyboard. The mark that the system draws inside a
 * button cannot be seen on the colour of a primary one.
 */
public final class FocusLine {

    /** Room that the line takes below its child, in points. */
    public static final int ROOM = 4;

    private static final int THICK = 2;

    private final Composite parent;
    private final Look look;

    private FocusLine(Composite parent, Look look) {
        this.parent = parent;
        this.look = look;
    }

    /** Draws it for all children of a composite that are watched. */
    public static FocusLine in(Composite parent, Look look) {
        FocusLine line = new FocusLine(parent, look);
        parent.addListener(SWT.Paint, event -> line.paint(event.gc));
        return line;
    }

    /** Watches a child. */
    public void watch(Control child) {
        child.addListener(SWT.FocusIn, _ -> parent.redraw());
        child.addListener(SWT.FocusOut, _ -> parent.redraw());
    }

    private void paint(GC gc) {
        for (Control child : parent.getChildren()) {
            if (child.isFocusControl()) {
                Rectangle at = child.getBounds();
                gc.setBackground(look.color(Shade.ACCENT));
                gc.fillRectangle(at.x + 1, at.y + at.height + 1, at.width - 2, THICK);
            }
        }
    }
}
