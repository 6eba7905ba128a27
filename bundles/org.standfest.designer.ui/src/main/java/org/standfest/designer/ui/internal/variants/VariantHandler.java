package org.standfest.designer.ui.internal.variants;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.ISources;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.handlers.HandlerUtil;
import org.standfest.designer.ui.internal.editor.TopologyEditor;
import org.standfest.designer.ui.internal.editor.TopologyInput;

import java.util.Locale;

/** The command that goes on with a copy of the topology in front. */
public final class VariantHandler extends AbstractHandler {

    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        if (HandlerUtil.getActiveEditor(event) instanceof TopologyEditor editor) {
            try {
                editor.getSite()
                        .getPage()
                        .openEditor(
                                new TopologyInput(editor.document().variant(Locale.getDefault())),
                                TopologyEditor.ID);
            } catch (PartInitException bug) {
                throw new ExecutionException("an own editor always opens", bug);
            }
        }
        return null;
    }

    @Override
    public void setEnabled(Object context) {
        Object editor = HandlerUtil.getVariable(context, ISources.ACTIVE_EDITOR_NAME);
        setBaseEnabled(editor instanceof TopologyEditor);
    }
}
