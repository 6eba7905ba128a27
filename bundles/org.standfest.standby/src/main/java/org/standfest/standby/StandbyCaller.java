package org.standfest.standby;

import org.standfest.management.Action;
import org.standfest.management.CareCall;
import org.standfest.management.Invitation;
import org.standfest.management.JournalExcerpt;
import org.standfest.management.MeasuredTimes;
import org.standfest.management.OperationState;
import org.standfest.management.OperationStatus;
import org.standfest.management.PointInfo;
import org.standfest.management.Reason;
import org.standfest.management.RecoveryCall;
import org.standfest.management.ReturnOrder;
import org.standfest.management.Role;
import org.standfest.management.StandbyClient;
import org.standfest.management.StandbyFacts;
import org.standfest.management.SystemSettings;
import org.standfest.management.SystemStatus;
import org.standfest.recovery.Course;
import org.standfest.recovery.Facts;
import org.standfest.recovery.OperationView;
import org.standfest.recovery.PlanKind;
import org.standfest.recovery.Possibilities;
import org.standfest.recovery.RecoveryState;
import org.standfest.recovery.Told;
import org.standfest.recovery.Transitions;
import org.standfest.recovery.ways.SparePool;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The standby as one caller sees it, in the caller's language. Roles are checked before it is
 * asked. Safe for any thread.
 */
final class StandbyCaller implements StandbyClient {

    private static final Duration CLEAR_LIMIT = Duration.ofSeconds(3);

    /** What has to be confirmed before emergency operation is given up. */
    static final String UNDO_LOSES = "standby.undo-loses";

    private final StandbyServer standby;
    private final StandbyDesk desk;
    private final Asker asker;
    private final String who;
    private final Locale language;

    StandbyCaller(StandbyServer standby, StandbyDesk desk, Asker asker) {
        this.standby = standby;
        this.desk = desk;
        this.asker = asker;
        this.who = asker.who();
        this.language = asker.language();
    }

    @Override
    public Outcome<StandbyFacts> facts() {
        return desk.facts(asker.role(), language);
    }

    @Override
    public Outcome<List<SystemStatus>> systems() {
        return Outcome.done(
                desk.systemIds().stream()
                        .flatMap(id -> desk.status(id, language).result().stream())
                        .toList());
    }

    @Override
    public Outcome<SystemStatus> system(String systemId) {
        return desk.status(systemId, language);
    }

    @Override
    public Outcome<List<PointInfo>> points(String systemId) {
        return desk.course(systemId).then(_ -> desk.points(systemId));
    }

    @Override
    public Outcome<SystemStatus> configure(String systemId, SystemSettings settings) {
        return desk.course(systemId)
                .then(course -> new SettingsDesk(standby).configure(asker, course, settings))
                .then(_ -> desk.status(systemId, language));
    }

    @Override
    public Outcome<OperationStatus> begin(String systemId, Action action, List<String> confirmed) {
        return desk.course(systemId)
                .then(
                        course -> {
                            Optional<Explanation> whyNot =
                                    Possibilities.whyNot(
                                            action, course, desk.circumstances(systemId));
                            return whyNot.isPresent()
                                    ? Outcome.refused(whyNot.get())
                                    : confirmed(course, action, confirmed);
                        });
    }

    /** What is refused in any case is refused before a second person is asked for. */
    private Outcome<OperationStatus> confirmed(
            Course course, Action action, List<String> confirmed) {
        String id = course.systemId();
        if (action == Action.RETURN) {
            return Outcome.refused(StandbyTexts.explain("standby.return-needs-order", id));
        }
        if (action == Action.UNDO && !confirmed.contains(UNDO_LOSES)) {
            return Outcome.refused(StandbyTexts.explain(UNDO_LOSES, id, course.since()));
        }
        return needsRelease(id, action)
                ? standby.recoveries()
                        .releases()
                        .ask(id, ReleaseBook.Order.of(action, confirmed), who)
                : possible(course, action, confirmed);
    }

