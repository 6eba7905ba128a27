package org.standfest.designer.ui.internal.exchange;

import org.eclipse.jface.dialogs.Dialog;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.standfest.results.Catalog;
import org.standfest.topology.exchange.Imported;
import org.standfest.workbench.ui.look.Look;
import org.standfest.workbench.ui.look.Style;

import java.util.Locale;

/** What became of the files, before anything opens. */
final class ImportReport extends Dialog {

    private static final Catalog TEXTS = Catalog.beside(ImportReport.class);

    private final Imported imported;
    private final Locale locale = Locale.getDefault();

    ImportReport(Shell shell, Imported imported) {
        super(shell);
        this.imported = imported;
        setShellStyle(getShellStyle() | SWT.RESIZE);
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(text("import.title"));
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        Composite area = (Composite) super.createDialogArea(parent);
        GridLayoutFactory.fillDefaults().margins(16, 16).spacing(0, 8).applyTo(area);
        Label title = new Label(area, SWT.WRAP);
        title.setFont(new Look(area).title());
        title.setText(text("report.question"));
        Label taken = new Label(area, SWT.WRAP);
        taken.setData("standfest.id", "import.taken");
        taken.setText(ImportWords.taken(imported, locale));
        wide(taken);
        Label remarks = new Label(area, SWT.WRAP);
        remarks.setText(ImportWords.remarks(imported, locale));
        wide(remarks);
        if (!imported.report().isEmpty()) {
            Text list =
                    new Text(
                            area, SWT.MULTI | SWT.READ_ONLY | SWT.BORDER | SWT.V_SCROLL | SWT.WRAP);
            list.setData("standfest.id", "import.report");
            list.setText(String.join(Text.DELIMITER, ImportWords.report(imported, locale)));
            GridDataFactory.fillDefaults()
                    .grab(true, true)
                    .hint(convertWidthInCharsToPixels(96), convertHeightInCharsToPixels(16))
                    .applyTo(list);
        }
        return area;
    }

    private void wide(Label label) {
        GridDataFactory.fillDefaults()
                .grab(true, false)
                .hint(convertWidthInCharsToPixels(96), SWT.DEFAULT)
                .applyTo(label);
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        createButton(parent, IDialogConstants.CANCEL_ID, text("report.discard"), false);
        Style.PRIMARY.on(createButton(parent, IDialogConstants.OK_ID, text("report.open"), true));
    }

    private String text(String key, Object... arguments) {
        return TEXTS.text(locale, key, arguments);
    }
}
