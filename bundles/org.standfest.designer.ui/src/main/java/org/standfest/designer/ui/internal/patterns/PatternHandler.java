package org.standfest.designer.ui.internal.patterns;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.jface.window.Window;
import org.eclipse.ui.ISources;
import org.eclipse.ui.handlers.HandlerUtil;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.util.tracker.ServiceTracker;
import org.standfest.analysis.TopologyExaminer;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.designer.ui.internal.editor.TopologyEditor;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The command that lays a pattern over the selection. */
public final class PatternHandler extends AbstractHandler {

    @Override
    public Object execute(ExecutionEvent event) {
        if (HandlerUtil.getActiveEditor(event) instanceof TopologyEditor editor) {
            lay(editor, Optional.empty());
        }
        return null;
    }

    /**
     * Asks which pattern, and lays it.
     *
     * @param first identity of the pattern that is shown first; empty: the first
     */
    public static void lay(TopologyEditor editor, Optional<String> first) {
        BundleContext context = FrameworkUtil.getBundle(PatternHandler.class).getBundleContext();
        ServiceTracker<TopologyExaminer, TopologyExaminer> rules =
                new ServiceTracker<>(context, TopologyExaminer.class, null);
        rules.open();
        try {
            TopologyDocument document = editor.document();
            Trial trial = new Trial(document, Locale.getDefault(), UUID::randomUUID);
            PatternDialog dialog =
                    new PatternDialog(
                            editor.getSite().getShell(),
                            trial,
                            document.topology(),
                            Patterns.all(),
                            Optional.ofNullable(rules.getService()));
            first.ifPresent(dialog::begin);
            if (dialog.open() == Window.OK) {
                trial.lay(dialog.pattern(), dialog.answers());
            }
        } finally {
            rules.close();
        }
    }

    @Override
    public void setEnabled(Object context) {
        Object editor = HandlerUtil.getVariable(context, ISources.ACTIVE_EDITOR_NAME);
        setBaseEnabled(editor instanceof TopologyEditor);
    }
}
