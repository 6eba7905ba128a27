package org.standfest.standby.care;

import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Peer;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.transport.Channel;
import org.standfest.results.Explanation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A line on which an agent says what a test wants it to say. */
final class RecordedSession implements Channel {

    private final Deque<Message> messages;

    RecordedSession(List<Message> messages) {
        this.messages = new ArrayDeque<>(messages);
    }

    @Override
    public Peer peer() {
        return new Peer.Agent("agent-1", Set.of(), false);
    }

    @Override
    public Purpose purpose() {
        return Purpose.REPLICATE;
    }

    @Override
    public Locale language() {
        return Locale.ENGLISH;
    }

    @Override
    public String remoteAddress() {
        return "test";
    }

    @Override
    public void send(Message message) {
        // What is answered is known.
    }

    @Override
    public void enqueue(Message message) {
        send(message);
    }

    @Override
    public void flush() {
        // Everything is said at once.
    }

    @Override
    public Message receive() {
        return messages.removeFirst();
    }

    @Override
    public Message receiveOrRefusal() {
        return receive();
    }

    @Override
    public Traffic traffic() {
        return new Traffic(0, 0);
    }

    @Override
    public void refuse(Explanation why) {
        throw new AssertionError(why);
    }

    @Override
    public void close() {
        // There is nothing to close.
    }

    @Override
    public boolean closed() {
        return false;
    }
}
