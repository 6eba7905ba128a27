package org.standfest.designer.ui.internal.exchange;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.handlers.HandlerUtil;

import java.io.File;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The command that reads files of another program. */
public final class ImportHandler extends AbstractHandler {

    private static final String FILES = "org.standfest.designer.ui.import.files";

    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        Importing importing = new Importing(HandlerUtil.getActiveWorkbenchWindowChecked(event));
        String files = event.getParameter(FILES);
        if (files == null) {
            importing.choose("");
        } else {
            importing.read(
                    Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                            .splitAsStream(files)
                            .map(Path::of)
                            .toList(),
                    "");
        }
        return null;
    }
}
