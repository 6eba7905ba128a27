package org.standfest.replication.agent;

import org.standfest.replication.engine.Basis;
import org.standfest.replication.engine.Cancellation;
import org.standfest.replication.engine.CommandAnswer;
import org.standfest.replication.engine.JoinedSnapshot;
import org.standfest.replication.engine.SessionSender;
import org.standfest.replication.engine.SessionWork;
import org.standfest.replication.engine.groups.GroupHost;
import org.standfest.replication.objectives.SessionRecord;
import org.standfest.replication.objectives.SessionRecord.Trigger;
import org.standfest.replication.protocol.FactNames;
import org.standfest.replication.protocol.Limits;
import org.standfest.replication.source.Freezer;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.Snapshot.Settlement;
import org.standfest.replication.source.SnapshotProvider;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Replicates a system once: snapshot, session over as many connections as it takes, then the
 * durable note of what the pool has, when it ran, and what the history remembers. Safe for any
 * thread, one call for one system at a time.
 */
public final class Replicator {

    private final AgentHome home;
    private final Supplier<Map<String, SnapshotProvider>> providers;
    private final Line line;
    private final SessionSender sender;
    private final AgentSettings settings;
    private final Pause pause;
    private final Freezer freezer;
    private final InstantSource clock;
    private final RandomGenerator random;

    /**
     * With everything that comes from outside.
     *
     * @param providers the snapshot providers there are now, by kind
     * @param pause the only thing that waits for time to pass
     * @param random names sessions; need not be secure
     */
    public Replicator(
            AgentHome home,
            Supplier<Map<String, SnapshotProvider>> providers,
            Line line,
            SessionSender sender,
            AgentSettings settings,
            Pause pause,
            Freezer freezer,
            InstantSource clock,
            RandomGenerator random) {
        this.home = home;
        this.providers = providers;
        this.line = line;
        this.sender = sender;
        this.settings = settings;
        this.pause = pause;
        this.freezer = freezer;
        this.clock = clock;
        this.random = random;
    }

    /** What is done with the snapshot of a session that was committed, before it is let go. */
    @FunctionalInterface
    public interface AfterCommit {

        /** Nothing. */
        AfterCommit NOTHING = (_, _) -> {};

        /** Called once, by the session's thread. */
        void committed(Snapshot snapshot, Basis basis);
    }

    /** What one run is told of and finds out. */
    private static final class Run implements SessionSender.Progress {

        private final ProtectedSystem system;
        private final Trigger trigger;
        private final String group;
        private final AfterCommit after;
        private final SessionSender.Progress progress;
        private final boolean first;
        private final Connections lines;
        private Instant startedAt;
        private Instant takenAt;
        private volatile long totalBytes;

        Run(
                Replicator by,
                ProtectedSystem system,
                Trigger trigger,
                String group,
                AfterCommit after,
                SessionSender.Progress progress,
                Cancellation cancellation) {
            this.system = system;
            this.trigger = trigger;
            this.group = group;
            this.after = after;
            this.progress = progress;
            this.startedAt = by.clock.instant();
            this.takenAt = startedAt;
            this.first = by.home.state(system.id()).lastPoint().isEmpty();
            this.lines =
                    new Connections(by.line, by.sender, by.settings, by.pause, this, cancellation);
        }

        @Override
        public void at(long done, long total) {
            totalBytes = total;
            progress.at(done, total);
        }

        @Override
        public void waits(OptionalInt ahead) {
            progress.waits(ahead);
        }
    }

    /** Replicates; the facts are in the state afterwards, whatever became of it. */
    public Outcome<Map<String, String>> replicate(
            ProtectedSystem system,
            Trigger trigger,
            SessionSender.Progress progress,
            Cancellation cancellation) {
        return replicate(system, trigger, "", AfterCommit.NOTHING, progress, cancellation);
    }

