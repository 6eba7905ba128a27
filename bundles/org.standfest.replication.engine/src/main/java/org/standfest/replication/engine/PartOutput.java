package org.standfest.replication.engine;

import org.standfest.replication.protocol.Limits;
import org.standfest.replication.protocol.Message;
import org.standfest.replication.transport.Channel;
import org.standfest.replication.transport.ChannelException;

import java.io.OutputStream;
import java.util.Arrays;

/**
 * Sends a stream as parts of a manifest; closing sends the last one. For one thread, behind a
 * buffer.
 */
final class PartOutput extends OutputStream {

    private final Channel channel;
    private final int volume;
    private boolean closed;

    PartOutput(Channel channel, int volume) {
        this.channel = channel;
        this.volume = volume;
    }

    @Override
    public void write(int value) throws ChannelException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws ChannelException {
        for (int at = 0; at < length; at += Limits.PART_BYTES) {
            int from = offset + at;
            int count = Math.min(Limits.PART_BYTES, length - at);
            channel.enqueue(
                    new Message.ManifestPart(
                            volume, false, Arrays.copyOfRange(bytes, from, from + count)));
        }
    }

    @Override
    public void close() throws ChannelException {
        if (!closed) {
            closed = true;
            channel.send(new Message.ManifestPart(volume, true, new byte[0]));
        }
    }
}
