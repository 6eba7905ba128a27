package org.standfest.restore.ui.internal.guide;

import org.standfest.management.OperationState;
import org.standfest.management.OperationStatus;
import org.standfest.management.Reason;
import org.standfest.management.WindowView;
import org.standfest.restore.ui.internal.guide.GuidePage.Move;
import org.standfest.workbench.ui.look.Light;

import java.util.Optional;

/** Pages on which work is followed, and what is said when it went otherwise. Immutable. */
final class WorkPages {

    private static final String NOT_PROVED = "gone.not-proved";

    private final GuideWords words;

    WorkPages(GuideWords words) {
        this.words = words;
    }

    GuidePage page(GuideState state, GuideFacts facts) {
        Optional<OperationStatus> operation = facts.operation();
        if (operation.isEmpty()) {
            return words.page(state, facts.system())
                    .line(words.text("work.unknown"))
                    .primary(Move.LEAVE, words.text("act.leave"))
                    .build();
        }
        return operation.get().state().finished()
                ? ended(state, facts, operation.get())
                : running(state, facts, operation.get());
    }

    private GuidePage running(GuideState state, GuideFacts facts, OperationStatus operation) {
        Optional<WindowView> waits = facts.window().filter(WindowView::waiting);
        if (waits.isPresent()) {
            return waiting(state, facts, operation, waits.get());
        }
        boolean undoing = operation.reason().isPresent();
        GuidePage.Builder page =
                words.page(state, facts.system())
                        .line(
                                undoing
                                        ? words.text("work.undoing")
                                        : words.text("work." + state.kind().name()))
                        .facts(words.witnesses(operation))
                        .work(words.work(facts, operation))
                        .next(
                                operation.cancellable()
                                        ? words.text("work.cancel." + state.kind().name())
                                        : words.text("work.no-cancel"))
                        .aside(Move.LEAVE, words.text("act.leave-running"));
        if (operation.cancellable()) {
            page.plain(Move.CANCEL, words.text("act.cancel"));
        }
        return page.build();
    }

    /** The way home stands still until its window comes, or a person says now. */
    private GuidePage waiting(
            GuideState state, GuideFacts facts, OperationStatus operation, WindowView view) {
        String name = facts.system().name();
        String key = view.missed() ? "window.missed" : "window.waits";
        GuidePage.Builder page =
                words.page(state, words.text(key + ".title", name)).line(words.text(key + ".line"));
        view.window()
                .ifPresent(
                        window ->
                                page.fact(
                                        view.missed() ? Light.ATTENTION : Light.PLANNED,
                                        words.text(view.missed() ? "fact.missed" : "fact.waits"),
                                        words.text(
                                                key,
                                                words.moment(window.from(), facts),
                                                words.moment(window.until(), facts))));
        page.work(words.still(operation))
                .next(words.text("work.cancel." + state.kind().name()))
                .aside(Move.LEAVE, words.text("act.leave-running"));
        if (operation.cancellable()) {
            page.plain(Move.CANCEL, words.text("act.cancel"));
        }
        String now = words.text("act.now", name);
        return (view.missed() ? page.primary(Move.NOW, now) : page.plain(Move.NOW, now)).build();
    }

    private GuidePage ended(GuideState state, GuideFacts facts, OperationStatus operation) {
        if (operation.state() == OperationState.CANCELLED) {
            GuidePage.Builder page =
                    words.page(state, words.text("cancelled.title", facts.system().name()))
                            .line(words.text("cancelled." + state.kind().name()))
                            .aside(Move.LEAVE, words.text("act.leave"));
            return again(page, state).build();
        }
        Reason why = operation.reason().orElse(new Reason("", "", "", ""));
        return why.code().equals(NOT_PROVED)
                ? notProved(state, facts, operation)
                : failed(state, facts, operation, why);
    }

    /** The one refusal that a person may overrule, after a look at the machine. */
    private GuidePage notProved(GuideState state, GuideFacts facts, OperationStatus operation) {
        String name = facts.system().name();
        return words.page(state, words.text("not-proved.title", name))
                .line(words.text("not-proved"))
                .facts(words.witnesses(operation))
                .pledge(words.text("not-proved.pledge", name))
                .next(words.text("not-proved.next"))
                .call(words.call(facts, operation.incident()))
                .aside(Move.LEAVE, words.text("act.leave"))
                .plain(Move.BEGIN, words.text("act.check-again"))
                .primary(Move.BEGIN_ANYWAY, words.text("act.anyway", name))
                .build();
    }

    private GuidePage failed(
            GuideState state, GuideFacts facts, OperationStatus operation, Reason why) {
        boolean stuck = operation.state() == OperationState.STUCK;
        GuidePage.Builder page =
                words.page(
                                state,
                                words.text(
                                        "failed.title." + state.kind().name(),
                                        facts.system().name()))
                        .line(why.happened())
                        .line(why.meaning())
                        .line(
                                stuck
                                        ? words.text("failed.stuck")
                                        : words.text("failed.undone." + state.kind().name()))
                        .facts(words.witnesses(operation))
                        .fact(Light.PLANNED, words.text("fact.advice"), why.next())
                        .work(words.work(facts, operation))
                        .call(words.call(facts, operation.incident()))
                        .aside(Move.LEAVE, words.text("act.leave"));
        if (!stuck) {
            again(page, state);
        }
        return page.build();
    }

    /** The same once more; what nobody knows any more is chosen again. */
    private GuidePage.Builder again(GuidePage.Builder page, GuideState state) {
        return state.repeatable()
                ? page.primary(Move.BEGIN, words.text("act.again"))
                : page.next(words.text("again.forgotten"))
                        .primary(Move.HOME, words.text("act.choose-again"));
    }
}