    /**
     * Replicates into a consistency group: the state waits at the standby for the other members.
     *
     * @param group the group's instant; empty: alone
     * @param after what is done while the snapshot is still there
     */
    public Outcome<Map<String, String>> replicate(
            ProtectedSystem system,
            Trigger trigger,
            String group,
            AfterCommit after,
            SessionSender.Progress progress,
            Cancellation cancellation) {
        String id = system.id();
        Run run = new Run(this, system, trigger, group, after, progress, cancellation);
        home.save(id, home.times(id).startedAt(run.startedAt));
        Outcome<Map<String, String>> result = run.lines.turn(id).then(_ -> snapshot(run));
        return result.isDone() ? result : note(run, result);
    }

    private Outcome<Map<String, String>> snapshot(Run run) {
        String id = run.system.id();
        run.startedAt = clock.instant(); // it does not count how long it waited
        run.takenAt = run.startedAt;
        Optional<Basis> basis = home.basis(id).load();
        try {
            return JoinedSnapshot.take(
                            id,
                            run.system.volumes(),
                            basis.map(Basis::token),
                            providers.get(),
                            settings.snapshotLimit(),
                            freezer)
                    .then(snapshot -> transfer(run, snapshot, basis));
        } finally {
            run.lines.close();
        }
    }

    private Outcome<Map<String, String>> transfer(
            Run run, Snapshot snapshot, Optional<Basis> basis) {
        try (snapshot) {
            run.takenAt = snapshot.takenAt();
            SessionWork work = work(run, snapshot, basis, OptionalLong.empty());
            return run.lines.send(work).then(committed -> remember(run, snapshot, committed));
        }
    }

    private SessionWork work(
            Run run, Snapshot snapshot, Optional<Basis> basis, OptionalLong instantMillis) {
        Map<String, String> machine = new HashMap<>(snapshot.machine());
        machine.putAll(run.system.machine());
        machine.put(FactNames.TRIGGER, run.trigger.name());
        byte[] name = new byte[10];
        random.nextBytes(name);
        return new SessionWork(
                "s-" + new BigInteger(1, name).toString(36),
                run.system.id(),
                home.state(run.system.id()).epoch(),
                snapshot,
                run.system.volumes(),
                basis,
                machine,
                run.group,
                instantMillis,
                run.system.plan().priority(),
                at -> run.system.plan().rates().at(Instant.ofEpochMilli(at), settings.zone()));
    }

    /**
     * Transfers a member's snapshot so that it waits at the standby for the rest of its group.
     *
     * @param snapshot neither settled nor closed here
     * @param instant what the point is to show
     */
    Outcome<GroupHost.Transfer> prepare(
            ProtectedSystem system,
            String group,
            Instant instant,
            Snapshot snapshot,
            Cancellation cancellation) {
        String id = system.id();
        Run run =
                new Run(
                        this,
                        system,
                        Trigger.GROUP,
                        group,
                        AfterCommit.NOTHING,
                        (_, _) -> {},
                        cancellation);
        run.takenAt = instant;
        home.save(id, home.times(id).startedAt(run.startedAt));
        OptionalLong shows = OptionalLong.of(instant.toEpochMilli());
        Outcome<SessionSender.Sent> sent =
                run.lines.send(work(run, snapshot, home.basis(id).load(), shows));
        if (!(sent instanceof Outcome.Done<SessionSender.Sent>(SessionSender.Sent prepared))) {
            note(run, sent.map(_ -> Map.of()));
            return sent.then(_ -> Outcome.refused(AgentHome.TEXTS.explain("agent.group-over", id)));
        }
        return Outcome.done(
                new GroupHost.Transfer() {
                    @Override
                    public Optional<String> committed() {
                        Settlement settled = keep(run, prepared);
                        Map<String, String> facts = new HashMap<>(snapshot.facts());
                        facts.putAll(prepared.facts());
                        note(run, Outcome.done(facts));
                        return settled instanceof Settlement.Committed(String token)
                                ? Optional.of(token)
                                : Optional.empty();
                    }

                    @Override
                    public void aborted() {
                        note(run, Outcome.failed(AgentHome.TEXTS.explain("agent.group-over", id)));
                    }
                });
    }

