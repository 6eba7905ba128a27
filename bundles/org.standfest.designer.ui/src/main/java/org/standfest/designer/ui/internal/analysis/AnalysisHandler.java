package org.standfest.designer.ui.internal.analysis;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.ui.ISources;
import org.eclipse.ui.handlers.HandlerUtil;
import org.standfest.designer.ui.internal.editor.TopologyEditor;
import org.standfest.designer.ui.internal.export.ExportFile;
import org.standfest.results.Catalog;

import java.util.List;
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
        new ExportFile(
                        TEXTS.text(locale, "report.title"),
                        List.of(
                                new ExportFile.Kind(".pdf", TEXTS.text(locale, "report.pdf")),
                                new ExportFile.Kind(".html", TEXTS.text(locale, "report.html"))))
                .ask(
                        editor.getSite().getShell(),
                        TEXTS.text(locale, "report.name", editor.document().title()))
                .ifPresent(place -> ReportJob.start(editor, place, locale));
    }

    @Override
    public void setEnabled(Object context) {
        Object editor = HandlerUtil.getVariable(context, ISources.ACTIVE_EDITOR_NAME);
        setBaseEnabled(editor instanceof TopologyEditor);
    }
}
