package org.standfest.designer.ui.internal.editor;

import org.eclipse.ui.IViewPart;
import org.eclipse.ui.IWorkbenchPage;

/** Brings the properties to the front. */
final class PropertiesOpener {

    private static final String VIEW = "org.standfest.designer.ui.properties";

    private PropertiesOpener() {}

    static void show(IWorkbenchPage page) {
        IViewPart view = page.findView(VIEW);
        if (view != null) {
            page.activate(view);
        }
    }
}
