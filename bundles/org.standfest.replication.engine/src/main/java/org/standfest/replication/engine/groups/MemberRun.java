package org.standfest.replication.engine.groups;

import org.standfest.replication.engine.groups.GroupHost.Transfer;
import org.standfest.replication.protocol.GroupMessage;
import org.standfest.replication.protocol.GroupMessage.Order;
import org.standfest.replication.protocol.GroupMessage.Stage;
import org.standfest.replication.protocol.GroupMessage.State;
import org.standfest.replication.protocol.Message.ResultKind;
import org.standfest.replication.source.Freezer;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.Snapshot.Settlement;
import org.standfest.replication.source.SourceFacts;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One system in one run. Everything happens in a row, on threads that live as long as there is
 * something to do; only the transfer has a thread of its own, so that the end of the run can reach
 * it.
 */
final class MemberRun {

    private final String runId;
    private final String groupId;
    private final String systemId;
    private final GroupHost host;
    private final Consumer<GroupMessage> line;
    private final Supplier<Locale> language;
    private final InstantSource clock;
    private final ThreadFactory threads;
    private final Runnable ended;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean working;

    // From here on touched only by what happens in a row.
    private Stage stage;
    private State lastSaid;
    private boolean claimed;
    private boolean over;
    private boolean transferring;
    private boolean endWhenTransferred;
    private boolean commitWhenTransferred;
    private Freezer.Hold hold;
    private Snapshot snapshot;
    private Transfer transfer;
    private final Map<String, String> facts = new HashMap<>();
    private volatile Instant deadline;

    MemberRun(
            Order first,
            GroupHost host,
            Consumer<GroupMessage> line,
            Supplier<Locale> language,
            InstantSource clock,
            ThreadFactory threads,
            Runnable ended) {
        this.runId = first.runId();
        this.groupId = first.groupId();
        this.systemId = first.systemId();
        this.host = host;
        this.line = line;
        this.language = language;
        this.clock = clock;
        this.threads = threads;
        this.ended = ended;
        this.deadline = clock.instant().plus(Duration.ofMillis(first.limitMillis()));
    }

    /** The answer for a run that is over, or was never ours. */
    static State settled(Order order, InstantSource clock) {
        return new State(
                order.runId(),
                order.systemId(),
                Stage.SETTLED,
                clock.instant().toEpochMilli(),
                ResultKind.DONE,
                "",
                "",
                "",
                "",
                Map.of());
    }

    void order(Order order) {
        post(() -> follow(order));
    }

    void tick() {
        if (clock.instant().isAfter(deadline)) {
            post(this::late);
        }
    }

    void ask() {
        post(
                () -> {
                    if (transfer != null && !over) {
                        line.accept(new GroupMessage.Ask(runId, systemId));
                    }
                });
    }

    void letGo() {
        post(() -> abandon(null));
    }

    private void post(Runnable act) {
        synchronized (waiting) {
            waiting.add(act);
            if (!working) {
                working = true;
                threads.newThread(this::work).start();
            }
        }
    }

    private void work() {
        while (true) {
            Runnable next;
            synchronized (waiting) {
                next = waiting.poll();
                if (next == null) {
                    working = false;
                    return;
                }
            }
            next.run();
        }
    }

    private void follow(Order order) {
        if (over) {
            line.accept(settled(order, clock));
            return;
        }
        Stage wanted =
                switch (order.step()) {
                    case PREPARE -> Stage.READY;
                    case FREEZE -> Stage.FROZEN;
                    case TAKE -> Stage.TAKEN;
                    case THAW -> Stage.THAWED;
                    case COMMITTED, ABORT -> Stage.SETTLED;
                };
        boolean again = stage != null && wanted.compareTo(stage) <= 0;
        boolean inOrder =
                stage == null ? wanted == Stage.READY : wanted.ordinal() == stage.ordinal() + 1;
        if (again) {
            line.accept(lastSaid);
        } else if (wanted == Stage.SETTLED) {
            decided(order.step() == GroupMessage.Step.COMMITTED);
        } else if (inOrder) {
            deadline = clock.instant().plus(Duration.ofMillis(order.limitMillis()));
            step(order, wanted);
        } else {
            abandon(GroupTexts.explain("out-of-order", order.step(), systemId));
        }
    }

