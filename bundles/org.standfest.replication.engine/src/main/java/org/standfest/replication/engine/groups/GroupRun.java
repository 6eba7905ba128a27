package org.standfest.replication.engine.groups;

import org.standfest.replication.engine.groups.GroupDefinition.Member;
import org.standfest.replication.engine.groups.GroupReport.MemberReport;
import org.standfest.replication.pool.IncomingPoint;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.protocol.GroupMessage;
import org.standfest.replication.protocol.GroupMessage.Stage;
import org.standfest.replication.protocol.GroupMessage.Step;
import org.standfest.replication.protocol.Message.ResultKind;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;

/**
 * One attempt to take a group. A state machine that is moved by what it hears; every order goes out
 * on a thread of its own, so that a stuck line does not keep the others waiting while applications
 * are held. Safe for any thread.
 */
final class GroupRun {

    private final String runId;
    private final GroupDefinition group;
    private final GroupLink link;
    private final GroupPool pool;
    private final InstantSource clock;
    private final ThreadFactory threads;
    private final Map<String, MemberState> members = new LinkedHashMap<>();
    private final CompletableFuture<GroupReport> result = new CompletableFuture<>();
    private Step step = Step.PREPARE;
    private Instant deadline;
    private Instant instant;
    private Instant heldFrom;
    private long spreadMillis;
    private long heldMillis;
    private boolean deciding;

    private static final class MemberState {
        private final Member member;
        private Stage stage;
        private IncomingPoint point;
        private RecoveryPoint becomes;
        private final Map<String, String> facts = new HashMap<>();
        private Explanation problem;

        MemberState(Member member) {
            this.member = member;
        }

        boolean reached(Stage wanted) {
            return stage != null && stage.compareTo(wanted) >= 0;
        }
    }

    GroupRun(
            String runId,
            GroupDefinition group,
            GroupLink link,
            GroupPool pool,
            InstantSource clock,
            ThreadFactory threads) {
        this.runId = runId;
        this.group = group;
        this.link = link;
        this.pool = pool;
        this.clock = clock;
        this.threads = threads;
        group.members().forEach(it -> members.put(it.systemId(), new MemberState(it)));
    }

    CompletableFuture<GroupReport> result() {
        return result;
    }

    boolean has(String systemId) {
        return members.containsKey(systemId);
    }

    synchronized void begin() {
        enter(Step.PREPARE, group.limits().prepare());
    }

    /** The order that a member has to follow now; for whoever asks. */
    synchronized Step step() {
        return step;
    }

    synchronized boolean waitsFor(String systemId) {
        MemberState member = members.get(systemId);
        return step == Step.THAW && !deciding && member != null && member.point == null;
    }

    /** Goes to the next step: the clock runs from now. */
    private void enter(Step next, Duration limit) {
        step = next;
        Instant now = clock.instant();
        deadline = now.plus(limit);
        if (next == Step.FREEZE) {
            heldFrom = now;
        }
        if (next == Step.TAKE) {
            instant = Instant.ofEpochMilli(now.toEpochMilli());
        }
        members.values().forEach(member -> send(member, next));
    }

    private void send(MemberState member, Step order) {
        long limit =
                switch (order) {
                    case PREPARE ->
                            group.limits().prepare().plus(group.limits().freeze()).toMillis();
                    case FREEZE, TAKE -> group.limits().hold().toMillis();
                    case THAW, COMMITTED, ABORT -> group.limits().transfer().toMillis();
                };
        long millis = instant == null ? 0 : instant.toEpochMilli();
        GroupMessage.Order message =
                new GroupMessage.Order(
                        runId, group.id(), member.member.systemId(), order, limit, millis);
        threads.newThread(() -> deliver(member, message)).start();
    }

    private void deliver(MemberState member, GroupMessage.Order order) {
        Outcome<Void> sent = link.send(member.member.agentId(), order);
        sent.problem().ifPresent(why -> failed(member.member.systemId(), order.step(), why));
    }

    /** An order could not be delivered; decisions are asked for by the agent when it is back. */
    private synchronized void failed(String systemId, Step order, Explanation why) {
        if (order.compareTo(Step.COMMITTED) < 0 && order == step) {
            abort(systemId, why);
        }
    }

    /** What an agent says of a member. */
    synchronized void heard(String agentId, GroupMessage.State state) {
        MemberState member = members.get(state.systemId());
        boolean over = result.isDone() || member == null;
        if (over || !member.member.agentId().equals(agentId) || member.reached(state.stage())) {
            return;
        }
        member.facts.putAll(state.facts());
        if (state.stage() == Stage.FAILED || state.result() != ResultKind.DONE) {
            abort(
                    state.systemId(),
                    Explanation.rendered(
                            state.code(), state.happened(), state.meaning(), state.next()));
            return;
        }
        if (state.stage() == Stage.SETTLED && step.compareTo(Step.COMMITTED) < 0) {
            abort(state.systemId(), GroupTexts.explain("let-go", state.systemId()));
            return;
        }
        member.stage = state.stage();
        advance();
    }

    private boolean all(Stage wanted) {
        return members.values().stream().allMatch(member -> member.reached(wanted));
    }

