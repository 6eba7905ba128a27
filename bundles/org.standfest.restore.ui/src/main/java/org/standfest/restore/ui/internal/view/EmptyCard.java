package org.standfest.restore.ui.internal.view;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.standfest.restore.ui.internal.overview.Glance;
import org.standfest.results.Catalog;
import org.standfest.workbench.ui.look.Card;
import org.standfest.workbench.ui.look.Literal;

import java.util.Locale;

/** Says what to do next when the standby protects nothing yet. */
final class EmptyCard {

    private static final Catalog TEXTS = Catalog.beside(EmptyCard.class);
    private final Card card;
    private final Label next;
    private final Locale locale;

    EmptyCard(Composite parent, Locale locale) {
        this.locale = locale;
        card = new Card(parent);
        GridLayoutFactory.fillDefaults().margins(24, 20).spacing(8, 8).applyTo(card);
        Label head = new Label(card, SWT.NONE);
        head.setText(TEXTS.text(locale, "empty.title"));
        head.setFont(card.look().heading());
        next = new Label(card, SWT.WRAP);
        GridDataFactory.fillDefaults().grab(true, false).hint(400, SWT.DEFAULT).applyTo(next);
    }

    void show(Glance.Seen seen) {
        next.setText(Literal.of(TEXTS.text(locale, "empty.next", seen.facts().name())));
        card.setVisible(true);
    }

    Control control() {
        return card;
    }

    void hide() {
        card.setVisible(false);
    }
}
