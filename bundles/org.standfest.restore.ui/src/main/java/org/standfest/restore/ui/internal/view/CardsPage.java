package org.standfest.restore.ui.internal.view;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.standfest.management.Action;
import org.standfest.management.ReleaseRequest;
import org.standfest.restore.ui.internal.access.StandbyAddress;
import org.standfest.restore.ui.internal.overview.CardWriter;
import org.standfest.restore.ui.internal.overview.Glance;
import org.standfest.restore.ui.internal.overview.SystemCard;
import org.standfest.results.Catalog;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;
import org.standfest.workbench.ui.look.Column;
import org.standfest.workbench.ui.look.HumanTime;
import org.standfest.workbench.ui.look.Literal;
import org.standfest.workbench.ui.look.Look;
import org.standfest.workbench.ui.look.ScrolledPage;
import org.standfest.workbench.ui.look.Style;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** All protected systems of the standby as cards, the worst first. */
final class CardsPage {

    /** What a person asks for on this page. */
    interface Requests {
        /** Wants to begin something; the question has not been asked yet. */
        void begin(SystemCard card, Action action, CardWriter.Question question);

        /** Wants to follow what is under way. */
        void follow(SystemCard card);

        /** Wants to cancel what is under way. */
        void cancel(SystemCard.Progress progress);

        /** Wants to know why something is not possible. */
        void explain(Outcome<?> why);

        /** Says yes or no to what waits for a second person. */
        void release(ReleaseRequest request, boolean yes);

        /** Wants to look again now. */
        void retry();

        /** Wants to leave this standby. */
        void leave();
    }

    private static final Catalog TEXTS = Catalog.beside(CardsPage.class);

    /** Below this width, in points, a card has no room for buttons beside its words. */
    private static final int NARROW = 800;

    private final ScrolledPage scrolled;
    private final Composite page;
    private final Label title;
    private final Label summary;
    private final NoticeCard notice;
    private final EmptyCard empty;
    private final List<CardView> views = new ArrayList<>();
    private final List<ReleaseCard> waiting = new ArrayList<>();
    private List<ReleaseRequest> asked = List.of();
    private String heading = "";
    private String trouble = "";
    private final CardWriter writer;
    private final InstantSource clock;
    private final Locale locale;
    private final Requests requests;

    CardsPage(
            Composite parent,
            Look look,
            CardWriter writer,
            InstantSource clock,
            Locale locale,
            Requests requests) {
        this.writer = writer;
        this.clock = clock;
        this.locale = locale;
        this.requests = requests;
        scrolled = new ScrolledPage(parent);
        page = scrolled.page();
        scrolled.scroll().addListener(SWT.Resize, _ -> arrange());
        page.setLayout(new Column(1020, 32, 12));
        title = new Label(page, SWT.WRAP);
        title.setFont(look.title());
        summary = new Label(page, SWT.WRAP);
        Style.MUTED.on(summary);
        notice = new NoticeCard(page, locale, requests);
        empty = new EmptyCard(page, locale);
        notice.hide();
        empty.hide();
    }

    Control control() {
        return scrolled.scroll();
    }

    /** What stands above the cards, and what is not in order: that is what a window is named. */
    String title() {
        return trouble.isEmpty() ? heading : text("cards.trouble", heading, trouble);
    }

    void show(Glance glance) {
        switch (glance) {
            case Glance.NotEnrolled _ -> put(Optional.empty());
            case Glance.Connecting(StandbyAddress at) -> {
                notice.hide();
                trouble = "";
                head(text("cards.title"));
                summary.setText(text("cards.connecting", at.text()));
                put(Optional.empty());
            }
            case Glance.Seen seen -> {
                notice.hide();
                head(seen);
                put(Optional.of(seen));
            }
            case Glance.Lost(StandbyAddress at, Explanation why, Optional<Glance.Seen> last) -> {
                notice.show(at, why, last, clock.instant());
                trouble = text("cards.lost.short");
                head(text("cards.title"));
                summary.setText(text(last.isPresent() ? "cards.lost-known" : "cards.lost"));
                put(last);
            }
        }
        arrange();
    }

    private void arrange() {
        boolean narrow = scrolled.scroll().getClientArea().width < NARROW;
        views.forEach(view -> view.arrange(narrow));
        scrolled.arrange();
    }

    private void head(String words) {
        heading = words;
        title.setText(Literal.of(words));
    }

    private void head(Glance.Seen seen) {
        head(text("cards.title-of", seen.facts().name()));
        summary.setText(writer.summary(seen));
        trouble = writer.notInOrder(seen);
    }

    private void put(Optional<Glance.Seen> seen) {
        List<SystemCard> cards =
                seen.map(known -> writer.cards(known, clock.instant())).orElseGet(List::of);
        boolean asked = seen.isPresent();
        if (asked && cards.isEmpty()) {
            empty.show(seen.get());
        } else {
            empty.hide();
        }
        Optional<String> keyboard = focused();
        boolean first = views.isEmpty();
        List<String> shown = views.stream().map(CardView::systemId).toList();
        if (!shown.equals(cards.stream().map(SystemCard::id).toList())) {
            views.forEach(CardView::dispose);
            views.clear();
            cards.forEach(card -> views.add(new CardView(page, locale, writer, requests)));
            for (CardView view : views) {
                view.systemId(cards.get(views.indexOf(view)).id());
            }
        }
        boolean usable = !notice.visible();
        for (int i = 0; i < cards.size(); i++) {
            views.get(i).show(cards.get(i), usable);
        }
        releases(usable ? seen.map(Glance.Seen::releases).orElseGet(List::of) : List.of());
        keyboard.ifPresent(this::focus);
        if (first && !views.isEmpty()) {
            focus();
        }
    }

    /** What waits for a second person stands above the systems. */
    private void releases(List<ReleaseRequest> requested) {
        if (requested.equals(asked)) {
            return;
        }
        asked = requested;
        waiting.forEach(ReleaseCard::dispose);
        waiting.clear();
        HumanTime time = new HumanTime(locale, ZoneId.systemDefault());
        for (ReleaseRequest request : requested.reversed()) {
            ReleaseCard card = new ReleaseCard(page, request, time, clock.instant(), requests);
            card.below(empty.control());
            waiting.add(card);
        }
    }

    /** Gives the keyboard to the first thing that can be done. */
    void focus() {
        if (notice.visible()) {
            notice.focus();
        } else if (!views.isEmpty()) {
            views.getFirst().focus();
        }
    }

    /** The system on whose card the keyboard is. */
    private Optional<String> focused() {
        return views.stream().filter(CardView::focused).map(CardView::systemId).findFirst();
    }

    private void focus(String systemId) {
        views.stream()
                .filter(view -> view.systemId().equals(systemId))
                .findFirst()
                .ifPresent(CardView::focus);
    }

    private String text(String key, Object... arguments) {
        return TEXTS.text(locale, key, arguments);
    }
}
