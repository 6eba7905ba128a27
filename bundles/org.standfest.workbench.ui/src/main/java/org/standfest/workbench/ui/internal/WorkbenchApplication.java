package org.standfest.workbench.ui.internal;

import org.eclipse.core.runtime.Platform;
import org.eclipse.equinox.app.IApplication;
import org.eclipse.equinox.app.IApplicationContext;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.PlatformUI;

/**
 * The application of both products. What opens first stands in the product's property {@code
 * initialPerspective}; what a face does at the start, it offers as a {@code Greeter}.
 */
public final class WorkbenchApplication implements IApplication {

    @Override
    public Object start(IApplicationContext context) {
        Display.setAppName(
                Platform.getProduct() == null ? "Standfest" : Platform.getProduct().getName());
        Display display = PlatformUI.createDisplay();
        try {
            String perspective = context.getBrandingProperty("initialPerspective");
            int code = PlatformUI.createAndRunWorkbench(display, new ShellAdvisor(perspective));
            return code == PlatformUI.RETURN_RESTART
                    ? IApplication.EXIT_RESTART
                    : IApplication.EXIT_OK;
        } finally {
            display.dispose();
        }
    }

    @Override
    public void stop() {
        if (!PlatformUI.isWorkbenchRunning()) {
            return;
        }
        IWorkbench workbench = PlatformUI.getWorkbench();
        Display display = workbench.getDisplay();
        display.syncExec(
                () -> {
                    if (!display.isDisposed()) {
                        workbench.close();
                    }
                });
    }
}
