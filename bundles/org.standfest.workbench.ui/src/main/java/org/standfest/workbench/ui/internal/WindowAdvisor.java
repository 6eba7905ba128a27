package org.standfest.workbench.ui.internal;

import org.eclipse.core.runtime.Platform;
import org.eclipse.jface.action.IMenuManager;
import org.eclipse.jface.action.IStatusLineManager;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.application.ActionBarAdvisor;
import org.eclipse.ui.application.IActionBarConfigurer;
import org.eclipse.ui.application.IWorkbenchWindowConfigurer;
import org.eclipse.ui.application.WorkbenchWindowAdvisor;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.util.tracker.ServiceTracker;
import org.standfest.results.Catalog;
import org.standfest.workbench.ui.Greeter;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** One window: menu, tool bar, status line; greets through the faces. */
final class WindowAdvisor extends WorkbenchWindowAdvisor {

    private static final Catalog TEXTS = Catalog.beside(WindowAdvisor.class);

    WindowAdvisor(IWorkbenchWindowConfigurer configurer) {
        super(configurer);
    }

    @Override
    public ActionBarAdvisor createActionBarAdvisor(IActionBarConfigurer bars) {
        return new ActionBarAdvisor(bars) {
            @Override
            protected void fillMenuBar(IMenuManager menu) {
                // All menus are contributed by command in plugin.xml.
            }

            @Override
            protected void fillStatusLine(IStatusLineManager line) {
                line.setMessage(TEXTS.text(Locale.getDefault(), "status.ready"));
            }
        };
    }

    @Override
    public void preWindowOpen() {
        IWorkbenchWindowConfigurer window = getWindowConfigurer();
        Rectangle screen =
                window.getWorkbenchConfigurer()
                        .getWorkbench()
                        .getDisplay()
                        .getPrimaryMonitor()
                        .getClientArea();
        window.setInitialSize(
                new Point(Math.min(1480, screen.width), Math.min(920, screen.height)));
        window.setShowMenuBar(true);
        window.setShowCoolBar(true);
        window.setShowStatusLine(true);
        window.setShowPerspectiveBar(severalPerspectives());
        // Where a person works in one place, what takes time says so there.
        window.setShowProgressIndicator(severalPerspectives());
        if (Platform.getProduct() != null) {
            window.setTitle(Platform.getProduct().getName());
        }
    }

    @Override
    public void postWindowOpen() {
        ThemeChoice.stored().applyTo(getWindowConfigurer().getWindow());
        IWorkbenchWindow window = getWindowConfigurer().getWindow();
        // Later, when the window is on the screen: a message must not come before it.
        window.getShell().getDisplay().asyncExec(() -> greet(window));
    }

    private static void greet(IWorkbenchWindow window) {
        List<String> arguments = Arrays.asList(Platform.getApplicationArgs());
        BundleContext context = FrameworkUtil.getBundle(WindowAdvisor.class).getBundleContext();
        ServiceTracker<Greeter, Greeter> greeters =
                new ServiceTracker<>(context, Greeter.class, null);
        greeters.open();
        try {
            for (Greeter greeter : greeters.getServices(new Greeter[0])) {
                greeter.greet(window, arguments);
            }
        } finally {
            greeters.close();
        }
    }

    private boolean severalPerspectives() {
        return getWindowConfigurer()
                        .getWorkbenchConfigurer()
                        .getWorkbench()
                        .getPerspectiveRegistry()
                        .getPerspectives()
                        .length
                > 1;
    }
}
