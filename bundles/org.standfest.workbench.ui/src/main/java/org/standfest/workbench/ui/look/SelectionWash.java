package org.standfest.workbench.ui.look;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;

/**
 * Marks the selected rows of a table or tree by a wash instead of the full colour of the system, on
 * which the icons, drawn for the ground of the rows, could not be seen.
 */
public final class SelectionWash {

    private final Look look;

    private SelectionWash(Look look) {
        this.look = look;
    }

    /** From now on, for this table or tree. */
    public static void on(Composite rows, Look look) {
        rows.addListener(SWT.EraseItem, new SelectionWash(look)::erase);
    }

    private void erase(Event event) {
        if ((event.detail & SWT.SELECTED) != 0) {
            event.gc.setBackground(look.color(Shade.ACCENT_WASH));
            event.gc.setForeground(look.color(Shade.TEXT));
            event.gc.fillRectangle(event.x, event.y, event.width, event.height);
            event.detail &= ~SWT.SELECTED;
        }
    }
}
