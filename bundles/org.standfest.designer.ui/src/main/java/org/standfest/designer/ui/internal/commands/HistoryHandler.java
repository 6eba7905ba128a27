package org.standfest.designer.ui.internal.commands;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.ui.ISources;
import org.eclipse.ui.handlers.HandlerUtil;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.designer.ui.internal.editor.TopologyEditor;
import org.standfest.results.Catalog;

import java.util.Locale;
import java.util.Optional;

/** Undo and redo of the topology in front, whichever view has the focus. */
public final class HistoryHandler extends AbstractHandler {

    private static final Catalog TEXTS = Catalog.beside(HistoryHandler.class);

    @Override
    public Object execute(ExecutionEvent event) {
        if (HandlerUtil.getActiveEditor(event) instanceof TopologyEditor editor) {
            TopologyDocument document = editor.document();
            boolean undo = event.getCommand().getId().endsWith("undo");
            Optional<String> name = undo ? document.undoName() : document.redoName();
            if (undo) {
                document.undo();
            } else {
                document.redo();
            }
            name.ifPresent(
                    what ->
                            editor.getEditorSite()
                                    .getActionBars()
                                    .getStatusLineManager()
                                    .setMessage(
                                            TEXTS.text(
                                                    Locale.getDefault(),
                                                    undo ? "undone" : "redone",
                                                    what)));
        }
        return null;
    }

    @Override
    public void setEnabled(Object context) {
        Object editor = HandlerUtil.getVariable(context, ISources.ACTIVE_EDITOR_NAME);
        setBaseEnabled(editor instanceof TopologyEditor);
    }
}
