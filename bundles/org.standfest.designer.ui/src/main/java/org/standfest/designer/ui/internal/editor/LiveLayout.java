package org.standfest.designer.ui.internal.editor;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.widgets.Display;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.designer.ui.internal.drawing.SiteRows;
import org.standfest.designer.ui.internal.layout.AutomaticLayout;
import org.standfest.topology.Topology;

import java.util.Locale;

/**
 * Finds rows for the sites of a document in the background: when it is opened, and when a person
 * asks. What a person has given a place is not in it. User interface thread only.
 */
final class LiveLayout {

    private final TopologyDocument document;
    private final Display display;
    private final Locale locale;
    private final Runnable onRows;
    private SiteRows rows = SiteRows.UNKNOWN;
    private int asked;
    private boolean closed;

    /**
     * @param onRows told when there are other rows
     */
    LiveLayout(TopologyDocument document, Display display, Locale locale, Runnable onRows) {
        this.document = document;
        this.display = display;
        this.locale = locale;
        this.onRows = onRows;
    }

    /** The rows found last. */
    SiteRows rows() {
        return rows;
    }

    /** Begins to search; told later, if at all. */
    void start() {
        int when = ++asked;
        Topology copy = document.snapshot();
        AutomaticLayout search = new AutomaticLayout(copy, document.words(), locale);
        Job job =
                Job.createSystem(
                        "layout",
                        (ICoreRunnable)
                                _ -> {
                                    SiteRows found = search.rows();
                                    if (!display.isDisposed()) {
                                        display.asyncExec(() -> take(found, when));
                                    }
                                });
        job.setPriority(Job.SHORT);
        job.schedule();
    }

    private void take(SiteRows found, int when) {
        // Searches run side by side: a slow one of an older drawing may end last.
        if (!closed && when == asked && !found.equals(rows)) {
            rows = found;
            onRows.run();
        }
    }

    void close() {
        closed = true;
    }
}
