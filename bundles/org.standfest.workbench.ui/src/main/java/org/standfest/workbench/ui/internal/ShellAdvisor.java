package org.standfest.workbench.ui.internal;

import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.application.IWorkbenchConfigurer;
import org.eclipse.ui.application.IWorkbenchWindowConfigurer;
import org.eclipse.ui.application.WorkbenchAdvisor;
import org.eclipse.ui.application.WorkbenchWindowAdvisor;
import org.eclipse.ui.statushandlers.AbstractStatusHandler;
import org.eclipse.ui.statushandlers.StatusAdapter;
import org.eclipse.ui.statushandlers.StatusManager;
import org.standfest.workbench.ui.OutcomePresenter;

/** The workbench: what opens first, and that a fault is told once and in people's words. */
final class ShellAdvisor extends WorkbenchAdvisor {

    private final String perspective;
    private AbstractStatusHandler faults;

    ShellAdvisor(String perspective) {
        this.perspective = perspective;
    }

    @Override
    public void initialize(IWorkbenchConfigurer configurer) {
        configurer.setSaveAndRestore(true);
    }

    @Override
    public String getInitialWindowPerspectiveId() {
        return perspective;
    }

    @Override
    public WorkbenchWindowAdvisor createWorkbenchWindowAdvisor(IWorkbenchWindowConfigurer window) {
        return new WindowAdvisor(window);
    }

    @Override
    public void eventLoopException(Throwable bug) {
        super.eventLoopException(bug);
        tell(bug);
    }

    @Override
    public synchronized AbstractStatusHandler getWorkbenchErrorHandler() {
        if (faults == null) {
            faults = new Faults();
        }
        return faults;
    }

    private static void tell(Throwable bug) {
        Display display = Display.getDefault();
        if (display.isDisposed()) {
            return;
        }
        display.asyncExec(
                () -> {
                    Shell shell = display.getActiveShell();
                    boolean beingTold = shell != null && shell.getData() instanceof OutcomeDialog;
                    if (!beingTold) {
                        new OutcomePresenter().bug(shell, bug);
                    }
                });
    }

    /** Platform code reports by status; a person reads an outcome. */
    private static final class Faults extends AbstractStatusHandler {
        @Override
        public void handle(StatusAdapter adapter, int style) {
            Throwable cause = adapter.getStatus().getException();
            boolean show = (style & (StatusManager.SHOW | StatusManager.BLOCK)) != 0;
            if (show && cause != null) {
                tell(cause);
            }
        }
    }
}
