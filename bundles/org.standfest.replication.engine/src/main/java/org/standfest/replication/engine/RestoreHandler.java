package org.standfest.replication.engine;

import org.standfest.replication.protocol.FactNames;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Peer;
import org.standfest.replication.source.Snapshot.Settlement;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;
import org.standfest.replication.transport.ChannelHandler;
import org.standfest.results.Outcome;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Serves purpose RESTORE on the standby: sends the emergency system to the machine it returns to.
 * Safe for any thread.
 *
 * <p>Which state the returning machine has, it says itself by the token in its request; what it
 * lacks is found by tracked changes since that token, or by comparing hashes.
 */
public final class RestoreHandler implements ChannelHandler {

    private static final int LONGEST_HEAD = 40;

    private final RestoreSource source;
    private final SystemAccess access;
    private final SessionSender sender;
    private final SessionListener listener;
    private final InstantSource clock;

    /**
     * @param sender sends with the standby's settings
     */
    public RestoreHandler(
            RestoreSource source,
            SystemAccess access,
            SessionSender sender,
            SessionListener listener,
            InstantSource clock) {
        this.source = source;
        this.access = access;
        this.sender = sender;
        this.listener = listener;
        this.clock = clock;
    }

    @Override
    public void serve(Channel channel) throws ChannelException {
        if (!(channel.receive() instanceof Message.RestoreRequest request)) {
            throw Faults.protocol("no request for a return");
        }
        if (!(channel.peer() instanceof Peer.Agent agent)) {
            throw Faults.protocol("a return to somebody who is no agent");
        }
        Optional<String> basis =
                Optional.of(request.basisToken()).filter(token -> !token.isEmpty());
        Outcome<RestoreView> opened =
                access.admit(agent, request.systemId())
                        .then(_ -> source.open(agent, request, basis));
        if (opened instanceof Outcome.Done<RestoreView>(RestoreView view)) {
            try (view) {
                send(channel, request, agent, view);
            }
        } else {
            channel.refuse(opened.problem().orElseThrow());
        }
    }

    private void send(
            Channel channel, Message.RestoreRequest request, Peer.Agent agent, RestoreView view) {
        Instant startedAt = clock.instant();
        String key = key(request, view.snapshot().takenAt());
        SessionInfo info =
                new SessionInfo(key, request.systemId(), agent.id(), Direction.RESTORE, startedAt);
        listener.opened(info);
        SessionWork work =
                new SessionWork(
                        key,
                        request.systemId(),
                        view.epoch(),
                        view.snapshot(),
                        view.volumes(),
                        Optional.of(request.basisToken())
                                .filter(token -> !token.isEmpty())
                                .map(token -> new Basis(token, Map.of(), Map.of(), Map.of())),
                        view.snapshot().machine());
        SessionMemory memory = new SessionMemory();
        Outcome<SessionSender.Sent> sent =
                sender.send(
                        channel,
                        work,
                        memory,
                        (done, total) -> listener.progress(new SessionProgress(info, done, total)),
                        channel::closed);
        view.snapshot()
                .settle(
                        sent instanceof Outcome.Done<SessionSender.Sent>(SessionSender.Sent done)
                                ? new Settlement.Committed(done.token())
                                : new Settlement.Abandoned());
        Map<String, String> facts = new HashMap<>(memory.counts.facts());
        sent.result().ifPresent(done -> facts.putAll(done.facts()));
        Instant now = clock.instant();
        facts.put(FactNames.ENDED_AT_MILLIS, Long.toString(now.toEpochMilli()));
        facts.put(
                FactNames.DURATION_MILLIS,
                Long.toString(Duration.between(startedAt, now).toMillis()));
        listener.ended(new SessionReport(info, sent.map(SessionSender.Sent::token), facts));
    }

    /** Each pull has a name of its own: providers track changes under it. */
    private static String key(Message.RestoreRequest request, Instant takenAt) {
        String plain = request.returnId().replaceAll("[^A-Za-z0-9-]", "-");
        String head = plain.substring(0, Math.min(LONGEST_HEAD, plain.length()));
        String phase = request.phase().name().toLowerCase(Locale.ROOT);
        return head
                + "-"
                + phase
                + "-"
                + Long.toString(Math.max(0, takenAt.toEpochMilli()), Character.MAX_RADIX);
    }
}
