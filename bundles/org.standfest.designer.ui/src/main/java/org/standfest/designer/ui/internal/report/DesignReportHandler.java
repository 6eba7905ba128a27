package org.standfest.designer.ui.internal.report;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.swt.SWTError;
import org.eclipse.swt.custom.BusyIndicator;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.ISources;
import org.eclipse.ui.handlers.HandlerUtil;
import org.standfest.analysis.reports.DesignDocument;
import org.standfest.analysis.reports.ReportFile;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.designer.ui.internal.editor.TopologyEditor;
import org.standfest.designer.ui.internal.export.ExportFile;
import org.standfest.drawing.ui.Scene;
import org.standfest.drawing.ui.canvas.PngPicture;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;
import org.standfest.workbench.ui.OutcomePresenter;
import org.standfest.workbench.ui.look.Shades;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The command that writes the design report of the topology in front. */
public final class DesignReportHandler extends AbstractHandler {

    private static final Catalog TEXTS = Catalog.beside(DesignReportHandler.class);
    private static final double SCALE = 2;
    private static final String FILE = "org.standfest.designer.ui.designReport.file";

    @Override
    public Object execute(ExecutionEvent event) {
        if (HandlerUtil.getActiveEditor(event) instanceof TopologyEditor editor) {
            Locale locale = Locale.getDefault();
            Optional.ofNullable(event.getParameter(FILE))
                    .map(Path::of)
                    .or(() -> ask(editor, locale))
                    .ifPresent(place -> write(editor, place, locale));
        }
        return null;
    }

    private static Optional<Path> ask(TopologyEditor editor, Locale locale) {
        return new ExportFile(
                        TEXTS.text(locale, "title"),
                        List.of(
                                new ExportFile.Kind(".pdf", TEXTS.text(locale, "pdf")),
                                new ExportFile.Kind(".html", TEXTS.text(locale, "html"))))
                .ask(
                        editor.getSite().getShell(),
                        TEXTS.text(locale, "name", editor.document().title()));
    }

    private static void write(TopologyEditor editor, Path place, Locale locale) {
        Shell shell = editor.getSite().getShell();
        AtomicReference<Outcome<Path>> end = new AtomicReference<>();
        BusyIndicator.showWhile(shell.getDisplay(), () -> end.set(written(editor, place, locale)));
        Outcome<Path> written = end.get();
        if (new OutcomePresenter(locale).check(shell, written)) {
            editor.getEditorSite()
                    .getActionBars()
                    .getStatusLineManager()
                    .setMessage(TEXTS.text(locale, "written", place.getFileName()));
        }
    }

    private static Outcome<Path> written(TopologyEditor editor, Path place, Locale locale) {
        Instant made = InstantSource.system().instant();
        TopologyDocument document = editor.document();
        try {
            return ReportFile.write(
                    DesignDocument.of(
                            document.topology(),
                            document.report().findings(),
                            picture(editor),
                            made,
                            locale,
                            ZoneId.systemDefault()),
                    place,
                    made);
        } catch (SWTError | OutOfMemoryError fault) {
            // The pixels of the picture are the one thing here that may not fit.
            return Outcome.failed(TEXTS.explain("memory", place.getFileName()), fault);
        }
    }

    /** Of what the editor shows; none of an empty sheet. */
    private static Optional<byte[]> picture(TopologyEditor editor) {
        Scene scene = editor.canvas().scene();
        return scene.figures().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new PngPicture(editor.canvas().getDisplay(), Shades.LIGHT)
                                .of(scene, SCALE));
    }

    @Override
    public void setEnabled(Object context) {
        Object editor = HandlerUtil.getVariable(context, ISources.ACTIVE_EDITOR_NAME);
        setBaseEnabled(editor instanceof TopologyEditor);
    }
}
