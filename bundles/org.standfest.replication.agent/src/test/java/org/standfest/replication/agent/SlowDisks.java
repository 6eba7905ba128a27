package org.standfest.replication.agent;

import org.standfest.replication.source.ByteRange;
import org.standfest.replication.source.Changes;
import org.standfest.replication.source.DiskView;
import org.standfest.replication.source.Presence;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.SnapshotProvider;
import org.standfest.replication.source.SnapshotRequest;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Disks of 64 MiB that are read slowly, so that there is time to cancel. */
final class SlowDisks implements SnapshotProvider {

    private static final long SIZE = 64L << 20;

    volatile boolean slow = true;
    volatile Snapshot.Settlement settled;
    volatile int taken;

    @Override
    public String kind() {
        return "slow";
    }

    @Override
    public Presence presence(VolumeSource volume) {
        return new Presence(Presence.State.THERE, Explanation.rendered("slow", "slow", "", ""));
    }

    @Override
    public Outcome<Snapshot> take(SnapshotRequest request) {
        taken++;
        return Outcome.done(new Slow());
    }

    private final class Slow implements Snapshot, DiskView {

        @Override
        public Instant takenAt() {
            return Instant.now();
        }

        @Override
        public DiskView disk(String volume) {
            return this;
        }

        @Override
        public Path tree(String volume) {
            throw new IllegalArgumentException(volume);
        }

        @Override
        public boolean frozen() {
            return true;
        }

        @Override
        public Map<String, String> machine() {
            return Map.of();
        }

        @Override
        public void settle(Settlement settlement) {
            settled = settlement;
        }

        @Override
        public void close() {
            // Nothing was opened.
        }

        @Override
        public long sizeBytes() {
            return SIZE;
        }

        @Override
        public int read(long position, ByteBuffer target) throws IOException {
            try {
                Thread.sleep(slow ? 200 : 0);
            } catch (InterruptedException interrupted) {
                throw new IOException(interrupted);
            }
            int count = (int) Math.min(target.remaining(), SIZE - position);
            for (int i = 0; i < count; i++) {
                target.put((byte) ((position + i) / 9973));
            }
            return count;
        }

        @Override
        public Changes changes() {
            return new Changes.Unknown(Explanation.rendered("slow", "slow", "", ""));
        }

        @Override
        public List<ByteRange> allocated() {
            return List.of(new ByteRange(0, SIZE));
        }
    }
}
