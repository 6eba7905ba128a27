package org.standfest.designer.ui.internal.bench;

import org.eclipse.swt.widgets.Display;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.designer.ui.internal.editor.LiveFindings;
import org.standfest.drawing.ui.canvas.DrawingCanvas;

import java.time.InstantSource;

/** Edits a document and waits for the findings that come of it. User interface thread only. */
final class Findings implements AutoCloseable, TopologyDocument.Listener {

    private final TopologyDocument document;
    private final DrawingCanvas canvas;
    private final LiveFindings live;
    private boolean told;

    Findings(TopologyDocument document, DrawingCanvas canvas) {
        this.document = document;
        this.canvas = canvas;
        live = new LiveFindings(document, canvas.getDisplay(), InstantSource.system());
        document.add(this);
    }

    /** One command, its findings, and the picture with them. */
    void edit(int number) {
        told = false;
        Edits.rename(document, number);
        Display display = canvas.getDisplay();
        while (!told) {
            if (!display.readAndDispatch()) {
                display.sleep();
            }
        }
        canvas.show(CanvasBench.scene(document));
        CanvasBench.settle(canvas);
    }

    @Override
    public void modelChanged() {
        live.changed();
    }

    @Override
    public void reportChanged() {
        told = true;
    }

    @Override
    public void close() {
        document.remove(this);
        live.close();
    }
}
