package org.standfest.restore.ui.internal.guide;

import org.standfest.management.Action;
import org.standfest.management.AgentInfo;
import org.standfest.management.OperationStatus;
import org.standfest.management.ReturnForecast;
import org.standfest.management.Role;
import org.standfest.management.StepStatus;
import org.standfest.management.SystemStatus;
import org.standfest.restore.ui.internal.guide.GuidePage.Choice;
import org.standfest.restore.ui.internal.guide.GuidePage.Move;
import org.standfest.workbench.ui.look.HumanSize;
import org.standfest.workbench.ui.look.Light;

import java.util.List;
import java.util.Optional;

/** The pages on which a system goes home. Immutable. */
final class ReturnPages {

    /** How the ids of other programs' steps begin; on the way home they follow the shutdown. */
    private static final String PARTNER = "partner-";

    private final GuideWords words;
    private final WorkPages work;

    ReturnPages(GuideWords words, WorkPages work) {
        this.words = words;
        this.work = work;
    }

    GuidePage page(GuideState state, GuideFacts facts) {
        return switch (state.step()) {
            case RETURN_WINDOW -> window(state, facts);
            case RETURN_START -> start(state, facts);
            case RETURN_WORK -> work.page(state, facts);
            case RETURN_END -> end(state, facts);
            default -> target(state, facts);
        };
    }

    /** The machines that are there now and could take the system. */
    static List<AgentInfo> targets(GuideFacts facts) {
        return facts.standby().agents().stream()
                .filter(agent -> !agent.operator() && agent.connected())
                .toList();
    }

    private GuidePage target(GuideState state, GuideFacts facts) {
        SystemStatus system = facts.system();
        List<AgentInfo> targets = targets(facts);
        GuidePage.Builder page =
                words.page(state, system)
                        .line(words.text(targets.isEmpty() ? "target.none" : "target.which"))
                        .line(words.text("target.erased"));
        for (AgentInfo agent : targets) {
            boolean same = agent.id().equals(system.agentId());
            page.choice(
                    new Choice(
                            agent.id(),
                            words.text(same ? "target.same" : "target.new", agent.id()),
                            words.text(same ? "target.same.detail" : "target.new.detail"),
                            agent.id().equals(state.agentId())));
        }
        if (!state.code().isEmpty()) {
            page.fact(Light.PLANNED, words.text("fact.code"), state.code());
        }
        boolean chosen = targets.stream().anyMatch(it -> it.id().equals(state.agentId()));
        page.next(words.text(state.code().isEmpty() ? "target.next" : "target.code"))
                .aside(Move.LEAVE, words.text("act.back"));
        if (facts.standby().role().includes(Role.ADMINISTRATE)) {
            page.plain(Move.INVITE, words.text("act.invite"));
        }
        return page.primary(
                        Move.NEXT,
                        words.text("act.next"),
                        chosen ? "" : words.text("target.choose"))
                .build();
    }

    private GuidePage window(GuideState state, GuideFacts facts) {
        GuidePage.Builder page =
                words.page(state, facts.system())
                        .line(words.text("window.first"))
                        .line(words.text("window.then"));
        for (GuideState.Hour hour : GuideState.Hour.values()) {
            page.choice(
                    new Choice(
                            hour.name(),
                            words.text("window." + hour.name()),
                            words.text("window." + hour.name() + ".detail"),
                            hour == state.hour()));
        }
        facts.forecast().ifPresent(forecast -> forecast(page, forecast));
        boolean known = facts.forecast().isEmpty() || facts.plan().lastMillis() >= 0;
        return page.next(known ? words.lastTime(facts) : "")
                .aside(Move.BACK, words.text("act.back"))
                .primary(Move.NEXT, words.text("act.next"))
                .build();
    }

    private void forecast(GuidePage.Builder page, ReturnForecast forecast) {
        String bytes = HumanSize.of(Math.max(0, forecast.bulkBytes()), words.time().locale());
        page.fact(
                Light.PLANNED,
                words.text("fact.copying"),
                words.text("forecast.bulk", bytes, words.duration(forecast.bulkMillis())));
        String away = words.duration(forecast.interruptionMillis());
        page.fact(
                Light.PLANNED,
                words.text("fact.away"),
                words.text(
                        forecast.bootMillis() < 0 ? "forecast.away-more" : "forecast.away", away));
        page.fact(
                forecast.lineMeasured() ? Light.IN_ORDER : Light.ATTENTION,
                words.text("fact.line"),
                words.text(
                        forecast.lineMeasured() ? "forecast.line" : "forecast.line-guessed",
                        HumanSize.of(forecast.lineBytesPerSecond(), words.time().locale())));
    }

    private GuidePage start(GuideState state, GuideFacts facts) {
        return words.page(state, facts.system())
                .choice(rehearsal(GuideState.REHEARSE, state.rehearse()))
                .choice(rehearsal(GuideState.DIRECTLY, !state.rehearse()))
                .line(words.text("home.to", state.agentId()))
                .line(words.text("home.safe"))
                .work(words.plan(facts))
                .next(
                        words.text("window." + state.hour().name() + ".next")
                                + " "
                                + words.lastTime(facts))
                .aside(Move.BACK, words.text("act.back"))
                .primary(
                        Move.BEGIN,
                        words.text("act.return", facts.system().name()),
                        GuideWords.whyNot(facts.system(), Action.RETURN))
                .build();
    }

    private Choice rehearsal(String id, boolean chosen) {
        return new Choice(
                id, words.text("home." + id), words.text("home." + id + ".detail"), chosen);
    }

    private GuidePage end(GuideState state, GuideFacts facts) {
        GuidePage.Builder page =
                words.page(state, facts.system())
                        .line(words.text("home.try"))
                        .line(words.text("home.protected"));
        Optional<OperationStatus> operation = facts.operation();
        operation
                .flatMap(OperationStatus::finishedAt)
                .ifPresent(
                        at ->
                                page.fact(
                                        Light.IN_ORDER,
                                        words.text("fact.answers"),
                                        words.text("home.seen", words.moment(at, facts))));
        operation.ifPresent(
                done ->
                        page.fact(
                                Light.IN_ORDER,
                                words.text("fact.away"),
                                words.text("home.away", words.duration(away(done)))));
        return page.next(words.text("home.next"))
                .plain(Move.PRINT, words.text("act.print"))
                .primary(Move.LEAVE, words.text("act.home-works"))
                .build();
    }

    /** From the end of emergency operation to the positive test at home. */
    private static long away(OperationStatus operation) {
        return operation.steps().stream()
                .filter(
                        step ->
                                step.id().startsWith(PARTNER)
                                        || List.of("shutdown", "final", "start-home", "test-home")
                                                .contains(step.id()))
                .mapToLong(StepStatus::tookMillis)
                .sum();
    }
}
