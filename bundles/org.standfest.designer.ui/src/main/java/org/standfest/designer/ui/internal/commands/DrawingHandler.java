package org.standfest.designer.ui.internal.commands;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.ISources;
import org.eclipse.ui.handlers.HandlerUtil;
import org.standfest.designer.ui.internal.editor.TopologyEditor;

/** Cut, copy, paste, find, arrange, export and print of the drawing in front. */
public final class DrawingHandler extends AbstractHandler {

    @Override
    public Object execute(ExecutionEvent event) {
        if (HandlerUtil.getActiveEditor(event) instanceof TopologyEditor editor) {
            String id = event.getCommand().getId();
            String verb = id.substring(id.lastIndexOf('.') + 1);
            Control focus = Display.getCurrent().getFocusControl();
            if (focus instanceof Text field) {
                inField(verb, field);
            } else {
                onDrawing(verb, editor);
            }
        }
        return null;
    }

    /** A name is being edited on the drawing: the keys belong to its field. */
    private static void inField(String verb, Text field) {
        switch (verb) {
            case "cut" -> field.cut();
            case "copy" -> field.copy();
            case "paste" -> field.paste();
            default -> {
                // Nothing of the drawing while a name is typed.
            }
        }
    }

    private static void onDrawing(String verb, TopologyEditor editor) {
        switch (verb) {
            case "cut" -> editor.tools().cut();
            case "copy" -> editor.tools().copy();
            case "paste" -> editor.tools().paste();
            case "findReplace" -> editor.jump();
            case "arrange" -> editor.arrange();
            case "export" -> editor.export();
            case "print" -> editor.print();
            default -> throw new IllegalArgumentException(verb);
        }
    }

    @Override
    public void setEnabled(Object context) {
        Object editor = HandlerUtil.getVariable(context, ISources.ACTIVE_EDITOR_NAME);
        setBaseEnabled(editor instanceof TopologyEditor);
    }
}
