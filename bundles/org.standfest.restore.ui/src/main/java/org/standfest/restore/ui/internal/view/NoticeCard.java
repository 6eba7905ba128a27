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
import org.standfest.workbench.ui.look.Literal;
import org.standfest.workbench.ui.look.Spoken;
import org.standfest.workbench.ui.look.Style;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/** Tells that the standby does not answer: what happened, what it means, what to do now. */
final class NoticeCard {

    private static final Catalog TEXTS = Catalog.beside(NoticeCard.class);
    private static final int PADDING = 16;
    private final Card card;
    private final Locale locale;
    private final Label head;
    private final Label meaning;
    private final Label next;
    private final Label code;
    private final Button retry;

    NoticeCard(Composite parent, Locale locale, CardsPage.Requests requests) {
        this.locale = locale;
        card = new Card(parent);
        card.edge(Light.DOWN);
        GridLayoutFactory.fillDefaults().numColumns(2).margins(20, 16).spacing(6, 6).applyTo(card);
        LightLabel light = new LightLabel(card);
        light.show(Light.DOWN, "");
        Spoken.as(light, () -> Light.DOWN.word(locale));
        GridDataFactory.swtDefaults().align(SWT.FILL, SWT.CENTER).applyTo(light);
        head = new Label(card, SWT.WRAP);
        head.setFont(card.look().heading());
        wide().hint(300, SWT.DEFAULT).applyTo(head);
        meaning = line();
        next = line();
        code = line();
        code.setFont(card.look().small());
        Style.SURFACE_MUTED.on(code);
        Composite buttons = new Composite(card, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).applyTo(buttons);
        GridDataFactory.fillDefaults().span(2, 1).indent(0, 4).applyTo(buttons);
        retry = button(buttons, "notice.retry", requests::retry);
        Style.PRIMARY.on(retry);
        button(buttons, "notice.leave", requests::leave);
    }

    private Button button(Composite buttons, String key, Runnable pressed) {
        Button button = new Button(buttons, SWT.PUSH);
        button.setText(TEXTS.text(locale, key));
        button.addListener(SWT.Selection, _ -> pressed.run());
        GridDataFactory.fillDefaults()
                .hint(button.computeSize(SWT.DEFAULT, SWT.DEFAULT).x + PADDING, SWT.DEFAULT)
                .applyTo(button);
        return button;
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
        head.setText(Literal.of(why.happened(locale)));
        String known =
                last.map(
                                seen ->
                                        TEXTS.text(
                                                locale,
                                                "notice.known",
                                                new HumanTime(locale, ZoneId.systemDefault())
                                                        .moment(seen.seenAt(), now)))
                        .orElse("");
        meaning.setText(Literal.of((why.meaning(locale) + " " + known).strip()));
        next.setText(Literal.of(why.next(locale)));
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
