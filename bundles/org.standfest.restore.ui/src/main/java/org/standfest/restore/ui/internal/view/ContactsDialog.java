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
import org.eclipse.swt.widgets.Text;
import org.standfest.management.Contact;
import org.standfest.management.ContactList;
import org.standfest.results.Catalog;
import org.standfest.workbench.ui.look.Look;
import org.standfest.workbench.ui.look.Spoken;
import org.standfest.workbench.ui.look.Style;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Asks whom to call in an emergency: a number, who answers there, and what they help with. */
final class ContactsDialog extends Dialog {

    private static final Catalog TEXTS = Catalog.beside(ContactsDialog.class);
    private static final int ROWS = 4;
    private static final String[] COLUMNS = {"phone", "name", "duty"};
    private static final int[] LONGEST = {64, 128, 200};

    private final Locale locale;
    private final List<Contact> before;
    private final List<Text[]> rows = new ArrayList<>();
    private Optional<ContactList> entered = Optional.empty();

    ContactsDialog(Shell parent, ContactList known, Locale locale) {
        super(parent);
        this.locale = locale;
        this.before = known.contacts();
    }

    /** Opens and waits; what was entered, empty if nothing shall change. */
    Optional<ContactList> ask() {
        open();
        return entered;
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(TEXTS.text(locale, "contacts.title"));
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        Composite area = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults()
                .numColumns(COLUMNS.length)
                .margins(24, 20)
                .spacing(8, 8)
                .applyTo(area);
        Look look = new Look(area);
        Label intro = new Label(area, SWT.WRAP);
        intro.setText(TEXTS.text(locale, "contacts.intro"));
        GridDataFactory.fillDefaults()
                .span(COLUMNS.length, 1)
                .hint(560, SWT.DEFAULT)
                .applyTo(intro);
        for (String column : COLUMNS) {
            Label head = new Label(area, SWT.NONE);
            head.setText(TEXTS.text(locale, "contacts." + column));
            head.setFont(look.strong());
        }
        for (int row = 0; row < Math.max(ROWS, before.size()); row++) {
            rows.add(row(area, row));
        }
        return area;
    }

    private Text[] row(Composite area, int row) {
        Text[] fields = new Text[COLUMNS.length];
        for (int column = 0; column < COLUMNS.length; column++) {
            Text field = new Text(area, SWT.BORDER);
            field.setTextLimit(LONGEST[column]);
            String name = TEXTS.text(locale, "contacts." + COLUMNS[column]) + " " + (row + 1);
            Spoken.as(field, () -> name);
            field.setData("standfest.id", "contacts." + COLUMNS[column] + "." + (row + 1));
            GridDataFactory.fillDefaults()
                    .grab(true, false)
                    .hint(column == 0 ? 140 : 200, SWT.DEFAULT)
                    .applyTo(field);
            fields[column] = field;
        }
        if (row < before.size()) {
            Contact known = before.get(row);
            fields[0].setText(known.phone());
            fields[1].setText(known.name());
            fields[2].setText(known.duty());
        }
        return fields;
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        createButton(parent, IDialogConstants.CANCEL_ID, TEXTS.text(locale, "confirm.back"), false);
        Style.PRIMARY.on(
                createButton(
                        parent, IDialogConstants.OK_ID, TEXTS.text(locale, "contacts.do"), true));
    }

    /** A row counts when it has a number and a name. */
    @Override
    protected void okPressed() {
        List<Contact> contacts = new ArrayList<>();
        for (Text[] row : rows) {
            String phone = row[0].getText().strip();
            String name = row[1].getText().strip();
            if (!phone.isEmpty() && !name.isEmpty()) {
                contacts.add(new Contact(name, row[2].getText().strip(), phone));
            }
        }
        entered = Optional.of(new ContactList(contacts));
        super.okPressed();
    }
}
