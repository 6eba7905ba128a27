package org.standfest.designer.ui.internal.beginning;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.jface.window.Window;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.handlers.HandlerUtil;
import org.standfest.designer.ui.internal.editor.TopologyEditor;
import org.standfest.designer.ui.internal.exchange.Importing;
import org.standfest.designer.ui.internal.patterns.PatternHandler;
import org.standfest.designer.ui.internal.patterns.Patterns;
import org.standfest.designer.ui.internal.welcome.Examples;
import org.standfest.designer.ui.internal.welcome.Opening;
import org.standfest.patterns.Pattern;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The command that asks how to begin, and begins. */
public final class BeginHandler extends AbstractHandler {

    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
        List<Pattern> patterns = Patterns.all();
        List<Examples.Example> examples =
                new Examples(Opening.examplesFolder(), Locale.getDefault()).read();
        BeginDialog dialog = new BeginDialog(window.getShell(), patterns, examples);
        if (dialog.open() == Window.OK) {
            begin(window, dialog.answer(), patterns, examples);
        }
        return null;
    }

    private static void begin(
            IWorkbenchWindow window,
            BeginDialog.Answer answer,
            List<Pattern> patterns,
            List<Examples.Example> examples) {
        Opening opening = new Opening(window);
        switch (answer.way()) {
            case EMPTY -> opening.fresh(answer.name());
            case PATTERN -> {
                opening.fresh(answer.name());
                if (window.getActivePage().getActiveEditor() instanceof TopologyEditor editor) {
                    PatternHandler.lay(editor, Optional.of(patterns.get(answer.index()).id()));
                }
            }
            case IMPORT -> new Importing(window).choose(answer.name());
            case EXAMPLE -> opening.openExample(examples.get(answer.index()).file());
        }
    }
}
