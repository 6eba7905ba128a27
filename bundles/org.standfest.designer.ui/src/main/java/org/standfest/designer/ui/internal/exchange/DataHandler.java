package org.standfest.designer.ui.internal.exchange;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.ui.ISources;
import org.eclipse.ui.handlers.HandlerUtil;
import org.standfest.designer.ui.internal.editor.TopologyEditor;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;
import org.standfest.workbench.ui.OutcomePresenter;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The command that writes the topology in front as data for other programs. */
public final class DataHandler extends AbstractHandler {

    private static final Catalog TEXTS = Catalog.beside(DataHandler.class);
    private static final String KIND = "org.standfest.designer.ui.exportData.kind";
    private static final String FILE = "org.standfest.designer.ui.exportData.file";

    @Override
    public Object execute(ExecutionEvent event) {
        if (HandlerUtil.getActiveEditor(event) instanceof TopologyEditor editor) {
            DataExport data = DataExport.of(event.getParameter(KIND));
            Optional.ofNullable(event.getParameter(FILE))
                    .map(Path::of)
                    .or(() -> ask(editor, data))
                    .ifPresent(file -> export(editor, data, file));
        }
        return null;
    }

    private static Optional<Path> ask(TopologyEditor editor, DataExport data) {
        return data.ask(
                editor.getSite().getShell(), editor.document().title(), Locale.getDefault());
    }

    private static void export(TopologyEditor editor, DataExport data, Path file) {
        Locale locale = Locale.getDefault();
        Outcome<Path> written = data.write(editor.document().topology(), file);
        if (new OutcomePresenter(locale).check(editor.getSite().getShell(), written)) {
            editor.getEditorSite()
                    .getActionBars()
                    .getStatusLineManager()
                    .setMessage(TEXTS.text(locale, "data.written", file.getFileName()));
        }
    }

    @Override
    public void setEnabled(Object context) {
        Object editor = HandlerUtil.getVariable(context, ISources.ACTIVE_EDITOR_NAME);
        setBaseEnabled(editor instanceof TopologyEditor);
    }
}
