package org.standfest.restore.ui.internal.view;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.swt.widgets.MenuItem;
import org.eclipse.swt.widgets.ProgressBar;
import org.standfest.restore.ui.internal.overview.CardWriter;
import org.standfest.restore.ui.internal.overview.SystemCard;
import org.standfest.results.Catalog;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;
import org.standfest.workbench.ui.look.Card;
import org.standfest.workbench.ui.look.FocusLine;
import org.standfest.workbench.ui.look.Light;
import org.standfest.workbench.ui.look.LightLabel;
import org.standfest.workbench.ui.look.Literal;
import org.standfest.workbench.ui.look.Spoken;
import org.standfest.workbench.ui.look.Style;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** One card: name, light, one sentence, facts, one button, the rest behind "More". */
final class CardView {

    private static final Catalog TEXTS = Catalog.beside(CardView.class);
    private static final int PADDING = 16;
    private final Card card;
    private final Locale locale;
    private final CardWriter writer;
    private final CardsPage.Requests requests;
    private final Label icon;
    private final Label name;
    private final LightLabel light;
    private final Composite head;
    private final Composite buttons;
    private final Label sentence;
    private final Label facts;
    private final Composite progress;
    private final ProgressBar bar;
    private final Label step;
    private final Button follow;
    private final Button cancel;
    private final Button primary;
    private final Button plain;
    private final Button more;
    private SystemCard shown;
    private String id = "";

    CardView(Composite parent, Locale locale, CardWriter writer, CardsPage.Requests requests) {
        this.locale = locale;
        this.writer = writer;
        this.requests = requests;
        card = new Card(parent);
        GridLayoutFactory.fillDefaults().numColumns(3).margins(20, 14).spacing(14, 4).applyTo(card);
        icon = new Label(card, SWT.NONE);
        Spoken.as(icon, () -> TEXTS.text(locale, shown.files() ? "card.files" : "card.machine"));
        GridDataFactory.swtDefaults()
                .align(SWT.CENTER, SWT.BEGINNING)
                .span(1, 3)
                .indent(2, 2)
                .applyTo(icon);
        head = new Composite(card, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).spacing(16, 0).applyTo(head);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(head);
        name = new Label(head, SWT.NONE);
        name.setFont(card.look().heading());
        light = new LightLabel(head);
        GridDataFactory.swtDefaults().align(SWT.BEGINNING, SWT.CENTER).applyTo(light);
        buttons = new Composite(card, SWT.NONE);
        GridLayoutFactory.fillDefaults()
                .numColumns(3)
                .extendedMargins(0, 0, FocusLine.ROOM, FocusLine.ROOM)
                .spacing(8, 0)
                .applyTo(buttons);
        GridDataFactory.swtDefaults().align(SWT.END, SWT.CENTER).span(1, 3).applyTo(buttons);
        FocusLine keyboard = FocusLine.in(buttons, card.look());
        primary = button(buttons);
        Style.PRIMARY.on(primary);
        plain = button(buttons);
        more = button(buttons);
        Stream.of(primary, plain, more).forEach(keyboard::watch);
        label(more, TEXTS.text(locale, "card.more"));
        sentence = new Label(card, SWT.WRAP);
        GridDataFactory.fillDefaults().grab(true, false).hint(300, SWT.DEFAULT).applyTo(sentence);
        facts = new Label(card, SWT.WRAP);
        facts.setFont(card.look().small());
        Style.SURFACE_MUTED.on(facts);
        GridDataFactory.fillDefaults().grab(true, false).hint(300, SWT.DEFAULT).applyTo(facts);
        progress = new Composite(card, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(3).spacing(12, 4).applyTo(progress);
        GridDataFactory.fillDefaults().span(3, 1).grab(true, false).indent(0, 6).applyTo(progress);
        step = new Label(progress, SWT.WRAP);
        GridDataFactory.fillDefaults()
                .span(3, 1)
                .grab(true, false)
                .hint(300, SWT.DEFAULT)
                .applyTo(step);
        bar = new ProgressBar(progress, SWT.HORIZONTAL);
        GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).applyTo(bar);
        Spoken.as(bar, () -> ofSystem(working()));
        follow = new Button(progress, SWT.PUSH);
        follow.setText(TEXTS.text(locale, "card.follow"));
        follow.addListener(SWT.Selection, _ -> requests.follow(shown));
        GridDataFactory.fillDefaults().applyTo(follow);
        cancel = new Button(progress, SWT.PUSH);
        cancel.setText(TEXTS.text(locale, "card.cancel"));
        buttons().forEach(button -> Spoken.as(button, () -> ofSystem(button.getText())));
        primary.addListener(SWT.Selection, _ -> shown.primary().ifPresent(this::choose));
        plain.addListener(SWT.Selection, _ -> shown.primary().ifPresent(this::choose));
        more.addListener(SWT.Selection, _ -> openMore());
        cancel.addListener(SWT.Selection, _ -> shown.progress().ifPresent(requests::cancel));
    }

