package org.standfest.replication.engine;

import org.standfest.replication.protocol.Message;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;
import org.standfest.results.Outcome;

import java.util.OptionalInt;

/**
 * An agent's question for its turn, before it takes a snapshot: while it waits nothing is held
 * still, nothing is kept for a snapshot, and what it sends then is new. Stateless.
 */
public final class TurnRequest {

    private TurnRequest() {}

    /**
     * Asks and waits.
     *
     * @param channel for purpose REPLICATE; the session's, when this is done
     * @return refused when the standby does not want a session of this system; failed when the line
     *     broke ({@link ChannelException} as cause) or it was cancelled
     */
    public static Outcome<Void> await(
            Channel channel,
            String systemId,
            SessionSender.Progress progress,
            Cancellation cancellation) {
        try {
            channel.send(new Message.Turn(systemId));
            Message answer = afterQueue(channel, progress, cancellation);
            return answer.equals(new Message.Turn(systemId))
                    ? Outcome.done()
                    : Faults.protocol("no turn for " + systemId).toOutcome();
        } catch (ChannelException broken) {
            return broken.toOutcome();
        } catch (SourceFault cancelled) {
            return cancelled.toOutcome();
        }
    }

    /** The first message that says something else than that others are served first. */
    static Message afterQueue(
            Channel channel, SessionSender.Progress progress, Cancellation cancellation)
            throws ChannelException, SourceFault {
        Message answer = channel.receive();
        if (!(answer instanceof Message.Queued)) {
            return answer;
        }
        while (answer instanceof Message.Queued(int ahead)) {
            if (cancellation.requested()) {
                throw Faults.cancelled();
            }
            progress.waits(OptionalInt.of(ahead));
            answer = channel.receive();
        }
        progress.waits(OptionalInt.empty());
        return answer;
    }
}