    private boolean needsRelease(String systemId, Action action) {
        return !asker.released()
                && standby.records().settings(systemId).secondPerson().contains(action);
    }

    /** Does what a second person has released; the operation, if one was begun. */
    Outcome<String> released(String systemId, ReleaseBook.Order order) {
        if (order.home().isPresent()) {
            return returnHome(order.home().get()).map(OperationStatus::id);
        }
        return order.action().isPresent()
                ? begin(systemId, order.action().get(), order.confirmed()).map(OperationStatus::id)
                : configure(
                                systemId,
                                standby.records()
                                        .settings(systemId)
                                        .releasedBySecond(order.release().orElseThrow()))
                        .map(_ -> "");
    }

    private Outcome<OperationStatus> possible(
            Course course, Action action, List<String> confirmed) {
        String id = course.systemId();
        return switch (action) {
            case REPLICATE ->
                    standby.replications()
                            .begin(id)
                            .then(operation -> written(id, "replication.asked", operation))
                            .then(this::operation);
            case REPORT_OUTAGE ->
                    standby.engine()
                            .outage(
                                    id,
                                    who,
                                    Told.of(StandbyTexts.explain("standby.outage-person", who)),
                                    standby.lastPositive(id))
                            .map(_ -> over(id, action));
            case ACTIVATE -> activate(course, confirmed);
            case SWITCH ->
                    plan(
                            id,
                            PlanKind.SWITCH,
                            Map.of(Facts.AGENT, standby.records().get(id).homeAgent()),
                            confirmed);
            case UNDO -> undo(course, confirmed);
            case RETURN -> throw new IllegalArgumentException("a return needs an order");
            case REHEARSE -> plan(id, PlanKind.REHEARSAL, Map.of(), confirmed);
            case UNBLOCK ->
                    standby.engine()
                            .unblock(id, who, runs(course))
                            .map(
                                    after -> {
                                        standby.recoveries().tidy(after);
                                        return over(id, action);
                                    });
        };
    }

    private boolean runs(Course course) {
        return Transitions.machine(course.state())
                .filter(machine -> standby.machines().running(course.systemId(), machine))
                .isPresent();
    }

