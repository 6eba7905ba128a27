package org.standfest.restore.ui.internal.view;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.standfest.restore.ui.internal.access.StandbyAddress;
import org.standfest.restore.ui.internal.overview.Glance;
import org.standfest.results.Catalog;
import org.standfest.results.Explanation;
import org.standfest.workbench.ui.look.Card;
import org.standfest.workbench.ui.look.HumanTime;
import org.standfest.workbench.ui.look.Light;
import org.standfest.workbench.ui.look.LightLabel;
import org.standfest.workbench.ui.look.Style;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/** Tells that the standby does not answer: what happened, what it means, what to do now. */
final class NoticeCard {

    private static final Catalog TEXTS = Catalog.beside(NoticeCard.class);
    private final Card card;
    private final Locale locale;
    private final LightLabel head;
    private final Label meaning;
    private final Label next;
    private final Label code;
    private final Button retry;

    NoticeCard(Composite parent, Locale locale, CardsPage.Requests requests) {
        this.locale = locale;
        card = new Card(parent);
        card.edge(Light.DOWN);
        GridLayoutFactory.fillDefaults().numColumns(2).margins(20, 16).spacing(16, 6).applyTo(card);
        head = new LightLabel(card);
        head.setFont(card.look().heading());
        wide().span(2, 1).applyTo(head);
        meaning = line();
        next = line();
        code = line();
        code.setFont(card.look().small());
        Style.SURFACE_MUTED.on(code);
        Composite buttons = new Composite(card, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).applyTo(buttons);
        GridDataFactory.fillDefaults().span(2, 1).indent(0, 4).applyTo(buttons);
        retry = new Button(buttons, SWT.PUSH);
        retry.setText(TEXTS.text(locale, "notice.retry"));
        retry.addListener(SWT.Selection, _ -> requests.retry());
        Style.PRIMARY.on(retry);
        Button leave = new Button(buttons, SWT.PUSH);
        leave.setText(TEXTS.text(locale, "notice.leave"));
        leave.addListener(SWT.Selection, _ -> requests.leave());
    }

    private static GridDataFactory wide() {
        return GridDataFactory.fillDefaults().grab(true, false);
    }

    private Label line() {
        Label label = new Label(card, SWT.WRAP);
        wide().span(2, 1).hint(400, SWT.DEFAULT).applyTo(label);
        return label;
    }

    void show(StandbyAddress at, Explanation why, Optional<Glance.Seen> last, Instant now) {
        head.show(Light.DOWN, why.happened(locale));
        String known =
                last.map(
                                seen ->
                                        TEXTS.text(
                                                locale,
                                                "notice.known",
                                                new HumanTime(locale, ZoneId.systemDefault())
                                                        .moment(seen.seenAt(), now)))
                        .orElse("");
        meaning.setText((why.meaning(locale) + " " + known).strip());
        next.setText(why.next(locale));
        code.setText(TEXTS.text(locale, "notice.code", why.code(), at.text()));
        card.setVisible(true);
    }

    void hide() {
        card.setVisible(false);
    }

    void focus() {
        retry.setFocus();
    }

    boolean visible() {
        return card.getVisible();
    }
}
