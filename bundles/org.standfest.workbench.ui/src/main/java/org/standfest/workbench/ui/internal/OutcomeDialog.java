package org.standfest.workbench.ui.internal;

import org.eclipse.jface.dialogs.Dialog;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.standfest.results.Catalog;
import org.standfest.workbench.ui.OutcomeMessage;
import org.standfest.workbench.ui.look.LightPainter;
import org.standfest.workbench.ui.look.Literal;
import org.standfest.workbench.ui.look.Look;
import org.standfest.workbench.ui.look.Spoken;
import org.standfest.workbench.ui.look.Style;

import java.util.Locale;

/** What happened, what it means, what to do now, a code for the phone; details folded. */
public final class OutcomeDialog extends Dialog {

    private static final Catalog TEXTS = Catalog.beside(OutcomeDialog.class);
    private static final int COPY = IDialogConstants.CLIENT_ID;
    private static final int DETAILS = IDialogConstants.CLIENT_ID + 1;
    private static final int TEXT_WIDTH = 440;

    private final OutcomeMessage message;
    private final Locale locale;
    private Text details;

    /**
     * @param parent over which it opens
     * @param message what it says
     * @param locale for its own words
     */
    public OutcomeDialog(Shell parent, OutcomeMessage message, Locale locale) {
        super(parent);
        this.message = message;
        this.locale = locale;
        setShellStyle(getShellStyle() | SWT.RESIZE);
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(message.title());
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        Composite area = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).margins(20, 20).spacing(16, 8).applyTo(area);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(area);
        Look look = new Look(area);
        Label light = new Label(area, SWT.NONE);
        light.setImage(look.image(LightPainter.image(message.light(), look.shades(), 28)));
        light.setData("standfest.light", message.light());
        Spoken.as(light, () -> message.light().word(locale));
        GridDataFactory.fillDefaults().span(1, 5).align(SWT.CENTER, SWT.BEGINNING).applyTo(light);
        text(area, message.happened(), look.heading());
        text(area, message.meaning(), look.text());
        Label head = new Label(area, SWT.NONE);
        head.setText(TEXTS.text(locale, "next"));
        head.setFont(look.strong());
        GridDataFactory.fillDefaults().indent(0, 8).applyTo(head);
        text(area, message.next(), look.text());
        Label code = new Label(area, SWT.NONE);
        code.setText(TEXTS.text(locale, "code", message.code()));
        code.setFont(look.small());
        Style.MUTED.on(code);
        GridDataFactory.fillDefaults().indent(0, 8).applyTo(code);
        details =
                new Text(
                        area, SWT.MULTI | SWT.READ_ONLY | SWT.BORDER | SWT.V_SCROLL | SWT.H_SCROLL);
        details.setText(message.details());
        details.setVisible(false);
        GridDataFactory.fillDefaults()
                .span(2, 1)
                .grab(true, true)
                .hint(TEXT_WIDTH, 160)
                .exclude(true)
                .applyTo(details);
        return area;
    }

    private static void text(Composite area, String words, Font font) {
        Label label = new Label(area, SWT.WRAP);
        label.setText(Literal.of(words));
        label.setFont(font);
        GridDataFactory.fillDefaults()
                .align(SWT.FILL, SWT.BEGINNING)
                .grab(true, false)
                .hint(TEXT_WIDTH, SWT.DEFAULT)
                .applyTo(label);
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        if (!message.details().isEmpty()) {
            createButton(parent, DETAILS, TEXTS.text(locale, "details"), false);
        }
        createButton(parent, COPY, TEXTS.text(locale, "copy"), false);
        createButton(parent, IDialogConstants.OK_ID, TEXTS.text(locale, "close"), true);
    }

    @Override
    protected void buttonPressed(int button) {
        switch (button) {
            case COPY -> copy();
            case DETAILS -> unfold();
            default -> super.buttonPressed(button);
        }
    }

    private void copy() {
        Clipboard clipboard = new Clipboard(getShell().getDisplay());
        try {
            clipboard.setContents(
                    new Object[] {message.asText(locale)},
                    new Transfer[] {TextTransfer.getInstance()});
        } finally {
            clipboard.dispose();
        }
    }

    private void unfold() {
        boolean open = !details.getVisible();
        details.setVisible(open);
        ((GridData) details.getLayoutData()).exclude = !open;
        getButton(DETAILS).setText(TEXTS.text(locale, open ? "details.less" : "details"));
        Point size = getShell().computeSize(getShell().getSize().x, SWT.DEFAULT);
        getShell().setSize(Math.max(size.x, getShell().getSize().x), size.y);
        getShell().layout(true, true);
    }
}
