package org.standfest.replication.agent;

import org.standfest.replication.engine.Basis;
import org.standfest.replication.engine.Cancellation;
import org.standfest.replication.engine.JoinedSnapshot;
import org.standfest.replication.engine.SessionMemory;
import org.standfest.replication.engine.SessionSender;
import org.standfest.replication.engine.SessionWork;
import org.standfest.replication.protocol.FactNames;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.Snapshot.Settlement;
import org.standfest.replication.source.SnapshotProvider;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.math.BigInteger;
import java.net.ConnectException;
import java.net.SocketException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Replicates a system once: snapshot, session over as many connections as it takes, then the
 * durable note of what the pool has. Safe for any thread, one call for one system at a time.
 */
final class Replicator {

    private final AgentHome home;
    private final Supplier<Map<String, SnapshotProvider>> providers;
    private final Line line;
    private final SessionSender sender;
    private final AgentSettings settings;
    private final Pause pause;
    private final InstantSource clock;
    private final SecureRandom random;

    Replicator(
            AgentHome home,
            Supplier<Map<String, SnapshotProvider>> providers,
            Line line,
            SessionSender sender,
            AgentSettings settings,
            Pause pause,
            InstantSource clock,
            SecureRandom random) {
        this.home = home;
        this.providers = providers;
        this.line = line;
        this.sender = sender;
        this.settings = settings;
        this.pause = pause;
        this.clock = clock;
        this.random = random;
    }

    /** Replicates; the facts are in the state afterwards, whatever became of it. */
    Outcome<Map<String, String>> replicate(
            ProtectedSystem system, SessionSender.Progress progress, Cancellation cancellation) {
        Instant startedAt = clock.instant();
        Optional<Basis> basis = home.basis(system.id()).load();
        Outcome<Map<String, String>> result =
                JoinedSnapshot.take(
                                system.id(),
                                system.volumes(),
                                basis.map(Basis::token),
                                providers.get(),
                                settings.snapshotLimit())
                        .then(
                                snapshot ->
                                        transfer(system, snapshot, basis, progress, cancellation));
        return note(system.id(), result, startedAt);
    }

    private Outcome<Map<String, String>> transfer(
            ProtectedSystem system,
            Snapshot snapshot,
            Optional<Basis> basis,
            SessionSender.Progress progress,
            Cancellation cancellation) {
        try (snapshot) {
            SystemState state = home.state(system.id());
            Map<String, String> machine = new HashMap<>(snapshot.machine());
            machine.putAll(system.machine());
            SessionWork work =
                    new SessionWork(
                            "s-" + new BigInteger(80, random).toString(36),
                            system.id(),
                            state.epoch(),
                            snapshot,
                            system.volumes(),
                            basis,
                            machine);
            Outcome<SessionSender.Sent> sent = overManyConnections(work, progress, cancellation);
            return sent.then(committed -> remember(system.id(), snapshot, committed));
        }
    }

    private Outcome<SessionSender.Sent> overManyConnections(
            SessionWork work, SessionSender.Progress progress, Cancellation cancellation) {
        SessionMemory memory = new SessionMemory();
        Duration wait = settings.firstRetry();
        for (int attempt = 1; ; attempt++) {
            Outcome<SessionSender.Sent> sent =
                    line.open(Purpose.REPLICATE)
                            .then(channel -> once(channel, work, memory, progress, cancellation));
            boolean again =
                    sent instanceof Outcome.Failed<SessionSender.Sent>(_, Throwable cause)
                            && worthRetrying(cause)
                            && attempt < settings.attempts()
                            && !cancellation.requested();
            if (!again || !pause.goOnAfter(wait)) {
                return sent;
            }
            wait = longer(wait);
        }
    }

    private Outcome<SessionSender.Sent> once(
            Channel channel,
            SessionWork work,
            SessionMemory memory,
            SessionSender.Progress progress,
            Cancellation cancellation) {
        try (channel) {
            return sender.send(channel, work, memory, progress, cancellation);
        }
    }

    private Duration longer(Duration wait) {
        Duration twice = wait.multipliedBy(2);
        return twice.compareTo(settings.longestRetry()) > 0 ? settings.longestRetry() : twice;
    }

    /** A broken or refused connection is worth it, a source that cannot be read is not. */
    static boolean worthRetrying(Throwable cause) {
        return cause instanceof ChannelException broken
                ? broken.worthRetrying()
                : cause instanceof ConnectException || cause instanceof SocketException;
    }

    private Outcome<Map<String, String>> remember(
            String id, Snapshot snapshot, SessionSender.Sent committed) {
        SystemState before = home.state(id);
        home.save(
                id,
                new SystemState(committed.epoch(), false, committed.token(), before.lastFacts()));
        try {
            home.basis(id).save(committed.basis());
            snapshot.settle(new Settlement.Committed(committed.token()));
        } catch (IOException _) {
            // The pool has the point; without our note the next session compares hashes with the
            // pool.
            snapshot.settle(new Settlement.Abandoned());
        }
        return Outcome.done(committed.facts());
    }

    private Outcome<Map<String, String>> note(
            String id, Outcome<Map<String, String>> result, Instant startedAt) {
        Instant endedAt = clock.instant();
        Map<String, String> facts = new HashMap<>();
        result.result().ifPresent(facts::putAll);
        facts.put(FactNames.ENDED_AT_MILLIS, Long.toString(endedAt.toEpochMilli()));
        facts.put(
                FactNames.DURATION_MILLIS,
                Long.toString(Duration.between(startedAt, endedAt).toMillis()));
        facts.put(FactNames.RESULT, Results.kind(result).name());
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
        return result.map(_ -> Map.copyOf(facts));
    }
}
