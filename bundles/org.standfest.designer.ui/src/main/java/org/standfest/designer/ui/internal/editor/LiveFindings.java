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

/** Lets the rules look at a copy of a document a moment after each change, in the background. */
final class LiveFindings {

    private static final int PAUSE_MILLIS = 250;

    private final TopologyDocument document;
    private final Display display;
    private final ServiceTracker<TopologyExaminer, TopologyExaminer> examiner;
    private Job running;
    private int changes;
    private boolean closed;

    LiveFindings(TopologyDocument document, Display display) {
        this.document = document;
        this.display = display;
        BundleContext context = FrameworkUtil.getBundle(LiveFindings.class).getBundleContext();
        examiner = new ServiceTracker<>(context, TopologyExaminer.class, null);
        examiner.open();
    }

    void changed() {
        int now = ++changes;
        display.timerExec(PAUSE_MILLIS, () -> examineUnlessChanged(now));
    }

    private void examineUnlessChanged(int when) {
        TopologyExaminer rules = examiner.getService();
        if (closed || when != changes || rules == null) {
            return;
        }
        if (running != null) {
            running.cancel();
        }
        Topology copy = document.snapshot();
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

    void close() {
        closed = true;
        if (running != null) {
            running.cancel();
        }
        examiner.close();
    }
}