    private void step(Order order, Stage wanted) {
        Outcome<Void> outcome =
                switch (wanted) {
                    case READY -> claim();
                    case FROZEN -> freeze();
                    case TAKEN -> take();
                    default -> thaw(order);
                };
        Optional<Explanation> problem = outcome.problem();
        if (problem.isPresent()) {
            abandon(problem.get());
            return;
        }
        long at =
                wanted == Stage.TAKEN
                        ? snapshot.takenAt().toEpochMilli()
                        : clock.instant().toEpochMilli();
        say(wanted, at, facts);
    }

    private Outcome<Void> claim() {
        Outcome<Void> outcome = host.claim(systemId, runId);
        claimed = outcome.isDone();
        return outcome;
    }

    private Outcome<Void> freeze() {
        return host.freeze(systemId)
                .then(
                        held -> {
                            hold = held;
                            return Outcome.done();
                        });
    }

    private Outcome<Void> take() {
        return host.take(systemId)
                .then(
                        taken -> {
                            snapshot = taken;
                            return Outcome.done();
                        });
    }

    private Outcome<Void> thaw(Order order) {
        facts.putAll(hold.thaw());
        facts.put(SourceFacts.APPLICATIONS_HELD, Boolean.toString(hold.applications()));
        facts.put("group", groupId);
        facts.put("groupRun", runId);
        transferring = true;
        Instant instant = Instant.ofEpochMilli(order.instantMillis());
        Map<String, String> told = Map.copyOf(facts);
        Snapshot taken = snapshot;
        threads.newThread(
                        () -> {
                            Outcome<Transfer> outcome =
                                    host.transfer(systemId, runId, instant, taken, told);
                            post(() -> transferred(outcome));
                        })
                .start();
        return Outcome.done();
    }

    private void transferred(Outcome<Transfer> outcome) {
        transferring = false;
        outcome.result().ifPresent(it -> transfer = it);
        if (endWhenTransferred) {
            end();
        } else if (commitWhenTransferred) {
            decided(true);
        } else {
            outcome.problem().ifPresent(this::abandon);
        }
    }

    private void decided(boolean committed) {
        if (committed && transferring) {
            // The decision overtook the session's own answer, which has the token.
            commitWhenTransferred = true;
            return;
        }
        if (committed && transfer != null) {
            Optional<String> token = transfer.committed();
            snapshot.settle(
                    token.<Settlement>map(Settlement.Committed::new)
                            .orElseGet(Settlement.Abandoned::new));
            transfer = null;
        }
        say(Stage.SETTLED, clock.instant().toEpochMilli(), Map.of());
        finish();
    }

    /** Nobody was heard for too long. */
    private void late() {
        if (!over && clock.instant().isAfter(deadline)) {
            abandon(GroupTexts.explain("gave-up", systemId, groupId));
        }
    }

    /**
     * Lets go of everything and says why.
     *
     * @param why null: nobody has to be told
     */
    private void abandon(Explanation why) {
        if (over) {
            return;
        }
        if (why != null) {
            Locale locale = language.get();
            lastSaid =
                    new State(
                            runId,
                            systemId,
                            Stage.FAILED,
                            clock.instant().toEpochMilli(),
                            ResultKind.FAILED,
                            why.code(),
                            why.happened(locale),
                            why.meaning(locale),
                            why.next(locale),
                            facts);
            line.accept(lastSaid);
        }
        finish();
    }

    private void say(Stage reached, long atMillis, Map<String, String> told) {
        stage = reached;
        lastSaid =
                new State(
                        runId, systemId, reached, atMillis, ResultKind.DONE, "", "", "", "", told);
        line.accept(lastSaid);
    }

    private void finish() {
        over = true;
        if (hold != null) {
            hold.thaw();
        }
        if (transferring) {
            // The snapshot is being read: it is closed when that has ended.
            endWhenTransferred = true;
            host.cancel(systemId, runId);
        } else {
            end();
        }
    }

    private void end() {
        if (transfer != null) {
            transfer.aborted();
            transfer = null;
        }
        if (snapshot != null) {
            // Without effect if it was settled as committed.
            snapshot.settle(new Settlement.Abandoned());
            snapshot.close();
            snapshot = null;
        }
        if (claimed) {
            claimed = false;
            host.release(systemId, runId);
        }
        ended.run();
    }
}
