package org.standfest.designer.ui.internal.report;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.BusyIndicator;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.ISources;
import org.eclipse.ui.handlers.HandlerUtil;
import org.standfest.analysis.reports.DesignDocument;
import org.standfest.analysis.reports.ReportFile;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.designer.ui.internal.editor.TopologyEditor;
import org.standfest.drawing.ui.canvas.PngPicture;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;
import org.standfest.workbench.ui.OutcomePresenter;
import org.standfest.workbench.ui.look.Shades;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/** The command that writes the design report of the topology in front. */
public final class DesignReportHandler extends AbstractHandler {

    private static final Catalog TEXTS = Catalog.beside(DesignReportHandler.class);
    private static final double SCALE = 2;

    @Override
    public Object execute(ExecutionEvent event) {
        if (HandlerUtil.getActiveEditor(event) instanceof TopologyEditor editor) {
            Locale locale = Locale.getDefault();
            ask(editor, locale)
                    .ifPresent(
                            place ->
                                    BusyIndicator.showWhile(
                                            Display.getCurrent(),
                                            () -> write(editor, place, locale)));
        }
        return null;
    }

    private static Optional<Path> ask(TopologyEditor editor, Locale locale) {
        FileDialog dialog = new FileDialog(editor.getSite().getShell(), SWT.SAVE);
        dialog.setText(TEXTS.text(locale, "title"));
        dialog.setFilterExtensions(new String[] {"*.pdf", "*.html"});
        dialog.setFilterNames(new String[] {TEXTS.text(locale, "pdf"), TEXTS.text(locale, "html")});
        dialog.setFileName(TEXTS.text(locale, "name", editor.document().title()) + ".pdf");
        dialog.setOverwrite(true);
        return Optional.ofNullable(dialog.open()).map(Path::of);
    }

    private static void write(TopologyEditor editor, Path place, Locale locale) {
        Shell shell = editor.getSite().getShell();
        Outcome<Path> written = writeTo(editor, place, locale);
        if (new OutcomePresenter(locale).check(shell, written)) {
            editor.getEditorSite()
                    .getActionBars()
                    .getStatusLineManager()
                    .setMessage(TEXTS.text(locale, "written", place.getFileName()));
        }
    }

    /** Writes the report of what an editor shows. */
    public static Outcome<Path> writeTo(TopologyEditor editor, Path place, Locale locale) {
        TopologyDocument document = editor.document();
        Instant made = InstantSource.system().instant();
        byte[] png =
                new PngPicture(editor.canvas().getDisplay(), Shades.LIGHT)
                        .of(editor.canvas().scene(), SCALE);
        return ReportFile.write(
                DesignDocument.of(
                        document.topology(),
                        document.report().findings(),
                        Optional.of(png),
                        made,
                        locale,
                        ZoneId.systemDefault()),
                place,
                made);
    }

    @Override
    public void setEnabled(Object context) {
        Object editor = HandlerUtil.getVariable(context, ISources.ACTIVE_EDITOR_NAME);
        setBaseEnabled(editor instanceof TopologyEditor);
    }
}
