package org.standfest.restore.ui.internal.guide;

import org.standfest.workbench.ui.look.HumanTime;

/** Writes the page of a guide. Immutable. */
public final class GuideWriter {

    private final RestorePages restore;
    private final ReturnPages home;
    private final ShortPages others;

    /**
     * @param time the reader's words for time; its locale is that of all texts
     */
    public GuideWriter(HumanTime time) {
        GuideWords words = new GuideWords(time);
        WorkPages work = new WorkPages(words);
        this.restore = new RestorePages(words, work);
        this.home = new ReturnPages(words, work);
        this.others = new ShortPages(words, work);
    }

    /** The page. */
    public GuidePage page(GuideState state, GuideFacts facts) {
        return switch (state.kind()) {
            case RESTORE -> restore.page(state, facts);
            case RETURN -> home.page(state, facts);
            case REHEARSAL, SWITCH -> others.page(state, facts);
        };
    }
}
