package org.standfest.restore.ui.internal.view;

import org.eclipse.core.runtime.Platform;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.part.ViewPart;
import org.standfest.management.Action;
import org.standfest.management.ContactList;
import org.standfest.management.PaperSheet;
import org.standfest.management.RecoveryCall;
import org.standfest.management.ReleaseRequest;
import org.standfest.management.StandbyClient;
import org.standfest.restore.ui.internal.access.StandbyAccess;
import org.standfest.restore.ui.internal.access.StandbyAddress;
import org.standfest.restore.ui.internal.guide.GuidePage;
import org.standfest.restore.ui.internal.guide.GuideState;
import org.standfest.restore.ui.internal.guide.GuideWalk;
import org.standfest.restore.ui.internal.overview.CardWriter;
import org.standfest.restore.ui.internal.overview.Glance;
import org.standfest.restore.ui.internal.overview.Guides;
import org.standfest.restore.ui.internal.overview.StandbyWatch;
import org.standfest.restore.ui.internal.overview.SystemCard;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;
import org.standfest.workbench.ui.OutcomePresenter;
import org.standfest.workbench.ui.look.HumanTime;
import org.standfest.workbench.ui.look.Look;
import org.standfest.workbench.ui.look.Style;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** The start page of the Branch product: enrol, or see all protected systems. */
public final class StartPage extends ViewPart {

    /** The view's id. */
    public static final String ID = "org.standfest.restore.ui.start";

    private static final Catalog TEXTS = Catalog.beside(StartPage.class);

    private final Locale locale = Locale.getDefault();
    private final InstantSource clock = InstantSource.system();
    private final OutcomePresenter presenter = new OutcomePresenter(locale);
    private final AccessChoice choice = new AccessChoice(locale, clock);
    private StandbyAccess access;
    private Background background;
    private StackLayout pages;
    private Composite root;
    private EnrolPage enrolPage;
    private CardsPage cardsPage;
    private GuideWalk guide;
    private GuideView guideView;
    private boolean looked;
    private Optional<Glance.Seen> glimpsed = Optional.empty();

    @Override
    public void createPartControl(Composite parent) {
        root = new Composite(parent, SWT.NONE);
        Style.PAGE.on(root);
        pages = new StackLayout();
        root.setLayout(pages);
        Look look = new Look(root);
        HumanTime time = new HumanTime(locale, ZoneId.systemDefault());
        CardWriter writer = new CardWriter(time);
        guide = new GuideWalk(time, new GuideHost());
        guideView = new GuideView(root, look, guide::act, guide::choose);
        cardsPage = new CardsPage(root, look, writer, clock, locale, new Requests());
        enrolPage = new EnrolPage(root, look, locale, this::enrol, this::lookAround);
        use(choice.first());
    }

    private void use(StandbyAccess chosen) {
        access = chosen;
        guide.close();
        looked = false;
        if (background != null) {
            background.close();
        }
        Display display = root.getDisplay();
        background =
                new Background(
                        new StandbyWatch(chosen, clock),
                        glance ->
                                display.asyncExec(
                                        () -> {
                                            if (!root.isDisposed() && access == chosen) {
                                                show(glance);
                                            }
                                        }));
        show(
                chosen.enrolledAt()
                        .<Glance>map(Glance.Connecting::new)
                        .orElseGet(Glance.NotEnrolled::new));
        background.start();
    }

    private void show(Glance glance) {
        boolean enrolled = !(glance instanceof Glance.NotEnrolled);
        if (enrolled) {
            cardsPage.show(glance);
        }
        if (glance instanceof Glance.Seen seen) {
            glimpsed = Optional.of(seen);
            follow(seen);
            guide.refresh();
        }
        if (glance instanceof Glance.Lost lost) {
            guide.lost(lost.why());
        }
        turn(
                !enrolled
                        ? enrolPage.control()
                        : guide.open() ? guideView.control() : cardsPage.control());
        tell(glance);
    }

    /** A recovery that was begun before this window was opened is shown again. */
    private void follow(Glance.Seen seen) {
        if (!looked) {
            looked = true;
            Guides.underWay(seen).ifPresent(guide::begin);
        }
    }

    private void turn(Control wanted) {
        if (pages.topControl != wanted) {
            pages.topControl = wanted;
            root.layout();
            setFocus();
        }
        name();
    }

    /** The window bears the page's title: that is what a screen reader says first. */
    private void name() {
        String page =
                pages.topControl == guideView.control()
                        ? guideView.title()
                        : pages.topControl == enrolPage.control()
                                ? TEXTS.text(locale, "enrol.title")
                                : cardsPage.title();
        String product = Platform.getProduct().getName();
        String words = page.isEmpty() ? product : TEXTS.text(locale, "window", page, product);
        Shell window = getSite().getShell();
        if (!window.getText().equals(words)) {
            window.setText(words);
        }
    }

    private void lead(GuideState first) {
        guide.begin(first);
        turn(guideView.control());
    }

    private void tell(Glance glance) {
        var line = getViewSite().getActionBars().getStatusLineManager();
        if (glance instanceof Glance.Lost(StandbyAddress _, var why, var _)) {
            presenter.tell(line, getSite().getShell(), Outcome.failed(why));
            return;
        }
        line.setErrorMessage(null);
        line.setMessage(
                switch (glance) {
                    case Glance.NotEnrolled _ -> TEXTS.text(locale, "status.not-enrolled");
                    case Glance.Connecting(StandbyAddress at) ->
                            TEXTS.text(locale, "status.connecting", at.text());
                    case Glance.Seen seen ->
                            TEXTS.text(
                                    locale,
                                    "status.seen",
                                    seen.facts().name(),
                                    new HumanTime(locale, ZoneId.systemDefault())
                                            .clock(seen.seenAt()));
                    case Glance.Lost _ -> "";
                });
    }

