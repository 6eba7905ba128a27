package org.standfest.designer.ui.internal.editor;

import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.progress.IProgressConstants;
import org.standfest.analysis.availability.AnalysisRequest;
import org.standfest.analysis.availability.AnalysisRequest.Part;
import org.standfest.analysis.availability.AnalysisSession;
import org.standfest.analysis.availability.Assumptions;
import org.standfest.analysis.faulttree.Watcher;
import org.standfest.designer.ui.internal.document.AnalysisState;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.topology.Topology;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Analyses a copy of a document a moment after each change, in the background; what an edit did not
 * touch is not calculated again, an edit meanwhile begins again. User interface thread only.
 */
public final class LiveAnalysis {

    private static final int PAUSE_MILLIS = 600;
    private static final int PROGRESS_MILLIS = 200;
    private static final int CUT_SETS = 100;

    /** Who draws does not wait longer for the exact solution of one service: then bounds do. */
    private static final Duration TIME_EACH = Duration.ofSeconds(20);

    private static final AnalysisRequest REQUEST =
            new AnalysisRequest(
                    Assumptions.standard(),
                    Optional.empty(),
                    CUT_SETS,
                    0,
                    1,
                    List.of(),
                    Set.of(Part.OBJECTIVES),
                    new AnalysisRequest.Extent(0, false, TIME_EACH));

    private final TopologyDocument document;
    private final Display display;
    private final InstantSource clock;
    private AnalysisSession session;
    private Job running;
    private int changes;
    private boolean closed;

    /**
     * @param display in whose thread the document lives
     * @param clock for how long a calculation takes
     */
    public LiveAnalysis(TopologyDocument document, Display display, InstantSource clock) {
        this.document = document;
        this.display = display;
        this.clock = clock;
        session = new AnalysisSession(REQUEST, clock);
        document.analysis().calculator(this::start, this::cancel);
    }

    /** The document changed. */
    public void changed() {
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

    /** What was done until now comes with the end of the job. */
    private void cancel() {
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
        AnalysisSession with = session;
        running =
                Job.createSystem(
                        "analysis", (ICoreRunnable) monitor -> run(with, copy, when, monitor));
        // The views say what happened: no dialog after each edit.
        running.setProperty(IProgressConstants.NO_IMMEDIATE_ERROR_PROMPT_PROPERTY, true);
        running.setPriority(Job.LONG);
        running.schedule();
    }

    private void run(AnalysisSession with, Topology copy, int when, IProgressMonitor monitor)
            throws CoreException {
        AnalysisRun run =
                AnalysisRun.of(
                        () ->
                                with.analyse(
                                        copy,
                                        new Told(monitor, when),
                                        part -> later(when, state -> state.soFar(part))),
                        monitor::isCanceled);
        later(when, run.next());
        if (run.bug().isPresent()) {
            inDisplay(() -> forget(with));
            throw new CoreException(Status.error("analysis", run.bug().get()));
        }
    }

    /** What a bug left half done is not gone on with. */
    private void forget(AnalysisSession broken) {
        if (session == broken) {
            session = new AnalysisSession(REQUEST, clock);
        }
    }

    private void later(int when, UnaryOperator<AnalysisState> next) {
        inDisplay(
                () -> {
                    if (!closed && when == changes) {
                        document.analysis().state(next.apply(document.analysis().state()));
                    }
                });
    }

    private void inDisplay(Runnable what) {
        if (!display.isDisposed()) {
            display.asyncExec(what);
        }
    }

    /** Stops for good. */
    public void close() {
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
                later(
                        when,
                        state ->
                                state.phase() == AnalysisState.Phase.RUNNING
                                        ? state.running(done, of)
                                        : state);
            }
        }
    }
}
