package org.standfest.drawing.ui.canvas;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Text;
import org.standfest.drawing.ui.Box;
import org.standfest.drawing.ui.Viewport;
import org.standfest.workbench.ui.look.Look;

import java.util.function.Consumer;

/** A field above a figure in which its name is edited. User interface thread only. */
final class NameField {

    private static final int MIN_WIDTH = 160;
    private final Text field;
    private boolean done;

    /**
     * Opens it.
     *
     * @param onName told the new name; not told when it is given up or unchanged
     */
    NameField(DrawingCanvas canvas, Look look, Box box, String name, Consumer<String> onName) {
        field = new Text(canvas, SWT.BORDER | SWT.SINGLE);
        field.setFont(look.strong());
        field.setText(name);
        field.selectAll();
        field.setData("standfest.id", "drawing.name");
        Viewport view = canvas.viewport();
        int height = field.computeSize(SWT.DEFAULT, SWT.DEFAULT).y;
        field.setBounds(
                (int) ((box.x() - view.left()) * view.scale()) + 2,
                (int) ((box.y() - view.top()) * view.scale()) + 2,
                (int) Math.max(MIN_WIDTH, box.width() * view.scale() - 4),
                height);
        field.setFocus();
        field.addListener(SWT.FocusOut, _ -> finish(true, name, onName, canvas));
        field.addListener(SWT.DefaultSelection, _ -> finish(true, name, onName, canvas));
        field.addListener(
                SWT.Traverse,
                event -> {
                    if (event.detail == SWT.TRAVERSE_ESCAPE) {
                        event.doit = false;
                        finish(false, name, onName, canvas);
                    }
                });
    }

    private void finish(boolean take, String name, Consumer<String> onName, DrawingCanvas canvas) {
        if (done) {
            return;
        }
        done = true;
        String typed = field.getText().strip();
        boolean focused = field.isFocusControl();
        field.dispose();
        if (focused) {
            canvas.setFocus();
        }
        if (take && !typed.isEmpty() && !typed.equals(name)) {
            onName.accept(typed);
        }
    }
}
