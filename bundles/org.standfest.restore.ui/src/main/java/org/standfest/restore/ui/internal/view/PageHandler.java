package org.standfest.restore.ui.internal.view;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.handlers.HandlerUtil;

/** The commands of the start page: look again, say whom to call, leave the standby. */
public final class PageHandler extends AbstractHandler {

    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        IViewPart view =
                HandlerUtil.getActiveWorkbenchWindowChecked(event)
                        .getActivePage()
                        .findView(StartPage.ID);
        if (view instanceof StartPage page) {
            String command = event.getCommand().getId();
            if (command.endsWith(".leave")) {
                page.leave();
            } else if (command.endsWith(".contacts")) {
                page.nameContacts();
            } else {
                page.refresh();
            }
        }
        return null;
    }
}
