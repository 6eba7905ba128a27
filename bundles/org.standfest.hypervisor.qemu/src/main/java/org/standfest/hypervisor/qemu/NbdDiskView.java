package org.standfest.hypervisor.qemu;

import org.standfest.replication.source.ByteRange;
import org.standfest.replication.source.Changes;
import org.standfest.replication.source.DiskView;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A frozen disk of a running machine, read over NBD. */
final class NbdDiskView implements DiskView {

    static final String ALLOCATION = "base:allocation";
    private static final int READS_AS_ZERO = 2;
    static final int DIRTY = 1;

    private final NbdClient client;
    private final Changes changes;

    NbdDiskView(NbdClient client, Changes changes) {
        this.client = client;
        this.changes = changes;
    }

    @Override
    public long sizeBytes() {
        return client.sizeBytes();
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
        if (position < 0 || position > sizeBytes()) {
            throw new IllegalArgumentException("position " + position);
        }
        int count = (int) Math.min(target.remaining(), sizeBytes() - position);
        ByteBuffer piece = target.slice(target.position(), count);
        client.read(position, piece);
        target.position(target.position() + count);
        return count;
    }

    @Override
    public Changes changes() {
        return changes;
    }

    @Override
    public List<ByteRange> allocated() throws IOException {
        return ranges(client.status(ALLOCATION), false, READS_AS_ZERO);
    }

    /** The extents whose flag is set, or is not, with neighbours joined. */
    static List<ByteRange> ranges(List<NbdClient.Extent> extents, boolean set, int flag) {
        List<ByteRange> joined = new ArrayList<>();
        for (NbdClient.Extent extent : extents) {
            if ((extent.flags() & flag) != 0 != set) {
                continue;
            }
            if (!joined.isEmpty() && joined.getLast().end() == extent.position()) {
                ByteRange last = joined.removeLast();
                joined.add(new ByteRange(last.position(), last.sizeBytes() + extent.sizeBytes()));
            } else {
                joined.add(new ByteRange(extent.position(), extent.sizeBytes()));
            }
        }
        return joined;
    }

    void close() {
        client.close();
    }
}
