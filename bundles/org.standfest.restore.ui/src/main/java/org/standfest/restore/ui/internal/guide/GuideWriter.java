package org.standfest.restore.ui.internal.guide;

import org.standfest.restore.ui.internal.guide.GuidePage.Move;
import org.standfest.results.Explanation;
import org.standfest.workbench.ui.look.HumanTime;
import org.standfest.workbench.ui.look.Light;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes the page of a guide. Immutable. */
public final class GuideWriter {

    private final GuideWords words;
    private final RestorePages restore;
    private final ReturnPages home;
    private final ShortPages others;
    private final ReleasePages release;

    /**
     * @param time the reader's words for time; its locale is that of all texts
     */
    public GuideWriter(HumanTime time) {
        this.words = new GuideWords(time);
        WorkPages work = new WorkPages(words);
        this.restore = new RestorePages(words, work);
        this.home = new ReturnPages(words, work);
        this.others = new ShortPages(words, work);
        this.release = new ReleasePages(words);
    }

    /** The page. */
    public GuidePage page(GuideState state, GuideFacts facts) {
        return facts.release()
                .map(request -> release.page(state, facts, request))
                .orElseGet(() -> own(state, facts));
    }

    private GuidePage own(GuideState state, GuideFacts facts) {
        return switch (state.kind()) {
            case RESTORE -> restore.page(state, facts);
            case RETURN -> home.page(state, facts);
            case REHEARSAL, SWITCH -> others.page(state, facts);
        };
    }

    /**
     * The page while the standby does not answer.
     *
     * @param known what it told last; empty if nothing
     */
    public GuidePage lost(GuideState state, Optional<GuideFacts> known, Explanation why) {
        Locale language = words.time().locale();
        return words.page(state, words.text("lost.title"))
                .line(words.text(state.operationId().isPresent() ? "lost.working" : "lost.idle"))
                .fact(Light.DOWN, words.text("fact.no-answer"), why.happened(language))
                .fact(Light.PLANNED, words.text("fact.advice"), why.next(language))
                .next(words.text("lost.next"))
                .call(words.call(known.map(GuideFacts::contacts).orElseGet(List::of), why.code()))
                .aside(Move.LEAVE, words.text("act.leave"))
                .build();
    }
}