    private Outcome<OperationStatus> activate(Course course, List<String> confirmed) {
        String id = course.systemId();
        if (course.state() instanceof RecoveryState.EmergencyOperation serving) {
            return plan(
                    id,
                    PlanKind.REACTIVATION,
                    Map.of(Facts.MACHINE, serving.machineId()),
                    confirmed);
        }
        try {
            standby.replications().clear(id, CLEAR_LIMIT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Outcome.failed(StandbyTexts.explain("standby.interrupted"));
        }
        return plan(id, PlanKind.ACTIVATION, Map.of(), confirmed);
    }

    private Outcome<OperationStatus> undo(Course course, List<String> confirmed) {
        return plan(
                course.systemId(),
                PlanKind.UNDO,
                Map.of(Facts.MACHINE, Transitions.machine(course.state()).orElseThrow()),
                confirmed);
    }

    @Override
    public Outcome<OperationStatus> returnHome(ReturnOrder order) {
        String id = order.systemId();
        return desk.course(id)
                .then(
                        course -> {
                            Optional<Explanation> whyNot =
                                    Possibilities.whyNot(
                                                    Action.RETURN, course, desk.circumstances(id))
                                            .or(() -> ReturnFit.problem(order, desk.disks(id)));
                            if (whyNot.isPresent()) {
                                return Outcome.refused(whyNot.get());
                            }
                            return landed(course, order);
                        });
    }

    /** What waits for a second person gets its machine when it is done, not when it is asked. */
    private Outcome<OperationStatus> landed(Course course, ReturnOrder order) {
        String id = course.systemId();
        SparePool spares = standby.replacements().spares();
        if (needsRelease(id, Action.RETURN)) {
            ReleaseBook.Order asked = ReleaseBook.Order.of(order);
            return spares.landing(id, order.agentId())
                    .then(_ -> standby.recoveries().releases().ask(id, asked, who));
        }
        return spares.land(
                id,
                order.agentId(),
                agent -> plan(id, PlanKind.RETURN, facts(course, order.to(agent)), List.of()));
    }

    private static Map<String, String> facts(Course course, ReturnOrder order) {
        Map<String, String> options = new HashMap<>(order.options());
        for (ReturnOrder.TargetDisk disk : order.disks()) {
            if (disk.sizeBytes() > 0) {
                options.putIfAbsent("sizeBytes." + disk.volume(), Long.toString(disk.sizeBytes()));
            }
            // A landing place has one bus for all disks today; the first order decides.
            if (!disk.bus().isEmpty()) {
                options.putIfAbsent("bus", disk.bus().toUpperCase(Locale.ROOT));
            }
        }
        Map<String, String> facts = new HashMap<>();
        facts.put(Facts.MACHINE, Transitions.machine(course.state()).orElseThrow());
        facts.put(Facts.AGENT, order.agentId());
        facts.put(Facts.TARGET, order.target());
        facts.put(Facts.OPTION_NAMES, String.join(",", options.keySet()));
        options.forEach((name, value) -> facts.put(Facts.OPTION + name, value));
        facts.put(Facts.REHEARSE, Boolean.toString(order.rehearse()));
        if (order.window().isPresent()) {
            facts.putAll(ReturnDesk.facts(order.window()));
        }
        return facts;
    }

    private Outcome<OperationStatus> plan(
            String systemId, PlanKind kind, Map<String, String> facts, List<String> confirmed) {
        return standby.engine()
                .begin(systemId, kind, who, facts, confirmed)
                .then(operation -> operation(operation.id()));
    }

    @Override
    public Outcome<OperationStatus> operation(String operationId) {
        return standby.replications()
                .status(operationId, language)
                .map(Outcome::done)
                .orElseGet(
                        () ->
                                standby.engine()
                                        .operation(operationId)
                                        .map((OperationView view) -> view.status(language)));
    }

    @Override
    public Outcome<OperationStatus> cancel(String operationId) {
        return standby.replications()
                .cancel(operationId)
                .orElseGet(() -> standby.engine().cancel(operationId, who).map(_ -> null))
                .then(_ -> operation(operationId));
    }

    @Override
    public Outcome<JournalExcerpt> journal(String systemId, long after, int limit) {
        return desk.journal(systemId, after, limit, language);
    }

    @Override
    public Outcome<Invitation> inviteAgent(String name, List<String> systemIds) {
        return standby.people().inviteAgent(who, name, systemIds);
    }

    @Override
    public Outcome<Invitation> inviteOperator(String name, Role wanted) {
        return standby.people().inviteOperator(who, name, wanted);
    }

    @Override
    public Outcome<Void> revoke(String name) {
        return standby.people().revoke(who, name);
    }

    @Override
    public Outcome<Void> stop(boolean machinesToo) {
        return standby.stopLater(who, machinesToo);
    }

    @Override
    public <T> Outcome<T> ask(CareCall<T> call) {
        return call instanceof RecoveryCall<?> asked
                ? standby.recoveries().answer(asked, asker).map(call.answer()::cast)
                : standby.care().ask(call, who, language);
    }

    @Override
    public void close() {
        // the channel is the handler's
    }

    private Outcome<String> written(String systemId, String what, String operation) {
        return standby.write(who, systemId, what, Map.of("operation", operation))
                .map(_ -> operation);
    }

    /** An act that is over as soon as it was asked for. */
    private OperationStatus over(String systemId, Action action) {
        return new OperationStatus(
                "act-" + standby.newId(),
                systemId,
                action,
                OperationState.SUCCEEDED,
                standby.now(),
                Optional.of(standby.now()),
                "",
                0,
                0,
                -1,
                -1,
                Optional.empty(),
                false,
                Optional.<Reason>empty(),
                List.of(),
                List.of(),
                MeasuredTimes.NONE);
    }
}
