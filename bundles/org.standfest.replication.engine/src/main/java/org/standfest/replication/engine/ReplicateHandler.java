package org.standfest.replication.engine;

import org.standfest.replication.engine.groups.GroupSessions;
import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.IncomingPoint;
import org.standfest.replication.pool.PointRequest;
import org.standfest.replication.pool.PooledSystem;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.protocol.FactNames;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Message.VolumeHead;
import org.standfest.replication.protocol.Peer;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;
import org.standfest.replication.transport.ChannelHandler;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Serves purpose REPLICATE on the standby: one session of an agent into the image pool. Safe for
 * any thread.
 */
public final class ReplicateHandler implements ChannelHandler {

    private static final long FIRST_EPOCH = 1;

    private final ImagePool pool;
    private final SystemAccess access;
    private final SessionListener listener;
    private final InstantSource clock;
    private final WorkTurns turns;
    private final ToIntFunction<String> priorities;
    private final GroupSessions groups;

    /**
     * All systems are equal.
     *
     * @param access which agent may replicate which system
     */
    public ReplicateHandler(
            ImagePool pool, SystemAccess access, SessionListener listener, InstantSource clock) {
        this(pool, access, listener, clock, WorkTurns.standard(), _ -> 1, GroupSessions.NONE);
    }

    /**
     * With turns, priorities and groups.
     *
     * @param access which agent may replicate which system
     * @param turns shared by all sessions of this standby
     * @param priorities of a system, 1 or more: its share while sessions wait for each other
     * @param groups the runs of consistency groups that own what their members prepare
     */
    public ReplicateHandler(
            ImagePool pool,
            SystemAccess access,
            SessionListener listener,
            InstantSource clock,
            WorkTurns turns,
            ToIntFunction<String> priorities,
            GroupSessions groups) {
        this.groups = groups;
        this.turns = turns;
        this.priorities = priorities;
        this.pool = pool;
        this.access = access;
        this.listener = listener;
        this.clock = clock;
    }

    @Override
    public void serve(Channel channel) throws ChannelException {
        if (!(channel.receive() instanceof Message.SessionOpen open)) {
            throw Faults.protocol("no opening of a session");
        }
        if (!(channel.peer() instanceof Peer.Agent agent)) {
            throw Faults.protocol("a session of somebody who is no agent");
        }
        SessionInfo info =
                new SessionInfo(
                        open.sessionKey(),
                        open.systemId(),
                        agent.id(),
                        Direction.REPLICATE,
                        clock.instant());
        Outcome<SessionStore> store = access.admit(agent, open.systemId()).then(_ -> store(open));
        Outcome<SessionStore.Stored> result;
        if (store instanceof Outcome.Done<SessionStore>(SessionStore opened)) {
            listener.opened(info);
            result = receive(channel, open, opened, info);
        } else {
            channel.refuse(store.problem().orElseThrow());
            result = store.then(_ -> Outcome.failed(Faults.TEXTS.explain("engine.cancelled")));
        }
        listener.ended(report(info, open, result, channel));
    }

    private Outcome<SessionStore.Stored> receive(
            Channel channel, Message.SessionOpen open, SessionStore store, SessionInfo info) {
        long total = open.volumes().stream().mapToLong(VolumeHead::sizeBytes).sum();
        try (SessionReceiver receiver =
                new SessionReceiver(
                        channel,
                        open,
                        store,
                        turns.join(Math.max(1, priorities.applyAsInt(open.systemId()))),
                        bytes -> listener.progress(new SessionProgress(info, bytes, total)),
                        Cancellation.NEVER)) {
            return receiver.run();
        }
    }

    private Outcome<SessionStore> store(Message.SessionOpen open) {
        Set<String> names = new HashSet<>();
        if (open.volumes().isEmpty()
                || !open.volumes().stream().allMatch(volume -> names.add(volume.name()))) {
            return Outcome.refused(Faults.TEXTS.explain("engine.volumes-wrong", open.systemId()));
        }
        Optional<PooledSystem> known = pool.system(open.systemId());
        Outcome<PooledSystem> system =
                known.isPresent()
                        ? Outcome.done(known.get())
                        : pool.addSystem(open.systemId(), open.systemId());
        return system.then(found -> store(open, found));
    }

    private Outcome<SessionStore> store(Message.SessionOpen open, PooledSystem system) {
        boolean neverTold = open.epoch() == 0;
        if (neverTold && system.epoch() > FIRST_EPOCH) {
            return Outcome.refused(
                    Faults.TEXTS.explain(
                            "engine.epoch-unknown",
                            open.systemId(),
                            Long.toString(system.epoch())));
        }
        PointRequest request =
                new PointRequest(
                        open.systemId(),
                        open.sessionKey(),
                        neverTold ? system.epoch() : open.epoch(),
                        Instant.ofEpochMilli(open.takenAtMillis()),
                        system.newest().map(RecoveryPoint::id),
                        open.volumes().stream().map(ReplicateHandler::volume).toList(),
                        open.machine());
        return pool.begin(request).map(point -> poolStore(open, system, point));
    }

    private SessionStore poolStore(
            Message.SessionOpen open, PooledSystem system, IncomingPoint point) {
        return new PoolStore(pool, system, open, point, groups);
    }

    private static PointRequest.Volume volume(VolumeHead head) {
        return new PointRequest.Volume(head.name(), head.kind(), head.sizeBytes());
    }

    private SessionReport report(
            SessionInfo info,
            Message.SessionOpen open,
            Outcome<SessionStore.Stored> result,
            Channel channel) {
        Map<String, String> facts = new HashMap<>();
        Optional.ofNullable(open.machine().get(FactNames.TRIGGER))
                .ifPresent(trigger -> facts.put(FactNames.TRIGGER, trigger));
        result.result().ifPresent(stored -> facts.putAll(stored.facts()));
        facts.put(FactNames.BYTES_ON_WIRE, Long.toString(channel.traffic().bytes()));
        Instant now = clock.instant();
        facts.put(FactNames.ENDED_AT_MILLIS, Long.toString(now.toEpochMilli()));
        facts.put(
                FactNames.DURATION_MILLIS,
                Long.toString(Duration.between(info.startedAt(), now).toMillis()));
        return new SessionReport(info, result.map(SessionStore.Stored::token), facts);
    }
}
