package org.standfest.management.rehearsed;

import org.standfest.management.Action;
import org.standfest.management.AgentInfo;
import org.standfest.management.CareCall;
import org.standfest.management.Invitation;
import org.standfest.management.JournalExcerpt;
import org.standfest.management.JournalLine;
import org.standfest.management.OperationStatus;
import org.standfest.management.PointInfo;
import org.standfest.management.PossibleAction;
import org.standfest.management.Reason;
import org.standfest.management.RecoveryCall;
import org.standfest.management.ReturnOrder;
import org.standfest.management.Role;
import org.standfest.management.StandbyClient;
import org.standfest.management.StandbyFacts;
import org.standfest.management.SystemSettings;
import org.standfest.management.SystemState;
import org.standfest.management.SystemStatus;
import org.standfest.results.Catalog;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A standby that exists only in memory, for looking at faces and for their tests: nothing is
 * replicated and nothing is started. It says so in its name. Operations advance by one step each
 * time they are asked for. Safe for any thread.
 */
public final class RehearsedStandby implements StandbyClient {

    private static final Catalog TEXTS = Catalog.beside(RehearsedStandby.class);

    private final Locale language;
    private final InstantSource clock;
    private final Instant startedAt;
    private final Map<String, RehearsedSystem> systems = new TreeMap<>();
    private final Map<String, RehearsedOperation> operations = new TreeMap<>();
    private final List<JournalLine> journal = new ArrayList<>();
    private final RehearsedCare care;
    private int invitations;

    /**
     * A standby with one system in every state that a person meets.
     *
     * @param language language of all texts
     * @param clock its clock
     */
    public RehearsedStandby(Locale language, InstantSource clock) {
        this.language = language;
        this.clock = clock;
        this.startedAt = clock.instant();
        RehearsedSystem.examples(startedAt, language, TEXTS)
                .forEach(system -> systems.put(system.id(), system));
        Map<String, String> names = new TreeMap<>();
        systems.values().stream()
                .filter(system -> system.point().isPresent())
                .forEach(system -> names.put(system.id(), system.name()));
        this.care = new RehearsedCare(names, language, TEXTS, clock);
    }

    @Override
    public synchronized Outcome<StandbyFacts> facts() {
        return Outcome.done(
                new StandbyFacts(
                        TEXTS.text(language, "name"),
                        "1.0.0",
                        clock.instant(),
                        startedAt,
                        4,
                        16L << 30,
                        700L << 30,
                        300L << 30,
                        List.of("rehearsed"),
                        Optional.empty(),
                        Role.ADMINISTRATE,
                        List.of(
                                new AgentInfo(
                                        "agent-townhall",
                                        false,
                                        true,
                                        Optional.of(clock.instant()),
                                        List.copyOf(systems.keySet())))));
    }

    @Override
    public synchronized Outcome<List<SystemStatus>> systems() {
        return Outcome.done(systems.values().stream().map(this::status).toList());
    }

    @Override
    public synchronized Outcome<SystemStatus> system(String systemId) {
        return find(systemId).map(this::status);
    }

    @Override
    public synchronized Outcome<List<PointInfo>> points(String systemId) {
        return find(systemId).map(system -> system.point().stream().toList());
    }

    @Override
    public synchronized Outcome<SystemStatus> configure(String systemId, SystemSettings settings) {
        return find(systemId)
                .map(
                        system -> {
                            record(systemId, "configured");
                            return status(put(system.with(settings)));
                        });
    }

    @Override
    public synchronized Outcome<OperationStatus> begin(
            String systemId, Action action, List<String> confirmed) {
        return find(systemId)
                .then(
                        system -> {
                            Optional<Explanation> whyNot = whyNot(system, action);
                            if (action == Action.RETURN) {
                                whyNot = Optional.of(TEXTS.explain("rehearsed.return-order"));
                            }
                            return whyNot.<Outcome<OperationStatus>>map(Outcome::refused)
                                    .orElseGet(() -> Outcome.done(start(system, action)));
                        });
    }

