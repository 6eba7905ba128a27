package org.standfest.replication.simulation.disk;

import org.standfest.replication.pool.files.PoolFile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A file, or a directory to be synced, as a channel. For one thread at a time. */
final class SimChannel extends FileChannel {

    private final PoolFile file;
    private final Sync sync;
    private long position;

    /** Makes something durable. */
    interface Sync {
        void run() throws IOException;
    }

    SimChannel(PoolFile file, long position) {
        this.file = file;
        this.sync = file::force;
        this.position = position;
    }

    SimChannel(Sync sync) {
        this.file = null;
        this.sync = sync;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int count = read(target, position);
        position += Math.max(0, count);
        return count;
    }

    @Override
    public int read(ByteBuffer target, long at) throws IOException {
        int wanted = target.remaining();
        int count = file.read(target, at);
        return count == 0 && wanted > 0 ? -1 : count;
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        long sum = 0;
        for (int i = offset; i < offset + length; i++) {
            sum += Math.max(0, read(targets[i]));
        }
        return sum;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int count = write(source, position);
        position += count;
        return count;
    }

    @Override
    public int write(ByteBuffer source, long at) throws IOException {
        int count = source.remaining();
        file.write(source, at);
        source.position(source.limit());
        return count;
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        long sum = 0;
        for (int i = offset; i < offset + length; i++) {
            sum += write(sources[i]);
        }
        return sum;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public FileChannel position(long newPosition) {
        position = newPosition;
        return this;
    }

    @Override
    public long size() throws IOException {
        return file.sizeBytes();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        if (size < file.sizeBytes()) {
            file.setSize(size);
        }
        return this;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        sync.run();
    }

    @Override
    public long transferTo(long from, long count, WritableByteChannel target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long to, long count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long at, long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long at, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(long at, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void implCloseChannel() {
        // nothing is kept
    }
}
