package org.standfest.designer.ui.internal.commands;

import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.ActionContributionItem;
import org.eclipse.jface.action.IContributionItem;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.actions.CompoundContributionItem;
import org.standfest.designer.ui.internal.document.RecentFiles;
import org.standfest.designer.ui.internal.welcome.Opening;

import java.nio.file.Path;

/** The files that were opened last, in the file menu. */
public final class RecentMenu extends CompoundContributionItem {

    @Override
    protected IContributionItem[] getContributionItems() {
        return new RecentFiles()
                .list().stream()
                        .map(file -> new ActionContributionItem(action(file)))
                        .toArray(IContributionItem[]::new);
    }

    private static Action action(Path file) {
        Action action =
                new Action(file.getFileName().toString()) {
                    @Override
                    public void run() {
                        new Opening(PlatformUI.getWorkbench().getActiveWorkbenchWindow())
                                .open(file);
                    }
                };
        action.setToolTipText(file.toString());
        return action;
    }
}
