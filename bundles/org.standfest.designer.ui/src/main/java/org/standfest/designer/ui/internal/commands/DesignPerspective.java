package org.standfest.designer.ui.internal.commands;

import org.eclipse.ui.IFolderLayout;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IPerspectiveFactory;
import org.eclipse.ui.IPlaceholderFolderLayout;
import org.standfest.designer.ui.internal.editor.OverviewView;
import org.standfest.designer.ui.internal.help.HelpView;
import org.standfest.designer.ui.internal.steps.StepsView;

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
        right.addPlaceholder(HelpView.ID);
        IFolderLayout bottom = layout.createFolder("bottom", IPageLayout.BOTTOM, 0.66f, editors);
        bottom.addView("org.standfest.designer.ui.findings");
        bottom.addView("org.standfest.designer.ui.availability");
        bottom.addView("org.standfest.designer.ui.weakspots");
        bottom.addView("org.standfest.designer.ui.cutsets");
        bottom.addPlaceholder("org.standfest.designer.ui.capacity");
        bottom.addPlaceholder("org.standfest.designer.ui.whatif");
        bottom.addPlaceholder("org.standfest.designer.ui.compare");
        // What explains stands beside what it explains: the properties stay in sight.
        IPlaceholderFolderLayout guide =
                layout.createPlaceholderFolder("guide", IPageLayout.BOTTOM, 0.5f, "right");
        guide.addPlaceholder(StepsView.ID);
    }
}
