package org.standfest.drawing.ui.canvas;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.printing.Printer;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.standfest.drawing.ui.Scene;
import org.standfest.drawing.ui.SceneIndex;
import org.standfest.drawing.ui.ScenePainter;
import org.standfest.drawing.ui.Viewport;
import org.standfest.workbench.ui.look.Look;
import org.standfest.workbench.ui.look.Shades;

import java.util.Map;
import java.util.Set;

/** Draws a whole scene onto a page of a printer. User interface thread only. */
public final class Printout {

    /** A drawing is never printed larger than this many dots of 1/72 inch for each point. */
    private static final double LARGEST = 1.25;

    private final Display display;

    /**
     * @param display whose fonts are used
     */
    public Printout(Display display) {
        this.display = display;
    }

    /** Draws onto the page that the printer has begun. */
    public void onto(Printer printer, Scene scene) {
        SceneIndex index = new SceneIndex(scene);
        Rectangle page = printer.getClientArea();
        Viewport viewport =
                Viewport.fitting(
                        index.bounds(),
                        page.width,
                        page.height,
                        LARGEST * printer.getDPI().x / 72.0);
        Shell owner = new Shell(display, SWT.NO_TRIM);
        GC gc = new GC(printer);
        try (GcPainter painter =
                new GcPainter(gc, Shades.LIGHT, new TextCache(owner, new Look(owner)), viewport)) {
            new ScenePainter(painter, Math.max(1, viewport.scale()), Set.of(), Map.of())
                    .paint(index, index.bounds());
        } finally {
            gc.dispose();
            owner.dispose();
        }
    }
}
