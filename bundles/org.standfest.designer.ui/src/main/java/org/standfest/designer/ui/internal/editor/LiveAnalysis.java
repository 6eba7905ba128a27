package org.standfest.designer.ui.internal.editor;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.widgets.Display;
import org.standfest.analysis.availability.AnalysisRequest;
import org.standfest.analysis.availability.AnalysisRequest.Part;
import org.standfest.analysis.availability.AnalysisResult;
import org.standfest.analysis.availability.Assumptions;
import org.standfest.analysis.availability.TopologyAnalysis;
import org.standfest.analysis.faulttree.Watcher;
import org.standfest.designer.ui.internal.document.AnalysisState;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.results.Outcome;
import org.standfest.topology.Topology;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Analyses a copy of a document a moment after each change, in the background; an edit meanwhile
 * begins again. User interface thread only.
 */
final class LiveAnalysis {

    private static final int PAUSE_MILLIS = 600;
    private static final int PROGRESS_MILLIS = 200;
    private static final int CUT_SETS = 100;

    private static final AnalysisRequest REQUEST =
            new AnalysisRequest(
                    Assumptions.standard(),
                    Optional.empty(),
                    CUT_SETS,
                    0,
                    1,
                    List.of(),
                    Set.of(Part.OBJECTIVES));

    private final TopologyDocument document;
    private final Display display;
    private final InstantSource clock;
    private Job running;
    private int changes;
    private boolean closed;

    LiveAnalysis(TopologyDocument document, Display display, InstantSource clock) {
        this.document = document;
        this.display = display;
        this.clock = clock;
        document.analysis().calculator(this::start, this::cancel);
    }

    /** The document changed. */
    void changed() {
        int now = ++changes;
        stop();
        display.timerExec(
                PAUSE_MILLIS,
                () -> {
                    if (now == changes && !closed) {
                        calculate(now);
                    }
                });
    }

    private void start() {
        stop();
        calculate(++changes);
    }

    private void cancel() {
        changes++;
        stop();
        document.analysis().state(document.analysis().state().cancelled());
    }

    private void stop() {
        if (running != null) {
            running.cancel();
            running = null;
        }
    }

    private void calculate(int when) {
        Topology copy = document.snapshot();
        document.analysis().state(document.analysis().state().running(0, 0));
        running = Job.createSystem("analysis", (ICoreRunnable) monitor -> run(copy, when, monitor));
        running.setPriority(Job.LONG);
        running.schedule();
    }

    private void run(Topology copy, int when, IProgressMonitor monitor) {
        Outcome<AnalysisResult> outcome =
                TopologyAnalysis.run(copy, REQUEST, clock, new Told(monitor, when));
        AnalysisState end =
                outcome.result()
                        .map(AnalysisState::ready)
                        .orElseGet(() -> AnalysisState.failed(outcome.problem().orElseThrow()));
        if (!monitor.isCanceled()) {
            later(when, end);
        }
    }

    private void later(int when, AnalysisState state) {
        if (!display.isDisposed()) {
            display.asyncExec(
                    () -> {
                        if (!closed && when == changes) {
                            document.analysis().state(state);
                        }
                    });
        }
    }

    void close() {
        closed = true;
        stop();
    }

    /** Tells the document how far it is, not more often than somebody can read. */
    private final class Told implements Watcher {
        private final IProgressMonitor monitor;
        private final int when;
        private long told;

        Told(IProgressMonitor monitor, int when) {
            this.monitor = monitor;
            this.when = when;
        }

        @Override
        public boolean cancelled() {
            return monitor.isCanceled();
        }

        @Override
        public synchronized void progress(int done, int of) {
            long now = clock.millis();
            if (now - told >= PROGRESS_MILLIS) {
                told = now;
                display.asyncExec(() -> tell(done, of));
            }
        }

        private void tell(int done, int of) {
            AnalysisState now = document.analysis().state();
            if (!closed && when == changes && now.phase() == AnalysisState.Phase.RUNNING) {
                document.analysis().state(now.running(done, of));
            }
        }
    }
}
