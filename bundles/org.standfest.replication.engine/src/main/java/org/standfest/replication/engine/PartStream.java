package org.standfest.replication.engine;

import org.standfest.replication.protocol.Message;
import org.standfest.replication.transport.ChannelException;

import java.io.InputStream;
import java.util.Objects;

/** The parts of a manifest as they arrive, as one stream. For one thread. */
final class PartStream extends InputStream {

    /** Where the next message comes from. */
    @FunctionalInterface
    interface Source {
        Message next() throws ChannelException;
    }

    private final int volume;
    private final Source source;
    private byte[] part = new byte[0];
    private int position;
    private boolean last;

    PartStream(int volume, Source source) {
        this.volume = volume;
        this.source = source;
    }

    @Override
    public int read() throws ChannelException {
        return more() ? part[position++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws ChannelException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (!more()) {
            return -1;
        }
        int count = Math.min(length, part.length - position);
        System.arraycopy(part, position, target, offset, count);
        position += count;
        return count;
    }

    private boolean more() throws ChannelException {
        while (position == part.length && !last) {
            if (!(source.next()
                            instanceof Message.ManifestPart(int from, boolean end, byte[] bytes))
                    || from != volume) {
                throw Faults.protocol("no part of a manifest");
            }
            part = bytes;
            position = 0;
            last = end;
        }
        return position < part.length;
    }

    /** Takes what is left, which should be nothing. */
    void skipRest() throws ChannelException {
        while (more()) {
            position = part.length;
        }
    }
}
