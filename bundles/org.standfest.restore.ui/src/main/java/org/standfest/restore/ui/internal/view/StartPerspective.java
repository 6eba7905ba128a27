package org.standfest.restore.ui.internal.view;

import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IPerspectiveFactory;

/** One page, nothing to close and nothing to move. */
public final class StartPerspective implements IPerspectiveFactory {

    @Override
    public void createInitialLayout(IPageLayout layout) {
        layout.setEditorAreaVisible(false);
        layout.setFixed(true);
        layout.addStandaloneView(StartPage.ID, false, IPageLayout.LEFT, 1f, layout.getEditorArea());
        layout.getViewLayout(StartPage.ID).setCloseable(false);
        layout.getViewLayout(StartPage.ID).setMoveable(false);
    }
}
