package org.standfest.designer.ui.internal.help;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchPart;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.handlers.HandlerUtil;

/** Shows the page that explains the part of the window with the focus. */
public final class HelpHandler extends AbstractHandler {

    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        IWorkbenchPart part = HandlerUtil.getActivePart(event);
        IWorkbenchPage page = HandlerUtil.getActiveWorkbenchWindowChecked(event).getActivePage();
        try {
            HelpView view = (HelpView) page.showView(HelpView.ID);
            if (part != null && part != view) {
                view.showFor(part.getSite().getId());
            }
        } catch (PartInitException bug) {
            throw new ExecutionException("an own view always opens", bug);
        }
        return null;
    }
}
