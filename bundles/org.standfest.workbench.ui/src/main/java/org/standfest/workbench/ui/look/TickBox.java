package org.standfest.workbench.ui.look;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;

/**
 * A box to tick, or one of several to choose, with its words in a label beside it: a dark page's
 * own colours would hide a box that bears its words itself. Takes two columns of its parent's grid.
 */
public final class TickBox {

    private static final int WIDE = 270;

    private TickBox() {}

    /**
     * Makes one; only in the user interface thread.
     *
     * @param kind {@link SWT#CHECK} or {@link SWT#RADIO}
     */
    public static Button in(Composite parent, int kind, String words, Look look) {
        Button box = new Button(parent, kind);
        Style.CHECK.on(box);
        Spoken.as(box, () -> words);
        GridDataFactory.swtDefaults().align(SWT.BEGINNING, SWT.BEGINNING).applyTo(box);
        Label label = new Label(parent, SWT.WRAP);
        label.setText(Literal.of(words));
        label.setFont(look.strong());
        label.addListener(SWT.MouseUp, _ -> press(box));
        GridDataFactory.fillDefaults()
                .align(SWT.FILL, SWT.CENTER)
                .grab(true, false)
                .hint(WIDE, SWT.DEFAULT)
                .applyTo(label);
        return box;
    }

    /** As if the box itself had been clicked. */
    private static void press(Button box) {
        boolean radio = (box.getStyle() & SWT.RADIO) != 0;
        if (radio) {
            for (Control other : box.getParent().getChildren()) {
                if (other instanceof Button button) {
                    button.setSelection(false);
                }
            }
        }
        box.setSelection(radio || !box.getSelection());
        box.setFocus();
        box.notifyListeners(SWT.Selection, new Event());
    }
}
