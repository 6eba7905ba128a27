package org.standfest.workbench.ui.look;

import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.ScrolledComposite;
import org.eclipse.swt.widgets.Composite;

/**
 * A page that is as wide as its place and scrolls where its words need more height. Only in the
 * user interface thread.
 */
public final class ScrolledPage {

    private static final int STEP_PIXELS = 32;

    private final ScrolledComposite scroll;
    private final Composite page;

    /** Makes an empty page. */
    public ScrolledPage(Composite parent) {
        scroll = new ScrolledComposite(parent, SWT.V_SCROLL);
        scroll.setExpandHorizontal(true);
        scroll.setExpandVertical(true);
        scroll.setShowFocusedControl(true);
        scroll.getVerticalBar().setIncrement(STEP_PIXELS);
        page = new Composite(scroll, SWT.NONE);
        scroll.setContent(page);
        scroll.addListener(SWT.Resize, _ -> arrange());
    }

    /** What scrolls. */
    public ScrolledComposite scroll() {
        return scroll;
    }

    /** Where the words stand. */
    public Composite page() {
        return page;
    }

    /** As high as its words are at this width; to be called when they have changed. */
    public void arrange() {
        int width = scroll.getClientArea().width;
        if (width > 0) {
            scroll.setMinHeight(page.computeSize(width, SWT.DEFAULT).y);
            page.layout(true, true);
        }
    }
}
