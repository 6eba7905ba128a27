package org.standfest.replication.simulation.disk;

import org.standfest.replication.pool.files.PoolFile;

import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file on a simulated disk. */
final class SimFile implements PoolFile {

    private final SimDisk disk;
    private final Node node;
    private final String path;
    private final Hand hand;
    private final boolean writable;
    private int known;

    SimFile(SimDisk disk, Node node, String path, Hand hand, boolean writable) {
        this.disk = disk;
        this.node = node;
        this.path = path;
        this.hand = hand;
        this.writable = writable;
        this.known = node.heard;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        hand.before(Act.READ, path);
        return node.content.read(target, position);
    }

    @Override
    public void write(ByteBuffer content, long position) throws IOException {
        checkWritable();
        try {
            if (hand.before(Act.WRITE, path)) {
                put(content, position);
            } else {
                content.position(content.limit());
            }
        } catch (ProcessEnd end) {
            content.limit(content.position() + end.of(content.remaining()));
            put(content, position);
            throw end;
        }
    }

    private void put(ByteBuffer content, long position) throws IOException {
        long before = node.content.allocatedBytes();
        long free = disk.freeBytes();
        if (free < content.remaining() + 2L * Content.PAGE) {
            // a disk that gets full takes what it can
            int fits = (int) Math.max(0, Math.min(content.remaining(), free - 2L * Content.PAGE));
            node.content.write(content.duplicate().limit(content.position() + fits), position);
            changed(before, true);
            disk.needs(content.remaining() + 2L * Content.PAGE);
        }
        node.content.write(content, position);
        changed(before, true);
    }

    private void changed(long allocatedBefore, boolean content) {
        disk.used(node.content.allocatedBytes() - allocatedBefore);
        disk.touched(node, content);
    }

    private void checkWritable() throws IOException {
        if (!writable) {
            throw new IOException("opened to read: " + path);
        }
    }

    @Override
    public long sizeBytes() throws IOException {
        hand.before(Act.READ, path);
        return node.content.size();
    }

    @Override
    public void setSize(long sizeBytes) throws IOException {
        checkWritable();
        if (hand.before(Act.WRITE, path)) {
            long before = node.content.allocatedBytes();
            node.content.size(sizeBytes);
            changed(before, true);
        }
    }

    @Override
    public void punch(long position, long lengthBytes) throws IOException {
        checkWritable();
        if (hand.before(Act.WRITE, path)) {
            long before = node.content.allocatedBytes();
            node.content.zero(position, lengthBytes);
            changed(before, true);
        }
    }

    @Override
    public boolean share(PoolFile source, long sourcePosition, long position, long lengthBytes)
            throws IOException {
        checkWritable();
        if (!disk.rules().reflinks() || !(source instanceof SimFile from) || from.disk != disk) {
            return false;
        }
        if (!hand.before(Act.WRITE, path)) {
            return true;
        }
        long before = node.content.allocatedBytes();
        boolean shared =
                node.content.share(from.node.content, sourcePosition, position, lengthBytes);
        changed(before, true);
        return shared;
    }

    @Override
    public boolean sharesStorage(PoolFile other, long position, long lengthBytes)
            throws IOException {
        hand.before(Act.READ, path);
        return other instanceof SimFile there
                && there.disk == disk
                && node.content.shares(there.node.content, position, lengthBytes);
    }

    @Override
    public void force() throws IOException {
        if (hand.before(Act.FORCE, path)) {
            disk.force(node);
            boolean news = known < node.losses;
            known = node.losses;
            node.heard = node.losses;
            if (news) {
                throw new IOException("Input/output error: " + path);
            }
        }
    }

    @Override
    public void close() {
        // nothing is kept
    }
}
