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
import java.util.function.Predicate;
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
    private final SessionPlaces places;
    private final Predicate<String> urgent;

    /**
     * All systems are equal, and nobody waits.
     *
     * @param access which agent may replicate which system
     */
    public ReplicateHandler(
            ImagePool pool, SystemAccess access, SessionListener listener, InstantSource clock) {
        this(
                pool,
                access,
                listener,
                clock,
                WorkTurns.standard(),
                _ -> 1,
                GroupSessions.NONE,
                new SessionPlaces(Integer.MAX_VALUE),
                _ -> false);
    }

    /**
     * With turns, priorities, groups and so many sessions at once.
     *
     * @param access which agent may replicate which system
     * @param turns shared by all sessions of this standby
     * @param priorities of a system, 1 or more: its share while sessions wait for each other
     * @param groups the runs of consistency groups that own what their members prepare: a member
     *     that a run waits for waits for nobody
     * @param places of sessions that are open at once
     * @param urgent systems whose sessions wait for nobody, from when on they are named
     */
    public ReplicateHandler(
            ImagePool pool,
            SystemAccess access,
            SessionListener listener,
            InstantSource clock,
            WorkTurns turns,
            ToIntFunction<String> priorities,
            GroupSessions groups,
            SessionPlaces places,
            Predicate<String> urgent) {
        this.groups = groups;
        this.places = places;
        this.urgent = urgent;
        this.turns = turns;
        this.priorities = priorities;
        this.pool = pool;
        this.access = access;
        this.listener = listener;
        this.clock = clock;
    }

    @Override
    public void serve(Channel channel) throws ChannelException {
        Message first = channel.receive();
        if (!(channel.peer() instanceof Peer.Agent agent)) {
            throw Faults.protocol("a session of somebody who is no agent");
        }
        // Nothing to report of one that went away while it waited: it never began.
        switch (first) {
            case Message.Turn(String systemId) -> turn(channel, agent, systemId);
            case Message.SessionOpen open -> {
                Outcome<Void> admitted = access.admit(agent, open.systemId());
                if (admitted.isDone()) {
                    SessionPlaces.Guest guest = guest(agent, open.systemId());
                    places.take(guest, new Telling(channel), place -> serve(channel, open, place));
                } else {
                    serve(channel, open, admitted.map(_ -> null), () -> {});
                }
            }
            default -> throw Faults.protocol("no opening of a session");
        }
    }

    /** The place is kept for the session that follows, while its snapshot is taken. */
    private void turn(Channel channel, Peer.Agent agent, String systemId) throws ChannelException {
        Outcome<Void> admitted = access.admit(agent, systemId);
        if (!admitted.isDone()) {
            channel.refuse(admitted.problem().orElseThrow());
            return;
        }
        Optional<Optional<ChannelException>> fault =
                places.take(
                        guest(agent, systemId),
                        new Telling(channel),
                        place -> afterTurn(channel, systemId, place));
        if (fault.isPresent() && fault.get().isPresent()) {
            throw fault.get().get();
        }
    }

    private Optional<ChannelException> afterTurn(
            Channel channel, String systemId, SessionPlaces.Place place) {
        try {
            channel.send(new Message.Turn(systemId));
            if (!(channel.receive() instanceof Message.SessionOpen open)
                    || !open.systemId().equals(systemId)) {
                return Optional.of(Faults.protocol("a session that had no turn"));
            }
            serve(channel, open, place);
            return Optional.empty();
        } catch (ChannelException gone) {
            return Optional.of(gone);
        }
    }

    private Outcome<SessionStore.Stored> serve(
            Channel channel, Message.SessionOpen open, SessionPlaces.Place place) {
        Outcome<SessionStore.Stored> result = serve(channel, open, store(open), place::active);
        if (result instanceof Outcome.Failed<SessionStore.Stored>(_, ChannelException line)
                && line.reason() != ChannelException.Reason.CLOSED
                && line.worthRetrying()) {
            place.broke();
        }
        return result;
    }

    private Outcome<SessionStore.Stored> serve(
            Channel channel,
            Message.SessionOpen open,
            Outcome<SessionStore> store,
            Runnable active) {
        SessionInfo info =
                new SessionInfo(
                        open.sessionKey(),
                        open.systemId(),
                        ((Peer.Agent) channel.peer()).id(),
                        Direction.REPLICATE,
                        clock.instant());
        Outcome<SessionStore.Stored> result;
        if (store instanceof Outcome.Done<SessionStore>(SessionStore opened)) {
            try (opened) {
                listener.opened(info);
                result = receive(channel, open, opened, info, active);
            }
        } else {
            channel.refuse(store.problem().orElseThrow());
            result = store.then(_ -> Outcome.failed(Faults.TEXTS.explain("engine.cancelled")));
        }
        listener.ended(report(info, open, result, channel));
        return result;
    }

    /** Tells a sender how many are before it, and notices that it is gone. */
    private static final class Telling implements SessionPlaces.Waiting {

        /** So many looks make ten seconds, as long as a line may be silent. */
        private static final int EVERY = 20;

        private final Channel channel;
        private int told = -1;
        private int looks;

        Telling(Channel channel) {
            this.channel = channel;
        }

        @Override
        public boolean goesOn(int ahead) {
            boolean news = ahead != told || ++looks % EVERY == 0;
            try {
                if (news) {
                    told = ahead;
                    channel.send(new Message.Queued(ahead));
                }
                return !channel.closed();
            } catch (ChannelException _) {
                return false;
            }
        }
    }

    private SessionPlaces.Guest guest(Peer.Agent agent, String id) {
        return new SessionPlaces.Guest(
                agent.id(),
                id,
                Math.max(1, priorities.applyAsInt(id)),
                () -> groups.expects(id) || urgent.test(id));
    }

    private Outcome<SessionStore.Stored> receive(
            Channel channel,
            Message.SessionOpen open,
            SessionStore store,
            SessionInfo info,
            Runnable active) {
        long total = open.volumes().stream().mapToLong(VolumeHead::sizeBytes).sum();
        try (SessionReceiver receiver =
                new SessionReceiver(
                        channel,
                        open,
                        store,
                        turns.join(Math.max(1, priorities.applyAsInt(open.systemId()))),
                        bytes -> {
                            active.run();
                            listener.progress(new SessionProgress(info, bytes, total));
                        },
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
