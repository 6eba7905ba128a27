package org.standfest.hypervisor.qemu;

import org.standfest.replication.source.ByteRange;
import org.standfest.replication.source.Changes;
import org.standfest.replication.source.DiskView;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A frozen disk of a running machine, read over NBD. */
final class NbdDiskView implements DiskView {

    static final String ALLOCATION = "base:allocation";
    static final int READS_AS_ZERO = 2;
    static final int DIRTY = 1;

    private final NbdClient client;
    private final Changes changes;
    private final Allocation allocation;

    /** Finds out, each time anew, where the view may hold something else than zeros. */
    interface Allocation {
        List<ByteRange> ranges() throws IOException;
    }

    NbdDiskView(NbdClient client, Changes changes, Allocation allocation) {
        this.client = client;
        this.changes = changes;
        this.allocation = allocation;
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
        return allocation.ranges();
    }

    /**
     * Where any of the extents has its flag set, or not set: ascending, overlaps and neighbours
     * joined.
     */
    static List<ByteRange> ranges(List<NbdClient.Extent> extents, boolean set, int flag) {
        List<ByteRange> joined = new ArrayList<>();
        List<NbdClient.Extent> wanted =
                extents.stream()
                        .filter(extent -> (extent.flags() & flag) != 0 == set)
                        .sorted(Comparator.comparingLong(NbdClient.Extent::position))
                        .toList();
        for (NbdClient.Extent extent : wanted) {
            long end = extent.position() + extent.sizeBytes();
            if (joined.isEmpty() || joined.getLast().end() < extent.position()) {
                joined.add(new ByteRange(extent.position(), extent.sizeBytes()));
            } else if (end > joined.getLast().end()) {
                long start = joined.removeLast().position();
                joined.add(new ByteRange(start, end - start));
            }
        }
        return joined;
    }

    void close() {
        client.close();
    }
}
