package org.standfest.replication.transport;

import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.util.Objects;

/**
 * A channel is of no more use, and why. It is an exception because it ends whatever was going on;
 * the first boundary that knows what was going on turns it into an outcome.
 */
public final class ChannelException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient Explanation explanation;

    /**
     * @param reason the kind of end
     * @param explanation what happened, what it means, what to do
     * @param cause the technical cause, or {@code null}
     */
    public ChannelException(Reason reason, Explanation explanation, Throwable cause) {
        super(reason + " " + explanation.code(), cause);
        this.reason = Objects.requireNonNull(reason);
        this.explanation = explanation;
    }

    /** The kind of end. */
    public Reason reason() {
        return reason;
    }

    /** What happened, what it means, what to do. */
    public Explanation explanation() {
        return explanation;
    }

    /** Whether trying the same again later can help without anybody changing anything. */
    public boolean worthRetrying() {
        return reason != Reason.REFUSED && reason != Reason.PROTOCOL;
    }

    /** The same as an outcome: what the other side refused is Refused, everything else Failed. */
    public <T> Outcome<T> toOutcome() {
        return reason == Reason.REFUSED
                ? Outcome.refused(explanation)
                : Outcome.failed(explanation, this);
    }

    /** The kinds of end. */
    public enum Reason {
        /** The other side closed in good order. */
        CLOSED,
        /** The other side sent a refusal. */
        REFUSED,
        /** Nothing was heard, or nothing could be sent, for too long. */
        TIMEOUT,
        /** The line broke. */
        BROKEN,
        /** The other side sent what the protocol does not allow. */
        PROTOCOL
    }
}
