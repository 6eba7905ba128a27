package org.standfest.restore.ui.internal.view;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Link;
import org.eclipse.swt.widgets.Text;
import org.standfest.restore.ui.internal.access.StandbyAddress;
import org.standfest.results.Catalog;
import org.standfest.workbench.ui.look.Card;
import org.standfest.workbench.ui.look.Column;
import org.standfest.workbench.ui.look.Light;
import org.standfest.workbench.ui.look.LightLabel;
import org.standfest.workbench.ui.look.Look;
import org.standfest.workbench.ui.look.ScrolledPage;
import org.standfest.workbench.ui.look.Spoken;
import org.standfest.workbench.ui.look.Style;

import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Connects this program with a standby: its address and a one-time code. */
final class EnrolPage {

    private static final Catalog TEXTS = Catalog.beside(EnrolPage.class);

    private final ScrolledPage scrolled;
    private final Locale locale;
    private final Text address;
    private final Text code;
    private final Button enrol;
    private final LightLabel hint;
    private final BiConsumer<StandbyAddress, String> onEnrol;

    EnrolPage(
            Composite parent,
            Look look,
            Locale locale,
            BiConsumer<StandbyAddress, String> onEnrol,
            Runnable onLookAround) {
        this.locale = locale;
        this.onEnrol = onEnrol;
        scrolled = new ScrolledPage(parent);
        Composite page = scrolled.page();
        page.setLayout(new Column(620, 40, 16));
        label(page, "enrol.title", look.title(), null);
        label(page, "enrol.intro", look.text(), Style.MUTED);
        Card card = new Card(page);
        GridLayoutFactory.fillDefaults().numColumns(2).margins(24, 20).spacing(16, 6).applyTo(card);
        address = field(card, look, "enrol.address", "enrol.address.hint");
        code = field(card, look, "enrol.code", "enrol.code.hint");
        hint = new LightLabel(card);
        hint.setFont(look.text());
        hint.setData("standfest.id", "enrol.hint");
        GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).applyTo(hint);
        enrol = new Button(card, SWT.PUSH);
        enrol.setText(text("enrol.do"));
        Style.PRIMARY.on(enrol);
        GridDataFactory.swtDefaults()
                .align(SWT.END, SWT.CENTER)
                .indent(0, 12)
                .hint(enrol.computeSize(SWT.DEFAULT, SWT.DEFAULT).x + 28, SWT.DEFAULT)
                .applyTo(enrol);
        Link around = new Link(page, SWT.NONE);
        around.setText(text("enrol.around"));
        around.addListener(SWT.Selection, _ -> onLookAround.run());
        address.addListener(SWT.Modify, _ -> check());
        code.addListener(SWT.Modify, _ -> check());
        address.addListener(SWT.DefaultSelection, _ -> submit());
        code.addListener(SWT.DefaultSelection, _ -> submit());
        enrol.addListener(SWT.Selection, _ -> submit());
        check();
    }

    Control control() {
        return scrolled.scroll();
    }

    void focus() {
        address.setFocus();
    }

    /** A code is good once: the next standby needs another. */
    void enrolled() {
        code.setText("");
    }

    /** The last try is over; another may follow. */
    void idle() {
        enrol.setEnabled(true);
        address.setEnabled(true);
        code.setEnabled(true);
        check();
    }

    private Text field(Card card, Look look, String key, String hintKey) {
        Label label = new Label(card, SWT.NONE);
        label.setText(text(key));
        label.setFont(look.strong());
        GridDataFactory.fillDefaults().span(2, 1).indent(0, 4).applyTo(label);
        Text field = new Text(card, SWT.BORDER);
        field.setData("standfest.id", key);
        Spoken.as(field, label::getText);
        GridDataFactory.fillDefaults().span(2, 1).grab(true, false).applyTo(field);
        Label below = new Label(card, SWT.WRAP);
        below.setText(text(hintKey));
        below.setFont(look.small());
        Style.SURFACE_MUTED.on(below);
        GridDataFactory.fillDefaults()
                .span(2, 1)
                .grab(true, false)
                .hint(200, SWT.DEFAULT)
                .applyTo(below);
        return field;
    }

    private void label(
            Composite page, String key, org.eclipse.swt.graphics.Font font, Style style) {
        Label label = new Label(page, SWT.WRAP);
        label.setText(text(key));
        label.setFont(font);
        if (style != null) {
            style.on(label);
        }
    }

    private Optional<StandbyAddress> typed() {
        return StandbyAddress.parse(address.getText());
    }

    private void check() {
        hint.setVisible(!address.getText().isBlank() && typed().isEmpty());
        hint.show(Light.ATTENTION, text("enrol.address.wrong"));
    }

    private void submit() {
        if (typed().isEmpty() || code.getText().isBlank()) {
            hint.show(
                    Light.ATTENTION,
                    text(typed().isEmpty() ? "enrol.address.wrong" : "enrol.code.missing"));
            hint.setVisible(true);
            (typed().isEmpty() ? address : code).setFocus();
            return;
        }
        enrol.setEnabled(false);
        address.setEnabled(false);
        code.setEnabled(false);
        hint.setVisible(true);
        hint.show(Light.PLANNED, text("enrol.busy"));
        onEnrol.accept(typed().orElseThrow(), code.getText().strip());
    }

    private String text(String key) {
        return TEXTS.text(locale, key);
    }
}
