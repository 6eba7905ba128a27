package org.standfest.management;

import org.standfest.replication.protocol.Message;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;
import org.standfest.results.Outcome;

import java.util.Objects;

/** Questions and answers over a channel that was opened with the purpose MANAGE. */
public final class ChannelExchange implements ManagementExchange {

    private final Channel channel;
    private long last;

    /**
     * @param channel an open channel; closed with this
     */
    public ChannelExchange(Channel channel) {
        this.channel = Objects.requireNonNull(channel);
    }

    @Override
    public Outcome<byte[]> exchange(byte[] request) {
        long id = ++last;
        try {
            channel.send(new Message.ManageRequest(id, request));
            Message answer = channel.receive();
            if (answer instanceof Message.ManageAnswer(long answered, byte[] json)
                    && answered == id) {
                return Outcome.done(json);
            }
            return Outcome.failed(ManagementCodec.explain("management.answer-unreadable", 0));
        } catch (ChannelException fault) {
            return fault.toOutcome();
        }
    }

    @Override
    public void close() {
        channel.close();
    }
}
