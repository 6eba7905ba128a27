package org.standfest.workbench.ui.internal;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.handlers.HandlerUtil;
import org.eclipse.ui.handlers.RadioState;

/** The command "theme" with the radio parameter SYSTEM, LIGHT or DARK. */
public final class ThemeHandler extends AbstractHandler {

    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        if (HandlerUtil.matchesRadioState(event)) {
            return null;
        }
        String wanted = event.getParameter(RadioState.PARAMETER_ID);
        ThemeChoice choice = ThemeChoice.valueOf(wanted);
        choice.store();
        choice.applyTo(HandlerUtil.getActiveWorkbenchWindowChecked(event));
        HandlerUtil.updateRadioState(event.getCommand(), wanted);
        return null;
    }
}