    private void advance() {
        if (step == Step.PREPARE && all(Stage.READY)) {
            enter(Step.FREEZE, group.limits().freeze());
        } else if (step == Step.FREEZE && all(Stage.FROZEN)) {
            enter(Step.TAKE, group.limits().take());
        } else if (step == Step.TAKE && all(Stage.TAKEN)) {
            spreadMillis = Duration.between(instant, clock.instant()).toMillis();
            enter(Step.THAW, group.limits().transfer());
        } else if (step == Step.THAW && heldMillis == 0 && all(Stage.THAWED)) {
            heldMillis = Math.max(1, Duration.between(heldFrom, clock.instant()).toMillis());
        }
    }

    /** A session is prepared; false when nobody waits for it. */
    boolean prepared(String systemId, IncomingPoint point, RecoveryPoint becomes) {
        synchronized (this) {
            if (!waitsFor(systemId)) {
                return false;
            }
            MemberState member = members.get(systemId);
            member.point = point;
            member.becomes = becomes;
            if (members.values().stream().anyMatch(it -> it.point == null)) {
                return true;
            }
            deciding = true;
        }
        decide();
        return true;
    }

    /** All are prepared: one record in the pool makes it all or nothing. */
    private void decide() {
        List<IncomingPoint> points = new ArrayList<>();
        synchronized (this) {
            members.values().forEach(member -> points.add(member.point));
        }
        Outcome<List<RecoveryPoint>> committed = pool.commit(runId, points);
        synchronized (this) {
            deciding = false;
            if (committed instanceof Outcome.Done<List<RecoveryPoint>>(List<RecoveryPoint> all)) {
                Map<String, String> ids = new LinkedHashMap<>();
                List<String> systems = List.copyOf(members.keySet());
                for (int i = 0; i < systems.size(); i++) {
                    ids.put(systems.get(i), all.get(i).id());
                }
                members.values().forEach(member -> member.point = null);
                step = Step.COMMITTED;
                members.values().forEach(member -> send(member, Step.COMMITTED));
                finish(Outcome.done(ids));
            } else {
                abort("", committed.problem().orElseThrow());
            }
        }
    }

    /** A session ended for good. */
    synchronized void ended(String systemId, Explanation why) {
        if (waitsFor(systemId)) {
            abort(systemId, why);
        }
    }

    /** An agent's control line is gone: fatal while its applications are or will be held. */
    synchronized void lost(String agentId) {
        if (step.compareTo(Step.THAW) >= 0) {
            // The contents travel on another line; what became of it the agent asks.
            return;
        }
        for (MemberState member : members.values()) {
            if (member.member.agentId().equals(agentId)) {
                abort(
                        member.member.systemId(),
                        GroupTexts.explain("agent-lost", agentId, member.member.systemId()));
                return;
            }
        }
    }

    /** Looks whether a limit passed. */
    synchronized void tick() {
        if (result.isDone() || deciding || clock.instant().isBefore(deadline)) {
            return;
        }
        List<String> late =
                members.values().stream()
                        .filter(member -> !satisfied(member))
                        .map(member -> member.member.systemId())
                        .toList();
        abort(
                late.isEmpty() ? "" : late.getFirst(),
                GroupTexts.explain(
                        "late",
                        group.id(),
                        step.name().toLowerCase(Locale.ROOT),
                        String.join(", ", late)));
    }

    private boolean satisfied(MemberState member) {
        return switch (step) {
            case PREPARE -> member.reached(Stage.READY);
            case FREEZE -> member.reached(Stage.FROZEN);
            case TAKE -> member.reached(Stage.TAKEN);
            case THAW -> member.point != null;
            case COMMITTED, ABORT -> true;
        };
    }

    synchronized void cancel() {
        abort("", GroupTexts.explain("cancelled", group.id()));
    }

    /** Ends the run for all; does nothing when it is decided. */
    private void abort(String systemId, Explanation why) {
        if (result.isDone() || deciding || step.compareTo(Step.COMMITTED) >= 0) {
            return;
        }
        MemberState guilty = members.get(systemId);
        if (guilty != null) {
            guilty.problem = why;
        }
        step = Step.ABORT;
        // First of all the applications go on.
        members.values().forEach(member -> send(member, Step.ABORT));
        Explanation whole =
                guilty == null
                        ? why
                        : Explanation.rendered(
                                why.code(),
                                GroupTexts.explain("member-failed", group.id(), systemId)
                                                .happened(Locale.getDefault())
                                        + " "
                                        + why.happened(Locale.getDefault()),
                                why.meaning(Locale.getDefault()),
                                why.next(Locale.getDefault()));
        finish(Outcome.failed(whole));
    }

    private void finish(Outcome<Map<String, String>> outcome) {
        List<MemberReport> reports = new ArrayList<>();
        for (MemberState member : members.values()) {
            reports.add(
                    new MemberReport(
                            member.member,
                            Optional.ofNullable(member.stage),
                            member.becomes != null,
                            member.facts,
                            Optional.ofNullable(member.problem)));
            if (member.point != null) {
                IncomingPoint unused = member.point;
                member.point = null;
                // Not under our lock's callers: closing may write.
                threads.newThread(unused::close).start();
            }
        }
        GroupReport report =
                new GroupReport(
                        group.id(),
                        runId,
                        Optional.ofNullable(instant),
                        spreadMillis,
                        heldMillis,
                        reports,
                        outcome);
        threads.newThread(() -> result.complete(report)).start();
    }
}
