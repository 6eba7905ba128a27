package org.standfest.designer.ui.internal.whatif;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.handlers.HandlerUtil;

/** The command that shows the view of what-if. */
public final class WhatIfHandler extends AbstractHandler {

    private static final String VIEW = "org.standfest.designer.ui.whatif";

    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        try {
            HandlerUtil.getActiveWorkbenchWindowChecked(event).getActivePage().showView(VIEW);
        } catch (PartInitException bug) {
            throw new IllegalStateException(bug);
        }
        return null;
    }
}
