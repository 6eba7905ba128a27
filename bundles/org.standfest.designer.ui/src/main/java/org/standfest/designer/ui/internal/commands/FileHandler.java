package org.standfest.designer.ui.internal.commands;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.handlers.HandlerUtil;
import org.standfest.designer.ui.internal.welcome.Opening;

import java.nio.file.Path;

/** The commands open, new and welcome. */
public final class FileHandler extends AbstractHandler {

    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        Opening opening = new Opening(HandlerUtil.getActiveWorkbenchWindowChecked(event));
        String id = event.getCommand().getId();
        switch (id.substring(id.lastIndexOf('.') + 1)) {
            case "open" -> {
                String file = event.getParameter(id + ".file");
                if (file == null) {
                    opening.chooseAndOpen();
                } else {
                    opening.open(Path.of(file));
                }
            }
            case "new" -> opening.fresh();
            default -> opening.welcome();
        }
        return null;
    }
}
