package org.standfest.ui.tests.branch;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.ProgressBar;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Text;
import org.standfest.workbench.ui.look.LightLabel;
import org.standfest.workbench.ui.look.Spoken;

import java.util.ArrayList;
import java.util.List;

/** Finds what a screen reader could say nothing of: no words on it, and no name given to it. */
final class NamelessWidgets {

    private final List<String> found = new ArrayList<>();
    private int looked;

    private NamelessWidgets() {}

    /** All that are to be seen now; user interface thread only. */
    static List<String> in(Display display) {
        NamelessWidgets search = new NamelessWidgets();
        for (Shell shell : display.getShells()) {
            if (shell.isVisible()) {
                search.look(shell, shell.getText());
            }
        }
        if (search.looked == 0) {
            search.found.add("nothing to look at");
        }
        return search.found;
    }

    private void look(Control control, String path) {
        if (!control.getVisible()) {
            return;
        }
        looked++;
        String here = path + "/" + control.getClass().getSimpleName();
        if (words(control).isBlank() && Spoken.of(control).isEmpty() && needsAName(control)) {
            found.add(here + " " + control.getData("standfest.id"));
        }
        if (control instanceof Composite composite) {
            for (Control child : composite.getChildren()) {
                look(child, here);
            }
        }
    }

    private static String words(Control control) {
        return switch (control) {
            case Button button -> button.getText();
            case Label label -> label.getText();
            case Shell shell -> shell.getText();
            default -> "";
        };
    }

    /** Fields, buttons and pictures do; what only groups others, and lines and gaps, do not. */
    private static boolean needsAName(Control control) {
        return switch (control) {
            case Button _, Text _, Combo _, Spinner _, ProgressBar _, Shell _, LightLabel _ -> true;
            case Label label -> label.getImage() != null && (label.getStyle() & SWT.SEPARATOR) == 0;
            case Canvas canvas ->
                    canvas.getChildren().length == 0
                            && canvas.getClass().getName().startsWith("org.standfest.");
            default -> false;
        };
    }
}
