package org.standfest.replication.pool.files;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import org.standfest.replication.protocol.manifest.ByteRange;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A file of a {@link UnixTree} as its descriptor. */
final class UnixFile implements PoolFile {

    private final LibC c;
    private final int fd;
    private boolean closed;

    /** Shares the tree's room for arguments, and so its thread. */
    UnixFile(LibC c, int fd) {
        this.c = c;
        this.fd = fd;
    }

    private int fd() throws IOException {
        if (closed) {
            throw new IOException("file is closed");
        }
        return fd;
    }

    /** The open file's number, for calls of the tree. */
    int descriptor() throws IOException {
        return fd();
    }

    boolean isRegular() throws IOException {
        return (c.status(fd(), new byte[0]).get(JAVA_SHORT, 28) & 0xf000) == 0x8000;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        int total = 0;
        while (target.hasRemaining()) {
            int wanted = Math.min(target.remaining(), LibC.SCRATCH_BYTES);
            MemorySegment room = target.isDirect() ? MemorySegment.ofBuffer(target) : c.data();
            int got = c.read(fd(), room, wanted, position + total);
            if (got == 0) {
                break;
            }
            if (target.isDirect()) {
                target.position(target.position() + got);
            } else {
                target.put(room.asSlice(0, got).asByteBuffer());
            }
            total += got;
        }
        return total;
    }

    @Override
    public void write(ByteBuffer content, long position) throws IOException {
        long at = position;
        while (content.hasRemaining()) {
            int wanted = Math.min(content.remaining(), LibC.SCRATCH_BYTES);
            MemorySegment source = MemorySegment.ofBuffer(content);
            if (!content.isDirect()) {
                MemorySegment.copy(source, 0, c.data(), 0, wanted);
                source = c.data();
            }
            int written = c.write(fd(), source, wanted, at);
            content.position(content.position() + written);
            at += written;
        }
    }

    @Override
    public long sizeBytes() throws IOException {
        return c.status(fd(), new byte[0]).get(JAVA_LONG, 40);
    }

    @Override
    public void setSize(long sizeBytes) throws IOException {
        c.truncate(fd(), sizeBytes);
    }

    @Override
    public void punch(long position, long lengthBytes) throws IOException {
        try {
            c.punch(fd(), position, lengthBytes);
        } catch (CallFailed unsupported) {
            Zeros.write(this, position, lengthBytes);
        }
    }

    @Override
    public boolean share(PoolFile source, long sourcePosition, long position, long lengthBytes)
            throws IOException {
        if (!(source instanceof UnixFile other)) {
            return false;
        }
        try {
            c.share(other.fd(), sourcePosition, fd(), position, lengthBytes);
            return true;
        } catch (CallFailed unsupported) {
            return false;
        }
    }

    @Override
    public void force() throws IOException {
        c.force(fd());
    }

    /** The stretches without storage. */
    List<ByteRange> holes() throws IOException {
        List<ByteRange> holes = new ArrayList<>();
        long size = sizeBytes();
        long at = 0;
        while (at < size) {
            long hole = c.seek(fd(), at, LibC.SEEK_HOLE);
            if (hole >= size) {
                break;
            }
            long data = size;
            try {
                data = c.seek(fd(), hole, LibC.SEEK_DATA);
            } catch (CallFailed none) {
                if (none.errno() != LibC.ENXIO) {
                    throw none;
                }
            }
            holes.add(new ByteRange(hole, Math.min(data, size) - hole));
            at = data;
        }
        return holes;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            c.close(fd);
        }
    }
}