    private void enrol(StandbyAddress at, String code) {
        StandbyAccess real = choice.real();
        inBackground(
                () -> real.enrol(at, code),
                outcome -> {
                    enrolPage.idle();
                    if (presenter.check(getSite().getShell(), outcome)) {
                        enrolPage.enrolled();
                        use(real);
                    }
                });
    }

    private void lookAround() {
        use(choice.rehearsed());
    }

    private <T> void inBackground(Supplier<Outcome<T>> work, Consumer<Outcome<T>> then) {
        Display display = root.getDisplay();
        background.run(
                () -> {
                    Outcome<T> outcome = work.get();
                    display.asyncExec(
                            () -> {
                                if (!root.isDisposed()) {
                                    then.accept(outcome);
                                }
                            });
                });
    }

    /** Looks at the standby now instead of at the next turn. */
    public void refresh() {
        background.soon();
    }

    /** Asks whom to call in an emergency and tells the standby; needs an administrator. */
    public void nameContacts() {
        StandbyWatch watch = background.watch();
        inBackground(
                () -> watch.ask(standby -> standby.ask(new RecoveryCall.Contacts())),
                known -> {
                    if (presenter.check(getSite().getShell(), known)) {
                        new ContactsDialog(getSite().getShell(), known.orThrow(), locale)
                                .ask()
                                .ifPresent(this::nameContacts);
                    }
                });
    }

    private void nameContacts(ContactList named) {
        StandbyWatch watch = background.watch();
        inBackground(
                () -> watch.ask(standby -> standby.ask(new RecoveryCall.NameContacts(named))),
                outcome -> presenter.check(getSite().getShell(), outcome));
    }

    /** Leaves the standby after asking; the enrol page follows. */
    public void leave() {
        if (access.enrolledAt().isEmpty()) {
            return;
        }
        String at = access.enrolledAt().get().text();
        boolean sure =
                new ConfirmDialog(
                                getSite().getShell(),
                                new CardWriter.Question(
                                        TEXTS.text(locale, "leave", at),
                                        TEXTS.text(locale, "leave.means"),
                                        TEXTS.text(locale, "leave.do")),
                                locale)
                        .ask();
        if (sure && presenter.check(getSite().getShell(), access.forget())) {
            use(choice.real());
        }
    }

    @Override
    public void setFocus() {
        if (pages.topControl == guideView.control()) {
            guideView.focus();
        } else if (pages.topControl == enrolPage.control()) {
            enrolPage.focus();
        } else {
            cardsPage.focus();
        }
    }

    @Override
    public void dispose() {
        if (background != null) {
            background.close();
        }
        super.dispose();
    }

    /** What the guide asks for. */
    private final class GuideHost implements GuideWalk.Host {

        @Override
        public <T> void ask(
                Function<StandbyClient, Outcome<T>> question, Consumer<Outcome<T>> then) {
            StandbyWatch watch = background.watch();
            inBackground(() -> watch.ask(question), then);
        }

        @Override
        public boolean check(Outcome<?> outcome) {
            return presenter.check(getSite().getShell(), outcome);
        }

        @Override
        public void show(GuidePage page) {
            guideView.show(page);
            name();
        }

        @Override
        public void leave() {
            turn(cardsPage.control());
            refresh();
        }

        @Override
        public void open(PaperSheet sheet) {
            check(SheetFile.open(sheet, choice.sheets()));
        }
    }

    /** What the cards ask for. */
    private final class Requests implements CardsPage.Requests {

        @Override
        public void begin(SystemCard card, Action action, CardWriter.Question question) {
            Optional<GuideState> guided = Guides.leadingTo(card.id(), action);
            if (guided.isPresent()) {
                lead(guided.get());
                return;
            }
            if (new ConfirmDialog(getSite().getShell(), question, locale).ask()) {
                StandbyWatch watch = background.watch();
                inBackground(
                        () -> watch.begin(card.id(), action),
                        outcome -> {
                            presenter.check(getSite().getShell(), outcome);
                            refresh();
                        });
            }
        }

        @Override
        public void follow(SystemCard card) {
            glimpsed.flatMap(seen -> Guides.following(seen, card.id()))
                    .ifPresent(StartPage.this::lead);
        }

        @Override
        public void cancel(SystemCard.Progress progress) {
            StandbyWatch watch = background.watch();
            inBackground(
                    () -> watch.cancel(progress.operationId()),
                    outcome -> {
                        presenter.check(getSite().getShell(), outcome);
                        refresh();
                    });
        }

        @Override
        public void explain(Outcome<?> why) {
            presenter.check(getSite().getShell(), why);
        }

        @Override
        public void release(ReleaseRequest request, boolean yes) {
            if (yes && !sure(request)) {
                return;
            }
            StandbyWatch watch = background.watch();
            RecoveryCall<ReleaseRequest> answer =
                    yes
                            ? new RecoveryCall.GiveRelease(request.id())
                            : new RecoveryCall.DenyRelease(request.id());
            inBackground(
                    () -> watch.ask(standby -> standby.ask(answer)),
                    outcome -> {
                        presenter.check(getSite().getShell(), outcome);
                        refresh();
                    });
        }

        private boolean sure(ReleaseRequest request) {
            CardWriter.Question question =
                    new CardWriter.Question(
                            TEXTS.text(locale, "release.ask"),
                            request.words().happened() + "\n\n" + request.words().meaning(),
                            TEXTS.text(locale, "release.give"));
            return new ConfirmDialog(getSite().getShell(), question, locale).ask();
        }

        @Override
        public void retry() {
            refresh();
        }

        @Override
        public void leave() {
            StartPage.this.leave();
        }
    }
}
