package org.standfest.restore.ui.internal.view;

import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.standfest.management.Action;
import org.standfest.management.OperationState;
import org.standfest.management.OperationStatus;
import org.standfest.management.PaperSheet;
import org.standfest.management.Reason;
import org.standfest.management.RecoveryCall;
import org.standfest.management.StandbyClient;
import org.standfest.management.guide.GuideKind;
import org.standfest.restore.ui.internal.guide.GuideFacts;
import org.standfest.restore.ui.internal.guide.GuidePage;
import org.standfest.restore.ui.internal.guide.GuideReader;
import org.standfest.restore.ui.internal.guide.GuideState;
import org.standfest.restore.ui.internal.guide.GuideWriter;
import org.standfest.restore.ui.internal.guide.ReturnOrders;
import org.standfest.results.Outcome;
import org.standfest.workbench.ui.look.HumanTime;
import org.standfest.workbench.ui.look.Look;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Leads a person through a guide: asks the standby, shows the page, does what is pressed. */
final class GuideDesk {

    /** What the guide needs of the start page. */
    interface Host {
        /** Asks the standby in the background and hands the answer over, if the page still is. */
        <T> void ask(Function<StandbyClient, Outcome<T>> question, Consumer<Outcome<T>> then);

        /** Tells a fault; whether there was none. */
        boolean check(Outcome<?> outcome);

        /** Shows the cards again. */
        void leave();

        /** Shows a sheet. */
        void open(PaperSheet sheet);
    }

    private final Host host;
    private final GuideWriter writer;
    private final HumanTime time;
    private final GuideView view;
    private GuideState state;
    private GuideFacts facts;
    private boolean busy;

    GuideDesk(Composite parent, Look look, HumanTime time, Host host) {
        this.host = host;
        this.time = time;
        this.writer = new GuideWriter(time);
        this.view = new GuideView(parent, look, new Requests());
    }

    Control control() {
        return view.control();
    }

    /** Whether a guide is open. */
    boolean open() {
        return state != null;
    }

    void begin(GuideState first) {
        state = first;
        facts = null;
        refresh();
    }

    void focus() {
        view.focus();
    }

    /** Forgets where it was: another standby, or back to the cards. */
    void close() {
        state = null;
        facts = null;
        busy = false;
    }

    /** Looks at the standby again and shows what has changed. */
    void refresh() {
        GuideState asked = state;
        if (asked == null) {
            return;
        }
        host.ask(
                standby -> GuideReader.read(standby, asked),
                (Outcome<GuideFacts> answer) -> {
                    if (asked.equals(state)) {
                        answer.result().ifPresent(this::show);
                    }
                });
    }

    private void show(GuideFacts seen) {
        facts = seen;
        boolean done =
                seen.operation().filter(it -> it.state() == OperationState.SUCCEEDED).isPresent();
        if (state.working() && done) {
            turn(state.next());
            return;
        }
        view.show(writer.page(state, seen));
    }

    private void turn(GuideState next) {
        state = next;
        refresh();
    }

    private void leave() {
        close();
        host.leave();
    }

    /** Does one thing at a time: a second press of a button waits for the first. */
    private <T> void once(Function<StandbyClient, Outcome<T>> question, Consumer<T> then) {
        if (busy) {
            return;
        }
        busy = true;
        host.ask(
                question,
                (Outcome<T> answer) -> {
                    busy = false;
                    if (host.check(answer)) {
                        then.accept(answer.orThrow());
                    } else {
                        refresh();
                    }
                });
    }

    private void begin(List<String> confirmed) {
        GuideState now = state;
        Function<StandbyClient, Outcome<OperationStatus>> question =
                now.kind() == GuideKind.RETURN
                        ? standby ->
                                standby.returnHome(
                                        ReturnOrders.order(now, facts.standby().now(), time.zone()))
                        : standby -> standby.begin(now.systemId(), now.kind().action(), confirmed);
        once(question, begun -> turn(now.at(begun)));
    }

    /** The one reason that was shown with the pledge is the one that is confirmed. */
    private List<String> confirmed() {
        return Optional.ofNullable(facts)
                .flatMap(GuideFacts::operation)
                .flatMap(OperationStatus::reason)
                .map(Reason::code)
                .stream()
                .toList();
    }

    private final class Requests implements GuideView.Requests {

        @Override
        public void choose(String id) {
            turn(state.choosing(id));
        }

        @Override
        public void act(GuidePage.Move move) {
            String system = state.systemId();
            switch (move) {
                case BACK -> turn(state.back());
                case NEXT -> turn(state.next());
                case LEAVE -> leave();
                case REPORT ->
                        once(
                                standby -> standby.begin(system, Action.REPORT_OUTAGE),
                                _ -> turn(state.next()));
                case BEGIN -> begin(List.of());
                case BEGIN_ANYWAY -> begin(confirmed());
                case CANCEL ->
                        once(
                                standby -> standby.cancel(state.operationId().orElseThrow()),
                                _ -> refresh());
                case NOW ->
                        once(
                                standby ->
                                        standby.ask(
                                                new RecoveryCall.ChangeWindow(
                                                        system, Optional.empty())),
                                _ -> refresh());
                case INVITE ->
                        once(
                                standby -> standby.inviteAgent(system + "-home", List.of(system)),
                                made -> turn(state.with(made.code())));
                case PRINT ->
                        once(
                                standby -> standby.ask(new RecoveryCall.PrintSheet(system)),
                                host::open);
                case HOME -> turn(GuideState.begin(system, GuideKind.RETURN));
            }
        }
    }
}
