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
import org.standfest.patterns.Pattern;
import org.standfest.patterns.standard.StandardPatterns;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The command that lays a pattern over the selection. */
public final class PatternHandler extends AbstractHandler {

    @Override
    public Object execute(ExecutionEvent event) {
        if (HandlerUtil.getActiveEditor(event) instanceof TopologyEditor editor) {
            BundleContext context = FrameworkUtil.getBundle(getClass()).getBundleContext();
            ServiceTracker<Pattern, Pattern> partners =
                    new ServiceTracker<>(context, Pattern.class, null);
            ServiceTracker<TopologyExaminer, TopologyExaminer> rules =
                    new ServiceTracker<>(context, TopologyExaminer.class, null);
            partners.open();
            rules.open();
            try {
                List<Pattern> patterns = new ArrayList<>(StandardPatterns.all());
                patterns.addAll(List.of(partners.getServices(new Pattern[0])));
                ask(editor, patterns, Optional.ofNullable(rules.getService()));
            } finally {
                partners.close();
                rules.close();
            }
        }
        return null;
    }

    private static void ask(
            TopologyEditor editor, List<Pattern> patterns, Optional<TopologyExaminer> rules) {
        TopologyDocument document = editor.document();
        Trial trial = new Trial(document, Locale.getDefault(), UUID::randomUUID);
        PatternDialog dialog =
                new PatternDialog(
                        editor.getSite().getShell(), trial, document.topology(), patterns, rules);
        if (dialog.open() == Window.OK) {
            trial.lay(dialog.pattern(), dialog.answers());
        }
    }

    @Override
    public void setEnabled(Object context) {
        Object editor = HandlerUtil.getVariable(context, ISources.ACTIVE_EDITOR_NAME);
        setBaseEnabled(editor instanceof TopologyEditor);
    }
}
