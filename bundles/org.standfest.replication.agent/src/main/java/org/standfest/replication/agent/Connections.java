package org.standfest.replication.agent;

import org.standfest.replication.engine.Cancellation;
import org.standfest.replication.engine.SessionMemory;
import org.standfest.replication.engine.SessionSender;
import org.standfest.replication.engine.SessionWork;
import org.standfest.replication.engine.TurnRequest;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;
import org.standfest.results.Outcome;

import java.net.ConnectException;
import java.net.SocketException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The connections of one session: one on which it has its turn, others after breaks. For one
 * thread.
 */
final class Connections implements AutoCloseable {

    private static final Duration LOOK_FOR_CANCELLATION = Duration.ofMillis(500);

    private final Line line;
    private final SessionSender sender;
    private final AgentSettings settings;
    private final Pause pause;
    private final SessionSender.Progress progress;
    private final Cancellation cancellation;
    private Optional<Channel> turn = Optional.empty();
    private int count;

    Connections(
            Line line,
            SessionSender sender,
            AgentSettings settings,
            Pause pause,
            SessionSender.Progress progress,
            Cancellation cancellation) {
        this.line = line;
        this.sender = sender;
        this.settings = settings;
        this.pause = pause;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /** How many sessions of the wire there were. */
    int count() {
        return count;
    }

    /**
     * Waits for the standby, also for one that is away, again and again while that may help; before
     * the snapshot is taken, so nothing is held and nothing grows old.
     */
    Outcome<Void> turn(String systemId) {
        return retried(() -> line.open(Purpose.REPLICATE).then(channel -> ask(channel, systemId)));
    }

    private Outcome<Void> ask(Channel channel, String systemId) {
        Outcome<Void> asked = TurnRequest.await(channel, systemId, progress, cancellation);
        if (asked.isDone()) {
            turn = Optional.of(channel);
        } else {
            channel.close();
        }
        return asked;
    }

    /** Sends, again and again while that may help. */
    Outcome<SessionSender.Sent> send(SessionWork work) {
        SessionMemory memory = new SessionMemory();
        return retried(
                () -> {
                    count++;
                    return next().then(channel -> once(channel, work, memory));
                });
    }

    private <T> Outcome<T> retried(Supplier<Outcome<T>> attempt) {
        Duration wait = settings.firstRetry();
        for (int left = settings.attempts() - 1; ; left--) {
            Outcome<T> outcome = attempt.get();
            boolean again =
                    left > 0
                            && outcome instanceof Outcome.Failed<T>(_, Throwable cause)
                            && worthRetrying(cause);
            if (!again || !goOnAfter(wait)) {
                return outcome;
            }
            wait = settings.longer(wait);
        }
    }

    private Outcome<Channel> next() {
        Optional<Channel> mine = turn;
        turn = Optional.empty();
        return mine.map(Outcome::done).orElseGet(() -> line.open(Purpose.REPLICATE));
    }

    private Outcome<SessionSender.Sent> once(
            Channel channel, SessionWork work, SessionMemory memory) {
        try (channel) {
            return sender.send(channel, work, memory, progress, cancellation);
        }
    }

    /** Who cancels while the line is away need not wait for it to come back. */
    private boolean goOnAfter(Duration wait) {
        Duration rest = wait;
        while (!rest.isZero() && !cancellation.requested()) {
            Duration part =
                    rest.compareTo(LOOK_FOR_CANCELLATION) > 0 ? LOOK_FOR_CANCELLATION : rest;
            if (!pause.goOnAfter(part)) {
                return false;
            }
            rest = rest.minus(part);
        }
        return !cancellation.requested();
    }

    /** A broken or refused connection is worth it, a source that cannot be read is not. */
    static boolean worthRetrying(Throwable cause) {
        return cause instanceof ChannelException broken
                ? broken.worthRetrying()
                : cause instanceof ConnectException || cause instanceof SocketException;
    }

    /** A turn that nothing was sent in is given back. */
    @Override
    public void close() {
        turn.ifPresent(Channel::close);
        turn = Optional.empty();
    }
}
