package org.standfest.replication.simulation.world;

import org.standfest.replication.protocol.Message;
import org.standfest.replication.protocol.Peer;
import org.standfest.replication.protocol.Purpose;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;
import org.standfest.results.Explanation;

import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Predicate;

/** Sees which contents arrive. */
final class CountingChannel implements Channel {

    private final Channel channel;
    private final Stage stage;
    private final Predicate<Message> counted;
    private String session = "";

    CountingChannel(Channel channel, Stage stage, Predicate<Message> counted) {
        this.channel = channel;
        this.stage = stage;
        this.counted = counted;
    }

    private Message seen(Message message) {
        stage.journal().count(message.getClass().getSimpleName(), stage.clock().getAsLong());
        if (message instanceof Message.SessionOpen open) {
            session = open.sessionKey();
            stage.journal().say("session " + session);
        }
        if (counted.test(message) && message instanceof Message.Block block) {
            stage.arrived(session, block.index() + HexFormat.of().formatHex(block.hash(), 0, 8));
        }
        return message;
    }

    @Override
    public Peer peer() {
        return channel.peer();
    }

    @Override
    public Purpose purpose() {
        return channel.purpose();
    }

    @Override
    public Locale language() {
        return channel.language();
    }

    @Override
    public String remoteAddress() {
        return channel.remoteAddress();
    }

    @Override
    public void send(Message message) throws ChannelException {
        channel.send(message);
    }

    @Override
    public void enqueue(Message message) throws ChannelException {
        if (message instanceof Message.Hashes row) {
            // what came without hashes is known by those that are told
            for (int at = 0; at < row.hashes().length; at += BlockHash.BYTES) {
                long index = row.firstBlock() + at / BlockHash.BYTES;
                String hash = HexFormat.of().formatHex(row.hashes(), at, at + 8);
                stage.arrived(session, index + hash);
            }
        }
        channel.enqueue(message);
    }

    @Override
    public void flush() throws ChannelException {
        channel.flush();
    }

    @Override
    public Message receive() throws ChannelException {
        return seen(channel.receive());
    }

    @Override
    public Message receiveOrRefusal() throws ChannelException {
        return seen(channel.receiveOrRefusal());
    }

    @Override
    public Traffic traffic() {
        return channel.traffic();
    }

    @Override
    public void refuse(Explanation why) {
        stage.journal().say("refused: " + why.code());
        channel.refuse(why);
    }

    @Override
    public void close() {
        channel.close();
    }

    @Override
    public boolean closed() {
        return channel.closed();
    }
}
