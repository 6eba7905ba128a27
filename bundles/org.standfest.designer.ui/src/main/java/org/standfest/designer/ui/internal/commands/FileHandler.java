package org.standfest.designer.ui.internal.commands;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.handlers.HandlerUtil;
import org.standfest.designer.ui.internal.welcome.Opening;

/** The commands open, new and welcome. */
public final class FileHandler extends AbstractHandler {

    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        Opening opening = new Opening(HandlerUtil.getActiveWorkbenchWindowChecked(event));
        String id = event.getCommand().getId();
        switch (id.substring(id.lastIndexOf('.') + 1)) {
            case "open" -> opening.chooseAndOpen();
            case "new" -> opening.fresh();
            default -> opening.welcome();
        }
        return null;
    }
}
