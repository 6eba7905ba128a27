package org.standfest.workbench.ui;

import org.eclipse.ui.IWorkbenchWindow;

import java.util.List;

/**
 * What a face does when the window is there: open what was named on the command line, show a
 * welcome. Offered as an OSGi service; each is called once a window, in the user interface thread,
 * and should return quickly.
 */
@FunctionalInterface
public interface Greeter {

    /**
     * The window is open.
     *
     * @param window the window
     * @param arguments what the program was called with, without the platform's own arguments
     */
    void greet(IWorkbenchWindow window, List<String> arguments);
}