    @Override
    public synchronized Outcome<OperationStatus> returnHome(ReturnOrder order) {
        return find(order.systemId())
                .then(
                        system ->
                                whyNot(system, Action.RETURN)
                                        .<Outcome<OperationStatus>>map(Outcome::refused)
                                        .orElseGet(
                                                () -> Outcome.done(start(system, Action.RETURN))));
    }

    @Override
    public synchronized Outcome<OperationStatus> operation(String operationId) {
        RehearsedOperation operation = operations.get(operationId);
        if (operation == null) {
            return Outcome.refused(TEXTS.explain("rehearsed.no-operation", operationId));
        }
        if (!operation.finished()) {
            advance(operation);
        }
        return Outcome.done(operations.get(operationId).status(language, TEXTS));
    }

    @Override
    public synchronized Outcome<OperationStatus> cancel(String operationId) {
        RehearsedOperation operation = operations.get(operationId);
        if (operation == null) {
            return Outcome.refused(TEXTS.explain("rehearsed.no-operation", operationId));
        }
        if (operation.finished()) {
            return Outcome.refused(TEXTS.explain("rehearsed.finished", operationId));
        }
        RehearsedOperation cancelled = operation.cancel(clock.instant());
        operations.put(operationId, cancelled);
        RehearsedSystem system = systems.get(cancelled.systemId());
        put(system.in(cancelled.before(), clock.instant()));
        record(system.id(), "cancelled");
        return Outcome.done(cancelled.status(language, TEXTS));
    }

    @Override
    public synchronized Outcome<JournalExcerpt> journal(String systemId, long after, int limit) {
        List<JournalLine> fitting =
                journal.stream()
                        .filter(line -> systemId.isEmpty() || line.systemId().equals(systemId))
                        .filter(line -> line.number() > after)
                        .toList();
        List<JournalLine> newest =
                fitting.subList(Math.max(0, fitting.size() - limit), fitting.size());
        return Outcome.done(new JournalExcerpt(newest, journal.size(), Optional.empty()));
    }

    @Override
    public synchronized Outcome<Invitation> inviteAgent(String name, List<String> systemIds) {
        record("", "invited");
        return Outcome.done(invitation(name));
    }

    @Override
    public synchronized Outcome<Invitation> inviteOperator(String name, Role role) {
        record("", "invited");
        return Outcome.done(invitation(name));
    }

    @Override
    public synchronized Outcome<Void> revoke(String name) {
        if (!name.equals("agent-townhall")) {
            return Outcome.refused(TEXTS.explain("rehearsed.unknown-name", name));
        }
        record("", "revoked");
        return Outcome.done();
    }

    @Override
    public synchronized Outcome<Void> stop(boolean machinesToo) {
        record("", "stopped");
        return Outcome.done();
    }

    @Override
    public synchronized <T> Outcome<T> ask(CareCall<T> call) {
        if (call instanceof RecoveryCall<?> asked) {
            return RehearsedRecovery.answer(
                            asked,
                            asked.systemId().isEmpty()
                                    ? Outcome.refused(TEXTS.explain("rehearsed.no-system", ""))
                                    : find(asked.systemId()),
                            journal,
                            action ->
                                    whyNot(systems.get(asked.systemId()), action)
                                            .map(why -> Reason.of(why, language)),
                            clock.instant(),
                            language)
                    .map(call.answer()::cast);
        }
        if (call.needs() != Role.SEE) {
            record(call.systemId(), "care");
        }
        return care.ask(call).map(call.answer()::cast);
    }

    @Override
    public void close() {
        // nothing is held
    }

    private Outcome<RehearsedSystem> find(String systemId) {
        RehearsedSystem system = systems.get(systemId);
        return system == null
                ? Outcome.refused(TEXTS.explain("rehearsed.no-system", systemId))
                : Outcome.done(system);
    }

