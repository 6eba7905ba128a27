package org.standfest.designer.ui.internal.analysis;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.ui.ISources;
import org.eclipse.ui.handlers.HandlerUtil;
import org.standfest.designer.ui.internal.editor.TopologyEditor;
import org.standfest.results.Catalog;

import java.nio.file.Path;
import java.util.Locale;

/** The commands that calculate again and export the report. */
public final class AnalysisHandler extends AbstractHandler {

    private static final Catalog TEXTS = AnalysisHeader.TEXTS;

    @Override
    public Object execute(ExecutionEvent event) {
        if (HandlerUtil.getActiveEditor(event) instanceof TopologyEditor editor) {
            if (event.getCommand().getId().endsWith(".report")) {
                export(editor);
            } else {
                editor.document().analysis().restart();
            }
        }
        return null;
    }

    private static void export(TopologyEditor editor) {
        Locale locale = Locale.getDefault();
        FileDialog dialog = new FileDialog(editor.getSite().getShell(), SWT.SAVE);
        dialog.setText(TEXTS.text(locale, "report.title"));
        dialog.setFilterExtensions(new String[] {"*.pdf", "*.html"});
        dialog.setFilterNames(
                new String[] {TEXTS.text(locale, "report.pdf"), TEXTS.text(locale, "report.html")});
        dialog.setFileName(TEXTS.text(locale, "report.name", editor.document().title()) + ".pdf");
        dialog.setOverwrite(true);
        String chosen = dialog.open();
        if (chosen != null) {
            ReportJob.start(editor, Path.of(chosen), locale);
        }
    }

    @Override
    public void setEnabled(Object context) {
        Object editor = HandlerUtil.getVariable(context, ISources.ACTIVE_EDITOR_NAME);
        setBaseEnabled(editor instanceof TopologyEditor);
    }
}
