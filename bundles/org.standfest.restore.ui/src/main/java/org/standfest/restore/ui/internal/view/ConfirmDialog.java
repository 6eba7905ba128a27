package org.standfest.restore.ui.internal.view;

import org.eclipse.jface.dialogs.Dialog;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.standfest.restore.ui.internal.overview.CardWriter.Question;
import org.standfest.results.Catalog;
import org.standfest.workbench.ui.look.Literal;
import org.standfest.workbench.ui.look.Look;
import org.standfest.workbench.ui.look.Style;

import java.util.Locale;

/** A question, what it means, a harmless way back, and a button that says what it does. */
final class ConfirmDialog extends Dialog {

    private static final Catalog TEXTS = Catalog.beside(ConfirmDialog.class);
    private final Question question;
    private final Locale locale;

    ConfirmDialog(Shell parent, Question question, Locale locale) {
        super(parent);
        this.question = question;
        this.locale = locale;
    }

    /** Opens and waits; whether the person wants it. */
    boolean ask() {
        return open() == OK;
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(TEXTS.text(locale, "confirm.title"));
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        Composite area = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().margins(24, 20).spacing(8, 12).applyTo(area);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(area);
        Look look = new Look(area);
        Label title = new Label(area, SWT.WRAP);
        title.setText(Literal.of(question.title()));
        title.setFont(look.title());
        GridDataFactory.fillDefaults().hint(460, SWT.DEFAULT).applyTo(title);
        Label means = new Label(area, SWT.WRAP);
        means.setText(Literal.of(question.means()));
        GridDataFactory.fillDefaults().hint(460, SWT.DEFAULT).applyTo(means);
        return area;
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        createButton(parent, IDialogConstants.CANCEL_ID, TEXTS.text(locale, "confirm.back"), true);
        Style.PRIMARY.on(
                createButton(parent, IDialogConstants.OK_ID, Literal.of(question.button()), false));
    }
}