    private RehearsedSystem put(RehearsedSystem system) {
        systems.put(system.id(), system);
        return system;
    }

    private OperationStatus start(RehearsedSystem system, Action action) {
        Instant now = clock.instant();
        String id = "rehearsed-" + (operations.size() + 1);
        RehearsedOperation operation =
                RehearsedOperation.begin(id, system.id(), action, system.state(), now);
        if (action == Action.REPORT_OUTAGE || action == Action.UNBLOCK) {
            operation = operation.finish(now);
            put(system.in(stateAfter(action, system), now));
        } else {
            put(system.in(stateDuring(action, system), now).busyWith(Optional.of(id)));
        }
        operations.put(id, operation);
        record(system.id(), "begun");
        return operation.status(language, TEXTS);
    }

    private void advance(RehearsedOperation operation) {
        RehearsedOperation next = operation.advance(clock.instant());
        operations.put(next.id(), next);
        RehearsedSystem system = systems.get(next.systemId());
        if (next.finished()) {
            put(system.after(next.action(), stateAfter(next.action(), system), clock.instant()));
            record(system.id(), "finished");
        }
    }

    private static SystemState stateDuring(Action action, RehearsedSystem system) {
        return switch (action) {
            case ACTIVATE, SWITCH -> SystemState.RESTART;
            case RETURN -> SystemState.RESTORATION;
            case REHEARSE -> SystemState.REHEARSAL;
            case REPLICATE, UNDO, REPORT_OUTAGE, UNBLOCK -> system.state();
        };
    }

    private static SystemState stateAfter(Action action, RehearsedSystem system) {
        return switch (action) {
            case ACTIVATE, SWITCH -> SystemState.EMERGENCY_OPERATION;
            case RETURN, REHEARSE -> SystemState.NORMAL_OPERATION;
            case UNDO, REPORT_OUTAGE, UNBLOCK -> SystemState.OUTAGE;
            case REPLICATE -> system.state();
        };
    }

    private Optional<Explanation> whyNot(RehearsedSystem system, Action action) {
        if (system.operationId().isPresent()) {
            return Optional.of(TEXTS.explain("rehearsed.busy", system.name()));
        }
        boolean fits =
                switch (action) {
                    case REPLICATE -> system.state() == SystemState.NORMAL_OPERATION;
                    case REPORT_OUTAGE, REHEARSE, SWITCH ->
                            system.startable() && system.state() == SystemState.NORMAL_OPERATION;
                    case ACTIVATE -> system.startable() && system.state() == SystemState.OUTAGE;
                    case UNDO, RETURN -> system.state() == SystemState.EMERGENCY_OPERATION;
                    case UNBLOCK -> system.state() == SystemState.BLOCKED;
                };
        return fits
                ? Optional.empty()
                : Optional.of(
                        TEXTS.explain(
                                "rehearsed.not-now",
                                action.text(language),
                                system.name(),
                                system.state().text(language)));
    }

    private SystemStatus status(RehearsedSystem system) {
        List<PossibleAction> actions =
                List.of(Action.values()).stream()
                        .map(
                                action ->
                                        new PossibleAction(
                                                action,
                                                whyNot(system, action)
                                                        .map(why -> Reason.of(why, language))))
                        .toList();
        return system.status(clock.instant(), actions);
    }

    private Invitation invitation(String name) {
        invitations++;
        return new Invitation(
                "REHEARSED-" + invitations, name, clock.instant().plus(Duration.ofHours(1)));
    }

    private void record(String systemId, String what) {
        int number = journal.size() + 1;
        journal.add(
                new JournalLine(
                        number,
                        clock.instant(),
                        "rehearsal",
                        systemId,
                        what,
                        TEXTS.text(language, "journal." + what),
                        "%064x".formatted(number)));
    }
}
