package org.standfest.designer.ui.internal.commands;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.handlers.HandlerUtil;

/**
 * Closes the document in front, whichever view has the focus: the platform's own handler is grey
 * while a person stands in the tree or the properties of that very document.
 */
public final class CloseHandler extends AbstractHandler {

    @Override
    public Object execute(ExecutionEvent event) {
        IEditorPart editor = HandlerUtil.getActiveEditor(event);
        if (editor != null) {
            editor.getSite().getPage().closeEditor(editor, true);
        }
        return null;
    }
}
