package org.standfest.restore.ui.internal.guide;

import org.standfest.management.BootProof;
import org.standfest.management.OperationStatus;
import org.standfest.restore.ui.internal.guide.GuidePage.Move;
import org.standfest.workbench.ui.look.Light;

import java.time.Instant;
import java.util.Optional;

/** The guides of three pages: the rehearsal and the planned move. Immutable. */
final class ShortPages {

    private final GuideWords words;
    private final WorkPages work;

    ShortPages(GuideWords words, WorkPages work) {
        this.words = words;
        this.work = work;
    }

    GuidePage page(GuideState state, GuideFacts facts) {
        return switch (state.step()) {
            case REHEARSAL_WORK, SWITCH_WORK -> work.page(state, facts);
            case REHEARSAL_END -> rehearsed(state, facts);
            case SWITCH_END -> moved(state, facts);
            case SWITCH_START -> start(state, facts, "switch", "act.switch");
            default -> start(state, facts, "rehearse", "act.rehearse");
        };
    }

    private GuidePage start(GuideState state, GuideFacts facts, String key, String act) {
        GuidePage.Builder page =
                words.page(state, facts.system())
                        .line(words.text(key + ".what"))
                        .line(words.text(key + ".means"));
        proof(page, facts.proof(), facts);
        return page.facts(words.obstacles(facts))
                .work(words.plan(facts))
                .next(words.lastTime(facts))
                .aside(Move.LEAVE, words.text("act.back"))
                .primary(
                        Move.BEGIN,
                        words.text(act, facts.system().name()),
                        GuideWords.whyNot(facts.system(), state.kind().action()))
                .build();
    }

    private void proof(GuidePage.Builder page, Optional<BootProof> proof, GuideFacts facts) {
        if (proof.isEmpty()) {
            page.fact(Light.ATTENTION, words.text("fact.unproved"), words.text("copy.unproved"));
            return;
        }
        BootProof last = proof.get();
        page.fact(
                last.proved() ? Light.IN_ORDER : Light.DOWN,
                words.text(last.proved() ? "fact.proved" : "fact.not-started"),
                words.text(
                        last.proved() ? "proof.seen" : "proof.not-seen",
                        words.moment(last.at(), facts),
                        words.duration(last.bootMillis())));
    }

    private GuidePage rehearsed(GuideState state, GuideFacts facts) {
        GuidePage.Builder page =
                words.page(state, facts.system()).line(words.text("rehearsed.gone"));
        proof(page, facts.proof(), facts);
        facts.proof()
                .ifPresent(
                        proof ->
                                page.fact(
                                        Light.IN_ORDER,
                                        words.text("fact.copy"),
                                        words.text(
                                                "proof.point",
                                                words.moment(proof.pointTakenAt(), facts))));
        if (!facts.picture().isEmpty()) {
            page.next(words.text("rehearsed.picture"));
        }
        return page.picture(facts.picture())
                .plain(Move.PRINT, words.text("act.print"))
                .primary(Move.LEAVE, words.text("act.done"))
                .build();
    }

    private GuidePage moved(GuideState state, GuideFacts facts) {
        GuidePage.Builder page =
                words.page(state, facts.system())
                        .line(words.text("end.try"))
                        .line(words.text("moved.nothing-lost"));
        Optional<Instant> seen =
                facts.operation()
                        .map(OperationStatus::measured)
                        .flatMap(times -> times.servedAgainAt());
        seen.ifPresent(
                at ->
                        page.fact(
                                Light.IN_ORDER,
                                words.text("fact.answers"),
                                words.text("end.seen", words.moment(at, facts))));
        return page.next(words.text("moved.next"))
                .plain(Move.HOME, words.text("act.home"))
                .primary(Move.LEAVE, words.text("act.done"))
                .build();
    }
}
