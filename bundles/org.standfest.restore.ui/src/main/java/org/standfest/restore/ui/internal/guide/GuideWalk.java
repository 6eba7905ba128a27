package org.standfest.restore.ui.internal.guide;

import org.standfest.management.Action;
import org.standfest.management.OperationState;
import org.standfest.management.OperationStatus;
import org.standfest.management.PaperSheet;
import org.standfest.management.Reason;
import org.standfest.management.RecoveryCall;
import org.standfest.management.ReleaseRequest;
import org.standfest.management.StandbyClient;
import org.standfest.management.guide.GuideKind;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;
import org.standfest.workbench.ui.look.HumanTime;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Leads a person through a guide: asks the standby, shows the page, does what is pressed. Knows no
 * widgets. For one thread, that of the user interface.
 */
public final class GuideWalk {

    /** What the guide needs of its window. */
    public interface Host {
        /** Asks the standby in the background and hands the answer over in this thread. */
        <T> void ask(Function<StandbyClient, Outcome<T>> question, Consumer<Outcome<T>> then);

        /** Tells a fault; whether there was none. */
        boolean check(Outcome<?> outcome);

        /** Shows a page. */
        void show(GuidePage page);

        /** Shows the cards again. */
        void leave();

        /** Shows a sheet. */
        void open(PaperSheet sheet);
    }

    /** The refusal that means: asked for, and a second person must release it. */
    private static final String SECOND_PERSON = "standby.second-person";

    private final Host host;
    private final GuideWriter writer;
    private final HumanTime time;
    private GuideState state;

    /** Where the page on the screen belongs to; what is pressed there means nothing elsewhere. */
    private GuideState drawn;

    private GuideFacts facts;
    private boolean busy;

    /** Counts the guides: an answer to a question of an earlier one must not steer this one. */
    private int round;

    /**
     * @param time the reader's words for time; its locale is that of all texts
     * @param host its window
     */
    public GuideWalk(HumanTime time, Host host) {
        this.host = host;
        this.time = time;
        this.writer = new GuideWriter(time);
    }

    /** Whether a guide is open. */
    public boolean open() {
        return state != null;
    }

    /** Begins at a page, whatever was open before. */
    public void begin(GuideState first) {
        close();
        state = first;
        refresh();
    }

    /** Forgets where it was: another standby, or back to the cards. */
    public void close() {
        state = null;
        drawn = null;
        facts = null;
        busy = false;
        round++;
    }

    /** Looks at the standby again and shows what has changed. */
    public void refresh() {
        GuideState asked = state;
        int of = round;
        if (asked == null) {
            return;
        }
        host.ask(
                standby -> GuideReader.read(standby, asked),
                (Outcome<GuideFacts> answer) -> {
                    if (of != round || !asked.equals(state)) {
                        return;
                    }
                    answer.result().ifPresent(this::show);
                    if (answer instanceof Outcome.Failed<GuideFacts>(Explanation why, var _)) {
                        lost(why);
                    }
                });
    }

    private void show(GuideFacts seen) {
        facts = seen;
        boolean done =
                seen.operation().filter(it -> it.state() == OperationState.SUCCEEDED).isPresent();
        Optional<String> released =
                seen.release().map(ReleaseRequest::operationId).filter(id -> !id.isEmpty());
        if (released.isPresent()) {
            turn(state.at(released.get()));
            return;
        }
        if (state.working() && done) {
            turn(state.next());
            return;
        }
        drawn = state;
        host.show(writer.page(state, seen));
    }

    /** Says that the standby does not answer; the page comes back when it does. */
    public void lost(Explanation why) {
        if (open()) {
            drawn = null;
            host.show(writer.lost(state, Optional.ofNullable(facts), why));
        }
    }

    private void turn(GuideState next) {
        state = next;
        refresh();
    }

    /** Does one thing at a time: a second press of a button waits for the first. */
    private <T> void once(Function<StandbyClient, Outcome<T>> question, Consumer<T> then) {
        if (busy) {
            return;
        }
        busy = true;
        int of = round;
        host.ask(
                question,
                (Outcome<T> answer) -> {
                    if (of == round) {
                        busy = false;
                    }
                    if (of == round && secondPerson(answer)) {
                        turn(state.askingSomebody());
                        return;
                    }
                    boolean good = host.check(answer);
                    if (of != round) {
                        return;
                    }
                    if (good) {
                        then.accept(answer.orThrow());
                    } else {
                        refresh();
                    }
                });
    }

    private static boolean secondPerson(Outcome<?> answer) {
        return answer instanceof Outcome.Refused<?>
                && answer.problem().filter(why -> why.code().equals(SECOND_PERSON)).isPresent();
    }

    private void begin(List<String> confirmed) {
        GuideState now = state;
        Instant clock = facts.standby().now();
        Function<StandbyClient, Outcome<OperationStatus>> question =
                now.kind() == GuideKind.RETURN
                        ? standby ->
                                standby.returnHome(
                                        ReturnOrders.order(
                                                now, clock, time.zone(), needed(standby, now)))
                        : standby -> standby.begin(now.systemId(), now.kind().action(), confirmed);
        once(question, begun -> turn(now.at(begun)));
    }

    /** How long both phases of a way home will take; nothing where nobody can say. */
    private static Duration needed(StandbyClient standby, GuideState order) {
        return standby.ask(new RecoveryCall.ForecastReturn(order.systemId(), order.agentId()))
                .result()
                .map(view -> Duration.ofMillis(view.bulkMillis() + view.interruptionMillis()))
                .orElse(Duration.ZERO);
    }

    /** The one reason that was shown with the pledge is the one that is confirmed. */
    private List<String> confirmed() {
        return facts.operation().flatMap(OperationStatus::reason).map(Reason::code).stream()
                .toList();
    }

    /** Chose one of the choices. */
    public void choose(String id) {
        if (onScreen()) {
            state = state.choosing(id);
            // What is known already decides what can be pressed next: nobody waits for the line.
            show(facts);
            refresh();
        }
    }

    /** Whether the page on the screen is where the person is: a double click counts once. */
    private boolean onScreen() {
        return drawn != null
                && drawn.step() == state.step()
                && drawn.operationId().equals(state.operationId())
                && drawn.asked() == state.asked();
    }

    /** Pressed a button. */
    public void act(GuidePage.Move move) {
        if (move == GuidePage.Move.LEAVE) {
            close();
            host.leave();
        } else if (onScreen()) {
            move(move);
        }
    }

    private void move(GuidePage.Move move) {
        String system = state.systemId();
        switch (move) {
            case BACK -> turn(state.back());
            case NEXT -> turn(state.next());
            case LEAVE -> throw new IllegalArgumentException("left before");
            case REPORT ->
                    once(
                            standby -> standby.begin(system, Action.REPORT_OUTAGE),
                            _ -> turn(state.next()));
            case BEGIN -> begin(List.of());
            case BEGIN_ANYWAY -> begin(confirmed());
            case CANCEL -> {
                String work = state.operationId().orElseThrow();
                once(standby -> standby.cancel(work), _ -> refresh());
            }
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
                    once(standby -> standby.ask(new RecoveryCall.PrintSheet(system)), host::open);
            case WITHDRAW -> {
                String request = facts.release().map(ReleaseRequest::id).orElseThrow();
                once(
                        standby -> standby.ask(new RecoveryCall.DenyRelease(request)),
                        _ -> {
                            close();
                            host.leave();
                        });
            }
            case HOME -> turn(GuideState.begin(system, GuideKind.RETURN));
        }
    }
}
