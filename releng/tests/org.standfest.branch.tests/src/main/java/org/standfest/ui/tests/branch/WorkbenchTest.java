package org.standfest.ui.tests.branch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.core.runtime.Platform;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.PlatformUI;
import org.junit.jupiter.api.Test;

class WorkbenchTest {

    @Test
    void opensOneWindowOfThisProduct() {
        assertEquals("org.standfest.restore.ui.branch", Platform.getProduct().getId());
        assertTrue(PlatformUI.isWorkbenchRunning());
        int windows =
                Display.getDefault().syncCall(PlatformUI.getWorkbench()::getWorkbenchWindowCount);
        assertEquals(1, windows);
    }
}
