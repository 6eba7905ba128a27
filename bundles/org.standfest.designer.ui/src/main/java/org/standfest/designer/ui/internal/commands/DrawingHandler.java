package org.standfest.designer.ui.internal.commands;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.ISources;
import org.eclipse.ui.handlers.HandlerUtil;
import org.standfest.designer.ui.internal.editor.TopologyEditor;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Cut, copy, paste, find, arrange, export and print of the drawing in front. Export asks for a file
 * unless one is given.
 */
public final class DrawingHandler extends AbstractHandler {

    private static final String FILE = "org.standfest.designer.ui.export.file";

    @Override
    public Object execute(ExecutionEvent event) {
        if (HandlerUtil.getActiveEditor(event) instanceof TopologyEditor editor) {
            String id = event.getCommand().getId();
            String verb = id.substring(id.lastIndexOf('.') + 1);
            Control focus = Display.getCurrent().getFocusControl();
            if (focus instanceof Text field) {
                inField(verb, field);
            } else {
                onDrawing(verb, editor, Optional.ofNullable(event.getParameter(FILE)));
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

    private static void onDrawing(String verb, TopologyEditor editor, Optional<String> file) {
        switch (verb) {
            case "cut" -> editor.tools().cut();
            case "copy" -> editor.tools().copy();
            case "paste" -> editor.tools().paste();
            case "findReplace" -> editor.jump();
            case "arrange" -> editor.arrange();
            case "export" -> file.map(Path::of).ifPresentOrElse(editor::exportTo, editor::export);
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
