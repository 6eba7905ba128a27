package org.standfest.restore.ui.internal.guide;

import org.standfest.management.Action;
import org.standfest.management.MeasuredTimes;
import org.standfest.management.OperationStatus;
import org.standfest.management.PointInfo;
import org.standfest.management.Reason;
import org.standfest.management.SystemState;
import org.standfest.management.SystemStatus;
import org.standfest.restore.ui.internal.guide.GuidePage.Move;
import org.standfest.workbench.ui.look.HumanSize;
import org.standfest.workbench.ui.look.Light;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The pages on which a failed system is started on the standby. Immutable. */
final class RestorePages {

    private static final Duration FRESH = Duration.ofMinutes(2);

    private final GuideWords words;
    private final WorkPages work;

    RestorePages(GuideWords words, WorkPages work) {
        this.words = words;
        this.work = work;
    }

    GuidePage page(GuideState state, GuideFacts facts) {
        return switch (state.step()) {
            case RESTORE_COPY -> copy(state, facts);
            case RESTORE_START -> start(state, facts);
            case RESTORE_WORK -> work.page(state, facts);
            case RESTORE_END -> end(state, facts);
            default -> failed(state, facts);
        };
    }

    private GuidePage failed(GuideState state, GuideFacts facts) {
        SystemStatus system = facts.system();
        boolean known = system.state() != SystemState.NORMAL_OPERATION;
        GuidePage.Builder page =
                words.page(state, system)
                        .line(
                                known
                                        ? system.reason()
                                                .map(Reason::happened)
                                                .orElse(words.text("failed.known"))
                                        : words.text("failed.unseen"))
                        .line(words.text("failed.try"));
        service(page, facts);
        page.fact(
                system.agentConnected() ? Light.IN_ORDER : Light.UNKNOWN,
                words.text(system.agentConnected() ? "fact.there" : "fact.silent"),
                words.text(system.agentConnected() ? "agent.there" : "agent.silent"));
        page.next(words.text(known ? "failed.next" : "failed.next-report"))
                .aside(Move.LEAVE, words.text("act.it-works"));
        return known
                ? page.primary(Move.NEXT, words.text("act.failed")).build()
                : page.primary(
                                Move.REPORT,
                                words.text("act.failed"),
                                GuideWords.whyNot(system, Action.REPORT_OUTAGE))
                        .build();
    }

    private void service(GuidePage.Builder page, GuideFacts facts) {
        Optional<Instant> seen = facts.system().lastPositiveAt();
        if (seen.isEmpty()) {
            page.fact(Light.UNKNOWN, words.text("fact.unknown"), words.text("service.never"));
            return;
        }
        Duration ago = Duration.between(seen.get(), facts.standby().now());
        boolean serves =
                facts.system().state() == SystemState.NORMAL_OPERATION && ago.compareTo(FRESH) < 0;
        page.fact(
                serves ? Light.IN_ORDER : Light.DOWN,
                words.text(serves ? "fact.answers" : "fact.no-answer"),
                words.text(
                        serves ? "service.seen" : "service.gone",
                        words.moment(seen.get(), facts),
                        words.time().duration(ago)));
    }

    private GuidePage copy(GuideState state, GuideFacts facts) {
        SystemStatus system = facts.system();
        if (system.lastPoint().isEmpty()) {
            return words.page(state, words.text("copy.none.title", system.name()))
                    .line(words.text("copy.none"))
                    .call(words.call(facts, system.id()))
                    .aside(Move.LEAVE, words.text("act.leave"))
                    .build();
        }
        PointInfo point = system.lastPoint().get();
        String age = words.time().age(Duration.between(point.takenAt(), facts.standby().now()));
        GuidePage.Builder page =
                words.page(state, system)
                        .line(words.text("copy.holds", words.moment(point.takenAt(), facts)))
                        .line(words.text("copy.missing"))
                        .fact(
                                Light.IN_ORDER,
                                words.text("fact.copy"),
                                words.text(
                                        "copy.age",
                                        age,
                                        HumanSize.of(point.sizeBytes(), words.time().locale())));
        system.provedToStartAt()
                .ifPresentOrElse(
                        at ->
                                page.fact(
                                        Light.IN_ORDER,
                                        words.text("fact.proved"),
                                        words.text("copy.proved", words.moment(at, facts))),
                        () ->
                                page.fact(
                                        Light.ATTENTION,
                                        words.text("fact.unproved"),
                                        words.text("copy.unproved")));
        return page.facts(words.obstacles(facts))
                .next(words.text("copy.next"))
                .aside(Move.BACK, words.text("act.back"))
                .plain(Move.PRINT, words.text("act.print"))
                .primary(Move.NEXT, words.text("act.copy-good"))
                .build();
    }

    private GuidePage start(GuideState state, GuideFacts facts) {
        String name = facts.system().name();
        return words.page(state, facts.system())
                .line(words.text("start.check"))
                .line(words.text("start.off"))
                .work(words.plan(facts))
                .next(words.lastTime(facts))
                .aside(Move.BACK, words.text("act.back"))
                .primary(
                        Move.BEGIN,
                        words.text("act.start", name),
                        GuideWords.whyNot(facts.system(), Action.ACTIVATE))
                .build();
    }

    private GuidePage end(GuideState state, GuideFacts facts) {
        MeasuredTimes times =
                facts.operation()
                        .map(OperationStatus::measured)
                        .filter(measured -> measured.servedAgainAt().isPresent())
                        .orElse(facts.system().measured());
        GuidePage.Builder page =
                words.page(state, facts.system())
                        .line(words.text("end.try"))
                        .line(words.text("end.off"));
        times.servedAgainAt()
                .ifPresent(
                        at ->
                                page.fact(
                                        Light.IN_ORDER,
                                        words.text("fact.answers"),
                                        words.text("end.seen", words.moment(at, facts))));
        times.awayMillis()
                .ifPresent(
                        millis ->
                                page.fact(
                                        Light.IN_ORDER,
                                        words.text("fact.away"),
                                        words.text("end.away", words.duration(millis))));
        times.pointTakenAt()
                .ifPresent(
                        at ->
                                page.fact(
                                        Light.ATTENTION,
                                        words.text("fact.missing"),
                                        words.text("end.missing", words.moment(at, facts))));
        return page.next(words.text("end.next"))
                .plain(Move.HOME, words.text("act.home"))
                .primary(Move.LEAVE, words.text("act.done"))
                .build();
    }
}
