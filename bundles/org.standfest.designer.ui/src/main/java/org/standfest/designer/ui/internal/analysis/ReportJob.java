package org.standfest.designer.ui.internal.analysis;

import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.SubMonitor;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.standfest.analysis.availability.AnalysisRequest;
import org.standfest.analysis.availability.AnalysisResult;
import org.standfest.analysis.availability.Assumptions;
import org.standfest.analysis.availability.TopologyAnalysis;
import org.standfest.analysis.faulttree.Watcher;
import org.standfest.analysis.reports.AnalysisDocument;
import org.standfest.analysis.reports.ReportFile;
import org.standfest.analysis.reports.ReportHead;
import org.standfest.designer.ui.internal.editor.TopologyEditor;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;
import org.standfest.topology.Topology;
import org.standfest.workbench.ui.OutcomePresenter;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Calculates everything once more, with improvements and uncertainty, and writes the report; in the
 * background, with progress, and without leaving anything when it is cancelled.
 */
public final class ReportJob {

    private static final Catalog TEXTS = AnalysisHeader.TEXTS;
    private static final int CUT_SETS = 50;
    private static final int DRAWS = 200;

    private ReportJob() {}

    /** Begins; the editor's status line tells the end, a dialog what went wrong. */
    public static void start(TopologyEditor editor, Path place, Locale locale) {
        Topology copy = editor.document().snapshot();
        Display display = editor.getSite().getShell().getDisplay();
        tell(editor, TEXTS.text(locale, "report.writing", place.getFileName()));
        Job job =
                Job.create(
                        TEXTS.text(locale, "report.title"),
                        (ICoreRunnable)
                                monitor -> {
                                    Optional<Outcome<Path>> end =
                                            write(copy, place, locale, monitor);
                                    display.asyncExec(() -> finish(editor, place, end, locale));
                                });
        job.setUser(true);
        job.schedule();
    }

    /** Empty when it was cancelled. */
    private static Optional<Outcome<Path>> write(
            Topology topology, Path place, Locale locale, IProgressMonitor monitor) {
        AnalysisRequest request =
                new AnalysisRequest(
                        Assumptions.standard(),
                        Optional.empty(),
                        CUT_SETS,
                        DRAWS,
                        1,
                        List.of(),
                        EnumSet.allOf(AnalysisRequest.Part.class));
        SubMonitor progress = SubMonitor.convert(monitor, TEXTS.text(locale, "report.title"), 1000);
        Outcome<AnalysisResult> outcome =
                TopologyAnalysis.run(
                        topology,
                        request,
                        InstantSource.system(),
                        new Watcher() {
                            @Override
                            public boolean cancelled() {
                                return monitor.isCanceled();
                            }

                            @Override
                            public void progress(int done, int of) {
                                progress.setWorkRemaining(Math.max(1, of - done + 1)).worked(1);
                            }
                        });
        if (monitor.isCanceled()) {
            return Optional.empty();
        }
        Instant made = InstantSource.system().instant();
        String organisation = Objects.requireNonNullElse(topology.getOrganisation(), "");
        return Optional.of(
                outcome.then(
                        result ->
                                ReportFile.write(
                                        AnalysisDocument.of(
                                                result,
                                                new ReportHead(
                                                        organisation, made, request.assumptions()),
                                                locale,
                                                ZoneId.systemDefault()),
                                        place,
                                        made)));
    }

    private static void finish(
            TopologyEditor editor, Path place, Optional<Outcome<Path>> end, Locale locale) {
        Shell shell = editor.getSite().getShell();
        if (shell == null || shell.isDisposed()) {
            return;
        }
        boolean written = end.isPresent() && new OutcomePresenter(locale).check(shell, end.get());
        String key = written ? "report.written" : "report.not-written";
        tell(editor, TEXTS.text(locale, key, place.getFileName()));
    }

    private static void tell(TopologyEditor editor, String words) {
        editor.getEditorSite().getActionBars().getStatusLineManager().setMessage(words);
    }
}
