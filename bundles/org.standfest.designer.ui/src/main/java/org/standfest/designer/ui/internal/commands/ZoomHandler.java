package org.standfest.designer.ui.internal.commands;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.ui.ISources;
import org.eclipse.ui.handlers.HandlerUtil;
import org.standfest.designer.ui.internal.editor.TopologyEditor;

/** The commands zoom in, zoom out, fit and 100 %. */
public final class ZoomHandler extends AbstractHandler {

    private static final double STEP = 1.25;

    @Override
    public Object execute(ExecutionEvent event) {
        if (HandlerUtil.getActiveEditor(event) instanceof TopologyEditor editor) {
            String id = event.getCommand().getId();
            switch (id.substring(id.lastIndexOf('.') + 1)) {
                case "in" -> editor.canvas().zoom(STEP);
                case "out" -> editor.canvas().zoom(1 / STEP);
                case "full" -> editor.canvas().actualSize();
                default -> editor.canvas().fit();
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
