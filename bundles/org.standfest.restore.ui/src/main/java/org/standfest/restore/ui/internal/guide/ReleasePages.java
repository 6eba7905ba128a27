package org.standfest.restore.ui.internal.guide;

import org.standfest.management.ReleaseRequest;
import org.standfest.restore.ui.internal.guide.GuidePage.Move;
import org.standfest.workbench.ui.look.Light;

/** The page while a second person is asked, and what is said when nobody released it. Immutable. */
final class ReleasePages {

    private final GuideWords words;

    ReleasePages(GuideWords words) {
        this.words = words;
    }

    GuidePage page(GuideState state, GuideFacts facts, ReleaseRequest request) {
        return switch (request.state()) {
            case WAITING -> waiting(state, facts, request);
            case GIVEN ->
                    ended(state, facts, "release.not-begun.title", request)
                            .line(request.words().happened())
                            .line(request.words().meaning())
                            .build();
            case DENIED ->
                    ended(state, facts, "release.denied.title", request)
                            .line(words.text("release.nothing-done"))
                            .next(words.text("release.denied.next"))
                            .build();
            case EXPIRED ->
                    ended(state, facts, "release.expired.title", request)
                            .line(words.text("release.nothing-done"))
                            .next(words.text("release.expired.next"))
                            .build();
        };
    }

    private GuidePage waiting(GuideState state, GuideFacts facts, ReleaseRequest request) {
        return words.page(state, words.text("release.title"))
                .line(words.text("release.why", state.kind().text(words.time().locale())))
                .line(words.text("release.nothing-yet"))
                .fact(
                        Light.PLANNED,
                        words.text("fact.waits"),
                        words.text(
                                "release.asked",
                                words.moment(request.askedAt(), facts),
                                words.moment(request.until(), facts)))
                .fact(
                        Light.PLANNED,
                        words.text("fact.advice"),
                        words.text("release.how", facts.system().name()))
                .next(words.text("release.next"))
                .aside(Move.LEAVE, words.text("act.leave-asked"))
                .plain(Move.WITHDRAW, words.text("act.withdraw"))
                .build();
    }

    private GuidePage.Builder ended(
            GuideState state, GuideFacts facts, String title, ReleaseRequest request) {
        return words.page(state, words.text(title, facts.system().name(), request.decidedBy()))
                .call(words.call(facts, request.id()))
                .aside(Move.LEAVE, words.text("act.leave"))
                .primary(Move.BEGIN, words.text("act.ask-again"));
    }
}
