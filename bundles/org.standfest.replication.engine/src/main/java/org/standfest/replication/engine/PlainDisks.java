package org.standfest.replication.engine;

import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.pool.files.TreeFiles;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.TreePath;
import org.standfest.replication.source.ByteRange;
import org.standfest.replication.source.Changes;
import org.standfest.replication.source.DiskView;
import org.standfest.replication.source.Presence;
import org.standfest.replication.source.Presence.State;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.SnapshotProvider;
import org.standfest.replication.source.SnapshotRequest;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Provider {@code file}: raw images and block devices as they lie there, without any snapshot.
 * Right for what nobody writes to meanwhile. Safe for any thread.
 */
public final class PlainDisks implements SnapshotProvider {

    private final PoolFiles files;
    private final InstantSource clock;

    /**
     * @param files tells where images have holes
     */
    public PlainDisks(PoolFiles files, InstantSource clock) {
        this.files = files;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return "file";
    }

    @Override
    public Presence presence(VolumeSource volume) {
        boolean there = Files.isReadable(Path.of(volume.address()));
        return new Presence(
                there ? State.THERE : State.GONE,
                Faults.TEXTS.explain(
                        there ? "engine.source-there" : "engine.source-gone", volume.address()));
    }

    @Override
    public Outcome<Snapshot> take(SnapshotRequest request) {
        Plain plain = new Plain(clock.instant());
        for (VolumeSource volume : request.volumes()) {
            Path file = Path.of(volume.address());
            if (volume.kind() != VolumeKind.DISK
                    || !Files.isReadable(file)
                    || Files.isDirectory(file)) {
                plain.close();
                return Outcome.refused(
                        Faults.TEXTS.explain("engine.source-gone", volume.address()));
            }
            try {
                plain.views.put(volume.name(), new PlainView(file));
            } catch (IOException unreadable) {
                plain.close();
                return Outcome.failed(
                        Faults.TEXTS.explain(
                                "engine.source-unreadable",
                                volume.name(),
                                String.valueOf(unreadable.getMessage())),
                        unreadable);
            }
        }
        return Outcome.done(plain);
    }

    private static final class Plain implements Snapshot {

        private final Map<String, PlainView> views = new HashMap<>();
        private final Instant takenAt;

        Plain(Instant takenAt) {
            this.takenAt = takenAt;
        }

        @Override
        public Instant takenAt() {
            return takenAt;
        }

        @Override
        public DiskView disk(String volume) {
            PlainView view = views.get(volume);
            if (view == null) {
                throw new IllegalArgumentException("no disk " + volume);
            }
            return view;
        }

        @Override
        public Path tree(String volume) {
            throw new IllegalArgumentException("no tree " + volume);
        }

        @Override
        public boolean frozen() {
            return false;
        }

        @Override
        public Map<String, String> machine() {
            return Map.of();
        }

        @Override
        public void settle(Settlement settlement) {
            // Nothing is tracked, so nothing has to be told.
        }

        @Override
        public void close() {
            views.values().forEach(PlainView::close);
        }
    }

    private final class PlainView implements DiskView {

        private final Path file;
        private final FileChannel channel;
        private final long sizeBytes;

        PlainView(Path file) throws IOException {
            this.file = file;
            channel = FileChannel.open(file, StandardOpenOption.READ);
            sizeBytes = channel.size();
        }

        @Override
        public long sizeBytes() {
            return sizeBytes;
        }

        @Override
        public int read(long position, ByteBuffer target) throws IOException {
            return DiskView.read(channel, sizeBytes, position, target);
        }

        @Override
        public Changes changes() {
            return new Changes.Unknown(Faults.TEXTS.explain("engine.no-tracking"));
        }

        @Override
        public List<ByteRange> allocated() throws IOException {
            if (sizeBytes == 0) {
                return List.of();
            }
            if (!Files.isRegularFile(file)) {
                return List.of(new ByteRange(0, sizeBytes));
            }
            Path real = file.toRealPath();
            List<ByteRange> allocated = new ArrayList<>();
            long next = 0;
            try (TreeFiles folder = files.tree(real.getParent())) {
                for (var hole : folder.holes(TreePath.of(real.getFileName().toString()))) {
                    if (hole.position() > next) {
                        allocated.add(
                                new ByteRange(next, Math.min(hole.position(), sizeBytes) - next));
                    }
                    next = hole.end();
                }
            }
            if (next < sizeBytes) {
                allocated.add(new ByteRange(next, sizeBytes - next));
            }
            return allocated;
        }

        void close() {
            try {
                channel.close();
            } catch (IOException _) {
                // It was only read.
                return;
            }
        }
    }
}
