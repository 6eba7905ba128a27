package org.standfest.restore.ui.internal.view;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.standfest.restore.ui.internal.guide.GuidePage;
import org.standfest.workbench.ui.look.Card;
import org.standfest.workbench.ui.look.Column;
import org.standfest.workbench.ui.look.Literal;
import org.standfest.workbench.ui.look.Look;
import org.standfest.workbench.ui.look.ScrolledPage;
import org.standfest.workbench.ui.look.Style;

import java.util.function.Consumer;

/** Draws one page of a guide; what has not changed keeps its widgets and the focus. */
final class GuideView {

    /** Widest column, in points. */
    static final int WIDTH = 820;

    /** Room around it, in points. */
    static final int MARGIN = 32;

    private final Composite root;
    private final ScrolledPage scrolled;
    private final Composite page;
    private final Label place;
    private final Label title;
    private final Label lines;
    private final Label next;
    private final GuideCard choices;
    private final GuideCard facts;
    private final GuideCard work;
    private final GuideCard call;
    private final PictureLabel picture;
    private final GuideButtons buttons;
    private GuidePage shown;

    /**
     * @param pressed told of every press of a button
     * @param chosen told of every choice
     */
    GuideView(
            Composite parent,
            Look look,
            Consumer<GuidePage.Move> pressed,
            Consumer<String> chosen) {
        root = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 0).applyTo(root);
        Style.PAGE.on(root);
        scrolled = new ScrolledPage(root);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(scrolled.scroll());
        page = scrolled.page();
        page.setLayout(new Column(WIDTH, MARGIN, 14));
        place = label(look.small(), Style.MUTED);
        title = label(look.title(), Style.PAGE);
        title.setData("standfest.id", "guide.title");
        lines = label(look.text(), Style.PAGE);
        choices = new GuideCard(new Card(page));
        facts = new GuideCard(new Card(page));
        work = new GuideCard(new Card(page));
        next = label(look.text(), Style.MUTED);
        picture = new PictureLabel(page, next::getText);
        call = new GuideCard(new Card(page));
        buttons = new GuideButtons(root, pressed);
        choices.onChoose(chosen);
        scrolled.scroll().addListener(SWT.Resize, _ -> buttons.arrange());
    }

    Control control() {
        return root;
    }

    /** The title of the page that is shown; empty before the first. */
    String title() {
        return shown == null ? "" : shown.title();
    }

    private Label label(org.eclipse.swt.graphics.Font font, Style style) {
        Label label = new Label(page, SWT.WRAP);
        label.setFont(font);
        style.on(label);
        return label;
    }

    void show(GuidePage wanted) {
        if (wanted.equals(shown)) {
            return;
        }
        boolean turned = shown == null || !shown.title().equals(wanted.title());
        shown = wanted;
        page.setRedraw(false);
        text(place, wanted.place());
        text(title, wanted.title());
        text(lines, String.join("\n\n", wanted.lines()));
        text(next, wanted.next());
        choices.choices(wanted.choices());
        facts.facts(wanted.facts());
        work.work(wanted.work());
        call.call(wanted.call());
        picture.show(wanted.picture());
        buttons.show(wanted.acts(), wanted.pledge(), turned);
        page.setRedraw(true);
        root.layout(true, true);
        arrange();
        if (turned) {
            focus();
            scrolled.scroll().setOrigin(0, 0);
        }
    }

    /** The first choice, or the most harmless button. */
    void focus() {
        if (!choices.focus()) {
            buttons.focus();
        }
    }

    private static void text(Label label, String words) {
        label.setText(Literal.of(words));
        label.setVisible(!words.isEmpty());
    }

    private void arrange() {
        buttons.arrange();
        scrolled.arrange();
    }
}
