package org.standfest.designer.ui.internal.editor;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.widgets.Display;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.util.tracker.ServiceTracker;
import org.standfest.analysis.TopologyExaminer;
import org.standfest.analysis.TopologyReport;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.topology.Topology;

import java.time.InstantSource;

/**
 * Lets the rules look at a copy of a document a moment after each change, in the background. The
 * moment is as long as the copy took the last time, so that who types or nudges in a large document
 * pays for few copies and a small one answers at once. User interface thread only.
 */
public final class LiveFindings {

    private static final int PAUSE_MILLIS_MIN = 10;
    private static final int PAUSE_MILLIS_MAX = 250;

    private final TopologyDocument document;
    private final Display display;
    private final ServiceTracker<TopologyExaminer, TopologyExaminer> examiner;
    private final InstantSource clock;
    private Job running;
    private int changes;
    private long copyMillis;
    private boolean closed;

    /**
     * @param clock tells how long a copy takes
     */
    public LiveFindings(TopologyDocument document, Display display, InstantSource clock) {
        this.document = document;
        this.display = display;
        this.clock = clock;
        BundleContext context = FrameworkUtil.getBundle(LiveFindings.class).getBundleContext();
        examiner = new ServiceTracker<>(context, TopologyExaminer.class, null);
        examiner.open();
    }

    /** The document changed. */
    public void changed() {
        int now = ++changes;
        if (running != null) {
            running.cancel();
        }
        display.timerExec(pauseMillis(copyMillis), () -> examineUnlessChanged(now));
    }

    /** How long to wait for another change where a copy takes so long. */
    static int pauseMillis(long copyMillis) {
        return (int) Math.clamp(copyMillis, PAUSE_MILLIS_MIN, PAUSE_MILLIS_MAX);
    }

    private void examineUnlessChanged(int when) {
        TopologyExaminer rules = examiner.getService();
        if (closed || when != changes || rules == null) {
            return;
        }
        long start = clock.millis();
        Topology copy = document.snapshot();
        copyMillis = clock.millis() - start;
        running =
                Job.createSystem(
                        "findings",
                        (ICoreRunnable)
                                monitor -> {
                                    TopologyReport report =
                                            rules.examine(copy, monitor::isCanceled);
                                    if (report.complete()) {
                                        display.asyncExec(() -> deliver(report, when));
                                    }
                                });
        running.schedule();
    }

    private void deliver(TopologyReport report, int when) {
        if (!closed && when == changes) {
            document.report(report);
        }
    }

    /** No more findings are told. */
    public void close() {
        closed = true;
        if (running != null) {
            running.cancel();
        }
        examiner.close();
    }
}