    private Outcome<Map<String, String>> remember(
            Run run, Snapshot snapshot, SessionSender.Sent committed) {
        Settlement settlement = keep(run, committed);
        Map<String, String> facts = new HashMap<>(snapshot.facts());
        facts.putAll(committed.facts());
        Outcome<Map<String, String>> noted = note(run, Outcome.done(facts));
        try {
            run.after.committed(snapshot, committed.basis());
        } finally {
            snapshot.settle(settlement);
        }
        return noted;
    }

    private Settlement keep(Run run, SessionSender.Sent committed) {
        String id = run.system.id();
        SystemState before = home.state(id);
        home.save(
                id,
                new SystemState(committed.epoch(), false, committed.token(), before.lastFacts()));
        try {
            home.basis(id).save(committed.basis());
            return new Settlement.Committed(committed.token());
        } catch (IOException _) {
            // The pool has the point; without our note the next session compares hashes with the
            // pool.
            return new Settlement.Abandoned();
        }
    }

    private Outcome<Map<String, String>> note(Run run, Outcome<Map<String, String>> result) {
        Instant endedAt = clock.instant();
        String id = run.system.id();
        Map<String, String> facts = new HashMap<>();
        result.result().ifPresent(facts::putAll);
        facts.put(FactNames.ENDED_AT_MILLIS, Long.toString(endedAt.toEpochMilli()));
        facts.put(
                FactNames.DURATION_MILLIS,
                Long.toString(Duration.between(run.startedAt, endedAt).toMillis()));
        facts.put(FactNames.RESULT, CommandAnswer.kind(result).name());
        result.problem()
                .ifPresent(
                        why -> {
                            facts.put(FactNames.PROBLEM_CODE, why.code());
                            facts.put(FactNames.PROBLEM, why.inFull(Locale.getDefault()));
                        });
        boolean lockedOut =
                result.problem()
                        .map(why -> why.code())
                        .filter(Results.NEWER_EPOCH::contains)
                        .isPresent();
        SystemState state = home.state(id);
        home.save(
                id,
                new SystemState(
                        state.epoch(),
                        lockedOut || state.lockedOut() && !result.isDone(),
                        state.lastPoint(),
                        facts));
        RunTimes times = home.times(id);
        home.save(
                id, result.isDone() ? times.doneAt(endedAt, run.takenAt) : times.failedAt(endedAt));
        history(run, result, facts, endedAt);
        return result.map(_ -> Map.copyOf(facts));
    }

    private void history(
            Run run,
            Outcome<Map<String, String>> result,
            Map<String, String> facts,
            Instant endedAt) {
        String problem = result.problem().map(why -> why.code()).orElse("");
        long changed = number(facts, FactNames.BYTES_CHANGED);
        SessionRecord record =
                new SessionRecord(
                        run.startedAt,
                        endedAt,
                        run.takenAt,
                        run.trigger,
                        problem.equals("engine.cancelled")
                                ? SessionRecord.Result.CANCELLED
                                : SessionRecord.Result.valueOf(CommandAnswer.kind(result).name()),
                        facts.getOrDefault(FactNames.POINT, ""),
                        problem,
                        run.first,
                        run.lines.count(),
                        run.totalBytes,
                        changed,
                        Math.min(
                                changed, number(facts, FactNames.BLOCKS_SENT) * Limits.BLOCK_BYTES),
                        number(facts, FactNames.BYTES_ON_WIRE));
        try {
            home.history(run.system.id()).add(record);
        } catch (IOException _) {
            // A history that cannot be written (a full disk) must not make a good session a bad
            // one.
            return;
        }
    }

    private static long number(Map<String, String> facts, String key) {
        String text = facts.getOrDefault(key, "0");
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }
}
