package org.standfest.replication.transport;

import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Peer;
import org.standfest.replication.protocol.Purpose;
import org.standfest.results.Explanation;

import java.util.Locale;

/**
 * A line to a known peer that carries messages in order. After a {@link ChannelException} it is of
 * no more use.
 *
 * <p>Sending is safe for several threads, receiving for one thread at a time; both may go on at
 * once. A keep-alive is sent by itself when nothing else was for a while, and never seen by the
 * receiver.
 */
public interface Channel extends AutoCloseable {

    /** Who is at the other end. */
    Peer peer();

    /** What the channel was opened for. */
    Purpose purpose();

    /** The language of the client, for texts that people read. */
    Locale language();

    /** Address of the other end as a text for journals. */
    String remoteAddress();

    /**
     * Sends a message and everything enqueued before it. Blocks while the other side does not read
     * (back-pressure), at most as long as the write time-out.
     */
    void send(Message message) throws ChannelException;

    /**
     * Like {@link #send}, but may keep the message until more comes, {@link #send} or {@link
     * #flush()}.
     */
    void enqueue(Message message) throws ChannelException;

    /** Sends what is enqueued. */
    void flush() throws ChannelException;

    /**
     * Waits for the next message.
     *
     * @throws ChannelException with reason REFUSED when a refusal came, CLOSED when the other side
     *     said goodbye, TIMEOUT when not even a keep-alive came for the read time-out
     */
    Message receive() throws ChannelException;

    /**
     * Like {@link #receive()}, but hands a refusal over as a message instead of ending the channel.
     */
    Message receiveOrRefusal() throws ChannelException;

    /** Bytes sent and received so far on the wire, with TLS, without TCP and IP. */
    Traffic traffic();

    /** Sends a refusal in the peer's language and closes. Never throws. */
    void refuse(Explanation why);

    /** Says goodbye if that is still possible and closes. Never throws; idempotent; any thread. */
    @Override
    void close();

    /** Whether the channel was closed or broke. */
    boolean closed();

    /** Bytes on the wire. */
    record Traffic(long sentBytes, long receivedBytes) {

        /** Both together. */
        public long bytes() {
            return sentBytes + receivedBytes;
        }
    }
}