    private String working() {
        return shown.progress().map(SystemCard.Progress::words).orElse("");
    }

    /** Every card has buttons with the same words; their names say whose they are. */
    private String ofSystem(String words) {
        return TEXTS.text(locale, "card.of", words, shown.name());
    }

    String systemId() {
        return id;
    }

    void systemId(String systemId) {
        id = systemId;
        card.setData("standfest.id", "system." + systemId);
    }

    void show(SystemCard next, boolean usable) {
        primary.setEnabled(usable);
        plain.setEnabled(usable);
        more.setEnabled(usable);
        if (next.equals(shown)) {
            return;
        }
        shown = next;
        card.edge(next.light());
        icon.setImage(
                card.look()
                        .image(
                                CardView.class,
                                next.files() ? "icons/files.svg" : "icons/machine.svg"));
        name.setText(Literal.of(next.name()));
        light.show(next.light(), next.state());
        sentence.setText(Literal.of(next.sentence()));
        facts.setText(String.join("  \u00b7  ", next.facts()));
        String words = next.primary().map(SystemCard.Choice::label).orElse("");
        boolean urgent = next.light() != Light.IN_ORDER;
        label(primary, words);
        label(plain, words);
        visible(primary, next.primary().isPresent() && urgent);
        visible(plain, next.primary().isPresent() && !urgent);
        visible(more, !next.others().isEmpty());
        long columns = Stream.of(buttons.getChildren()).filter(CardView::shown).count();
        ((GridLayout) buttons.getLayout()).numColumns = (int) Math.max(1, columns);
        visible(progress, next.progress().isPresent());
        next.progress().ifPresent(this::showProgress);
        card.layout(true, true);
    }

    /** The buttons beside the words, or below them where there is no room for both. */
    void arrange(boolean narrow) {
        GridLayout layout = (GridLayout) card.getLayout();
        int columns = narrow ? 2 : 3;
        if (layout.numColumns == columns) {
            return;
        }
        layout.numColumns = columns;
        GridData place = (GridData) buttons.getLayoutData();
        place.horizontalSpan = narrow ? 2 : 1;
        place.verticalSpan = narrow ? 1 : 3;
        buttons.moveBelow(narrow ? facts : head);
        ((GridData) progress.getLayoutData()).horizontalSpan = columns;
    }

    private void showProgress(SystemCard.Progress now) {
        bar.setSelection(Math.max(0, now.percent()));
        step.setText(Literal.of(now.words()));
        cancel.setEnabled(now.cancellable());
        visible(follow, now.guided());
    }

    private static Button button(Composite parent) {
        Button button = new Button(parent, SWT.PUSH);
        GridDataFactory.fillDefaults().applyTo(button);
        return button;
    }

    private static void label(Button button, String words) {
        button.setText(words);
        ((GridData) button.getLayoutData()).widthHint =
                button.computeSize(SWT.DEFAULT, SWT.DEFAULT).x + PADDING;
    }

    /** Whether one of its buttons has the keyboard. */
    boolean focused() {
        return buttons().anyMatch(Control::isFocusControl);
    }

    /** Gives the keyboard to the first button that can be pressed, unless one has it. */
    void focus() {
        if (!focused()) {
            buttons()
                    .filter(CardView::shown)
                    .filter(Control::isEnabled)
                    .findFirst()
                    .ifPresent(Control::setFocus);
        }
    }

    private Stream<Button> buttons() {
        return Stream.of(primary, plain, more, follow, cancel);
    }

    private static boolean shown(Control control) {
        return !((GridData) control.getLayoutData()).exclude;
    }

    private static void visible(Control control, boolean visible) {
        control.setVisible(visible);
        ((GridData) control.getLayoutData()).exclude = !visible;
    }

    private void openMore() {
        if (more.getMenu() != null) {
            more.getMenu().dispose();
        }
        Menu menu = new Menu(more);
        more.setMenu(menu);
        for (SystemCard.Choice choice : shown.others()) {
            MenuItem item = new MenuItem(menu, SWT.PUSH);
            item.setText(
                    choice.possible()
                            ? choice.label()
                            : TEXTS.text(locale, "card.not-now", choice.label()));
            item.addListener(SWT.Selection, _ -> choose(choice));
        }
        menu.setLocation(more.toDisplay(0, more.getSize().y));
        menu.setVisible(true);
    }

    private void choose(SystemCard.Choice choice) {
        Optional<Explanation> obstacle = obstacle(choice);
        if (obstacle.isPresent()) {
            requests.explain(Outcome.refused(obstacle.get()));
        } else {
            requests.begin(shown, choice.action(), writer.question(shown, choice.action()));
        }
    }

    private Optional<Explanation> obstacle(SystemCard.Choice choice) {
        return choice.possible()
                ? Optional.empty()
                : Optional.of(
                        TEXTS.explain(
                                "restore.not-now", choice.label(), shown.name(), choice.whyNot()));
    }

    void dispose() {
        card.dispose();
    }
}
