package org.standfest.replication.engine;

import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Peer;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;
import org.standfest.results.Explanation;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** A channel whose messages a test sees, changes or cuts off. */
class TappedChannel implements Channel {

    final List<Message.Bare> bareSent = new CopyOnWriteArrayList<>();
    private final Channel real;

    TappedChannel(Channel real) {
        this.real = real;
    }

    /** What the receiver of a message gets to see. */
    Message received(Message message) throws ChannelException {
        return message;
    }

    /** Breaks the line. */
    final ChannelException cut() {
        real.close();
        return new ChannelException(
                ChannelException.Reason.BROKEN, Faults.TEXTS.explain("engine.cancelled"), null);
    }

    private void look(Message message) {
        if (message instanceof Message.Bare row) {
            bareSent.add(row);
        }
    }

    @Override
    public void send(Message message) throws ChannelException {
        look(message);
        real.send(message);
    }

    @Override
    public void enqueue(Message message) throws ChannelException {
        look(message);
        real.enqueue(message);
    }

    @Override
    public void flush() throws ChannelException {
        real.flush();
    }

    @Override
    public Message receive() throws ChannelException {
        return received(real.receive());
    }

    @Override
    public Message receiveOrRefusal() throws ChannelException {
        return received(real.receiveOrRefusal());
    }

    @Override
    public Peer peer() {
        return real.peer();
    }

    @Override
    public Purpose purpose() {
        return real.purpose();
    }

    @Override
    public Locale language() {
        return real.language();
    }

    @Override
    public String remoteAddress() {
        return real.remoteAddress();
    }

    @Override
    public Traffic traffic() {
        return real.traffic();
    }

    @Override
    public void refuse(Explanation why) {
        real.refuse(why);
    }

    @Override
    public void close() {
        real.close();
    }

    @Override
    public boolean closed() {
        return real.closed();
    }
}
