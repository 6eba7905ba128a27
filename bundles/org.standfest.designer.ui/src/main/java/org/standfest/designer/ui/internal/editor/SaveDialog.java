package org.standfest.designer.ui.internal.editor;

import org.eclipse.jface.dialogs.Dialog;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.ISaveablePart2;
import org.standfest.results.Catalog;
import org.standfest.workbench.ui.look.Look;

import java.util.Locale;

/** Asks what becomes of changes when a topology is closed. */
final class SaveDialog extends Dialog {

    private static final Catalog TEXTS = Catalog.beside(SaveDialog.class);
    private final String title;
    private final Locale locale;

    SaveDialog(Shell parent, String title, Locale locale) {
        super(parent);
        this.title = title;
        this.locale = locale;
    }

    /** Opens and waits; an answer of {@link ISaveablePart2}. */
    int ask() {
        return switch (open()) {
            case IDialogConstants.YES_ID -> ISaveablePart2.YES;
            case IDialogConstants.NO_ID -> ISaveablePart2.NO;
            default -> ISaveablePart2.CANCEL;
        };
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(TEXTS.text(locale, "close.title"));
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        Composite area = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().margins(24, 20).spacing(8, 8).applyTo(area);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(area);
        Look look = new Look(area);
        Label question = new Label(area, SWT.WRAP);
        question.setText(TEXTS.text(locale, "close.question", title));
        question.setFont(look.heading());
        GridDataFactory.fillDefaults().hint(420, SWT.DEFAULT).applyTo(question);
        Label means = new Label(area, SWT.WRAP);
        means.setText(TEXTS.text(locale, "close.means"));
        GridDataFactory.fillDefaults().hint(420, SWT.DEFAULT).applyTo(means);
        return area;
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        button(parent, IDialogConstants.NO_ID, "close.no", false);
        button(parent, IDialogConstants.CANCEL_ID, "close.back", false);
        button(parent, IDialogConstants.YES_ID, "close.yes", true);
    }

    private void button(Composite parent, int id, String key, boolean preset) {
        createButton(parent, id, TEXTS.text(locale, key), preset);
    }

    @Override
    protected void buttonPressed(int button) {
        setReturnCode(button);
        close();
    }
}
