package org.standfest.replication.engine;

import org.standfest.replication.protocol.FactNames;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Message.RestorePhase;
import org.standfest.replication.source.ReturnSite;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;
import org.standfest.results.Outcome;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * Brings a system home: pulls one phase of a return onto a landing place. For one thread.
 *
 * <p>The line's limit is this side's, so this side keeps it: it lets the sender hear of what it
 * received only when so much may travel, and little be under way.
 */
public final class PullClient {

    /** What is under way on a limited line; less than a receiver reads ahead. */
    private static final long LIMITED_WINDOW_BYTES = 1L << 20;

    private final LineShares.Share share;
    private final long windowBytes;

    /** As fast as the line allows. */
    public PullClient() {
        this(LineShares.unlimited().join(1), false);
    }

    /**
     * With a part of a line that others use, too.
     *
     * @param limited whether the line or this part is ever limited
     */
    public PullClient(LineShares.Share share, boolean limited) {
        this.share = share;
        this.windowBytes = limited ? LIMITED_WINDOW_BYTES : SessionReceiver.WINDOW_BYTES;
    }

    /**
     * A completed pull.
     *
     * @param epoch the epoch of the returning system
     * @param machine its description as the standby has it
     * @param facts figures
     */
    public record Pulled(long epoch, Map<String, String> machine, Map<String, String> facts) {}

    /**
     * Pulls one phase.
     *
     * @param memory remembers what is written, durably, from one phase to the next
     * @param prepare makes the landing place for what the standby announces
     * @param progress takes bytes received and the size of all disks
     */
    public Outcome<Pulled> pull(
            Channel channel,
            String systemId,
            String returnId,
            RestorePhase phase,
            BasisFolder memory,
            Function<Message.SessionOpen, Outcome<ReturnSite>> prepare,
            SessionSender.Progress progress,
            Cancellation cancellation) {
        String token =
                memory.load()
                        .map(Basis::token)
                        .filter(name -> !name.equals(LandingStore.PARTIAL))
                        .orElse("");
        try {
            channel.send(new Message.RestoreRequest(systemId, returnId, phase, token));
            if (!(channel.receive() instanceof Message.SessionOpen open)
                    || !open.systemId().equals(systemId)) {
                throw Faults.protocol("no session for a return");
            }
            Outcome<SessionStore> store =
                    prepare.apply(open)
                            .then(site -> LandingStore.open(open, site, memory, windowBytes));
            if (store instanceof Outcome.Done<SessionStore>(SessionStore opened)) {
                try (opened) {
                    return receive(channel, open, opened, progress, cancellation);
                }
            }
            channel.refuse(store.problem().orElseThrow());
            return store.then(_ -> Outcome.failed(Faults.TEXTS.explain("engine.cancelled")));
        } catch (ChannelException fault) {
            return fault.toOutcome();
        }
    }

    private Outcome<Pulled> receive(
            Channel channel,
            Message.SessionOpen open,
            SessionStore store,
            SessionSender.Progress progress,
            Cancellation cancellation) {
        long total = open.volumes().stream().mapToLong(Message.VolumeHead::sizeBytes).sum();
        Paced paced =
                new Paced(progress, total, () -> cancellation.requested() || channel.closed());
        try (SessionReceiver receiver =
                new SessionReceiver(
                        channel, open, store, new WorkTurns(1).join(1), paced, cancellation)) {
            Outcome<SessionStore.Stored> stored = receiver.run();
            Map<String, String> facts = new HashMap<>();
            facts.put(FactNames.BYTES_ON_WIRE, Long.toString(channel.traffic().bytes()));
            facts.put(FactNames.TAKEN_AT_MILLIS, Long.toString(open.takenAtMillis()));
            return stored.map(_ -> new Pulled(open.epoch(), open.machine(), facts));
        }
    }

    /** Tells of what was received and waits until so much might travel. */
    private final class Paced implements LongConsumer {

        private final SessionSender.Progress progress;
        private final long total;
        private final Cancellation stop;
        private long waitedFor;

        Paced(SessionSender.Progress progress, long total, Cancellation stop) {
            this.progress = progress;
            this.total = total;
            this.stop = stop;
        }

        @Override
        public void accept(long bytes) {
            progress.at(bytes, total);
            share.await(bytes - waitedFor, stop);
            waitedFor = bytes;
        }
    }
}
