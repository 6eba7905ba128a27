package org.standfest.designer.ui.internal.commands;

import org.eclipse.ui.IFolderLayout;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IPerspectiveFactory;
import org.standfest.designer.ui.internal.editor.OverviewView;

/**
 * Tree and overview at the left, drawing in the middle, properties at the right, findings and
 * availability below.
 */
public final class DesignPerspective implements IPerspectiveFactory {

    @Override
    public void createInitialLayout(IPageLayout layout) {
        String editors = layout.getEditorArea();
        layout.setEditorAreaVisible(true);
        IFolderLayout left = layout.createFolder("left", IPageLayout.LEFT, 0.18f, editors);
        left.addView("org.standfest.designer.ui.navigator");
        IFolderLayout corner = layout.createFolder("corner", IPageLayout.BOTTOM, 0.74f, "left");
        corner.addView(OverviewView.ID);
        IFolderLayout right = layout.createFolder("right", IPageLayout.RIGHT, 0.68f, editors);
        right.addView("org.standfest.designer.ui.properties");
        IFolderLayout bottom = layout.createFolder("bottom", IPageLayout.BOTTOM, 0.66f, editors);
        bottom.addView("org.standfest.designer.ui.findings");
        bottom.addView("org.standfest.designer.ui.availability");
        bottom.addView("org.standfest.designer.ui.weakspots");
        bottom.addView("org.standfest.designer.ui.cutsets");
        bottom.addPlaceholder("org.standfest.designer.ui.whatif");
    }
}
