package org.standfest.designer.ui.internal.editor;

import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.part.ViewPart;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.drawing.ui.canvas.DrawingCanvas;
import org.standfest.drawing.ui.canvas.Overview;

import java.util.Optional;

/** The whole drawing, small, with the part that is seen; a click goes there. */
public final class OverviewView extends ViewPart {

    /** The view's id. */
    public static final String ID = "org.standfest.designer.ui.overview";

    private Overview overview;
    private DocumentTracker tracker;

    @Override
    public void createPartControl(Composite parent) {
        overview = new Overview(parent);
        tracker = new DocumentTracker(getSite().getPage(), this::follow);
        tracker.open();
    }

    private void follow(Optional<TopologyDocument> document) {
        IEditorPart editor = getSite().getPage().getActiveEditor();
        DrawingCanvas canvas =
                document.isPresent() && editor instanceof TopologyEditor topology
                        ? topology.canvas()
                        : null;
        overview.follow(canvas);
    }

    @Override
    public void setFocus() {
        overview.setFocus();
    }

    @Override
    public void dispose() {
        if (tracker != null) {
            tracker.close();
        }
        super.dispose();
    }
}
