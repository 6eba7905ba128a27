package org.standfest.designer.ui.internal.editor;

import org.eclipse.core.commands.Command;
import org.eclipse.core.commands.ParameterizedCommand;
import org.eclipse.core.commands.common.CommandException;
import org.eclipse.ui.IWorkbenchPartSite;
import org.eclipse.ui.commands.ICommandService;
import org.eclipse.ui.handlers.IHandlerService;

import java.nio.file.Path;
import java.util.Map;

/** Opens a file by the command that everybody uses for it. */
final class OpenFile {

    private static final String COMMAND = "org.standfest.designer.ui.open";
    private static final String PARAMETER = "org.standfest.designer.ui.open.file";

    private OpenFile() {}

    static void open(IWorkbenchPartSite site, Path file) {
        Command open = site.getService(ICommandService.class).getCommand(COMMAND);
        try {
            site.getService(IHandlerService.class)
                    .executeCommand(
                            ParameterizedCommand.generateCommand(
                                    open, Map.of(PARAMETER, file.toString())),
                            null);
        } catch (CommandException bug) {
            throw new IllegalStateException("the own command is always there", bug);
        }
    }
}
