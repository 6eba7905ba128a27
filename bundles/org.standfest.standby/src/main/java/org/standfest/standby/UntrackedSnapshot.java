package org.standfest.standby;

import org.standfest.replication.source.ByteRange;
import org.standfest.replication.source.Changes;
import org.standfest.replication.source.DiskView;
import org.standfest.replication.source.ForwardingSnapshot;
import org.standfest.replication.source.Snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A snapshot for a receiver that has another state than the one since which changes are tracked:
 * everything is compared. Closing and settling stay with who took it.
 *
 * @param taken the snapshot
 */
record UntrackedSnapshot(Snapshot taken) implements ForwardingSnapshot {

    @Override
    public DiskView disk(String volume) {
        return new Untracked(taken.disk(volume));
    }

    @Override
    public void settle(Settlement settlement) {
        throw new UnsupportedOperationException("settled by who took it");
    }

    @Override
    public void close() {
        // by who took it
    }

    private record Untracked(DiskView view) implements DiskView {

        @Override
        public long sizeBytes() {
            return view.sizeBytes();
        }

        @Override
        public int read(long position, ByteBuffer target) throws IOException {
            return view.read(position, target);
        }

        @Override
        public Changes changes() {
            return new Changes.Unknown(StandbyTexts.explain("standby.not-in-step"));
        }

        @Override
        public List<ByteRange> allocated() throws IOException {
            return view.allocated();
        }
    }
}
