package org.standfest.restore.ui.internal.view;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.standfest.management.ReleaseRequest;
import org.standfest.results.Catalog;
import org.standfest.workbench.ui.look.Card;
import org.standfest.workbench.ui.look.FocusLine;
import org.standfest.workbench.ui.look.HumanTime;
import org.standfest.workbench.ui.look.Light;
import org.standfest.workbench.ui.look.LightLabel;
import org.standfest.workbench.ui.look.Literal;
import org.standfest.workbench.ui.look.Style;

import java.time.Instant;

/** Something that waits for a second person: what, who asked, and the two answers. */
final class ReleaseCard {

    private static final Catalog TEXTS = Catalog.beside(ReleaseCard.class);

    private static final int PADDING = 16;

    private final Card card;
    private final FocusLine keyboard;
    private final Composite buttons;

    /**
     * @param now the standby's clock
     */
    ReleaseCard(
            Composite parent,
            ReleaseRequest request,
            HumanTime time,
            Instant now,
            CardsPage.Requests requests) {
        card = new Card(parent);
        Light shown = request.mine() ? Light.PLANNED : Light.ATTENTION;
        card.edge(shown);
        card.setData("standfest.id", "release." + request.systemId());
        GridLayoutFactory.fillDefaults().numColumns(2).margins(20, 14).spacing(14, 4).applyTo(card);
        LightLabel light = new LightLabel(card);
        light.show(
                shown,
                TEXTS.text(time.locale(), request.mine() ? "release.mine" : "release.needed"));
        GridDataFactory.fillDefaults().grab(true, false).applyTo(light);
        buttons = new Composite(card, SWT.NONE);
        GridLayoutFactory.fillDefaults()
                .numColumns(request.mine() ? 1 : 2)
                .extendedMargins(0, 0, FocusLine.ROOM, FocusLine.ROOM)
                .applyTo(buttons);
        GridDataFactory.swtDefaults().align(SWT.END, SWT.CENTER).span(1, 3).applyTo(buttons);
        keyboard = FocusLine.in(buttons, card.look());
        line(request.words().happened());
        Label until =
                line(TEXTS.text(time.locale(), "release.until", time.moment(request.until(), now)));
        until.setFont(card.look().small());
        Style.SURFACE_MUTED.on(until);
        String no = request.mine() ? "release.withdraw" : "release.deny";
        button(TEXTS.text(time.locale(), no), () -> requests.release(request, false));
        if (!request.mine()) {
            Style.PRIMARY.on(
                    button(
                            TEXTS.text(time.locale(), "release.give"),
                            () -> requests.release(request, true)));
        }
    }

    private Label line(String text) {
        Label label = new Label(card, SWT.WRAP);
        label.setText(Literal.of(text));
        GridDataFactory.fillDefaults().grab(true, false).hint(300, SWT.DEFAULT).applyTo(label);
        return label;
    }

    private Button button(String words, Runnable pressed) {
        Button button = new Button(buttons, SWT.PUSH);
        button.setText(words);
        button.addListener(SWT.Selection, _ -> pressed.run());
        keyboard.watch(button);
        GridDataFactory.fillDefaults()
                .hint(button.computeSize(SWT.DEFAULT, SWT.DEFAULT).x + PADDING, SWT.DEFAULT)
                .applyTo(button);
        return button;
    }

    void below(Control other) {
        card.moveBelow(other);
    }

    void dispose() {
        card.dispose();
    }
}
