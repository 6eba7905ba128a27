package org.standfest.replication.simulation.world;

import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.simulation.disk.Act;
import org.standfest.replication.simulation.disk.ProcessEnd;
import org.standfest.replication.source.ByteRange;
import org.standfest.replication.source.Changes;
import org.standfest.replication.source.DiskView;
import org.standfest.replication.source.Presence;
import org.standfest.replication.source.Snapshot;
import org.standfest.replication.source.SnapshotProvider;
import org.standfest.replication.source.SnapshotRequest;
import org.standfest.replication.source.VolumeSource;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * A protected machine with change tracking that is sometimes lost. It outlives the agent's process;
 * {@link #provider} is its door for one process.
 */
final class SimSource {

    private static final Catalog TEXTS = Catalog.beside(SnapshotProvider.class);

    private final States states;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final TreeHome trees;
    private final Sabotage sabotage;
    private int current;
    private String trackedToken = "";
    private int trackedState;
    private int open;

    SimSource(
            States states,
            RandomGenerator random,
            InstantSource clock,
            TreeHome trees,
            Sabotage sabotage) {
        this.sabotage = sabotage;
        this.states = states;
        this.random = random;
        this.clock = clock;
        this.trees = trees;
        this.current = states.add(State.random(random));
        trees.become(states.get(current));
    }

    /** Another machine with the same content, as after copying a virtual machine. */
    SimSource(SimSource copied, RandomGenerator random, TreeHome trees) {
        this.sabotage = copied.sabotage;
        this.states = copied.states;
        this.random = random;
        this.clock = copied.clock;
        this.trees = trees;
        this.current = copied.current;
        this.trackedToken = copied.trackedToken;
        this.trackedState = copied.trackedState;
        trees.become(states.get(current));
    }

    /** The number of the state it has now. */
    int current() {
        return current;
    }

    boolean hasTrees() {
        return !states.get(current).trees().isEmpty();
    }

    /** The machine works; not while somebody reads a tree that nothing holds still. */
    void change() {
        if (open == 0 || !hasTrees()) {
            State before = states.get(current);
            State after = before.changed(random);
            // the volumes of a protected system are what its file says
            State same = after.keeping(before);
            current = states.add(same);
            trees.become(same);
        }
    }

    /** The processes that read are gone. */
    void allClosed() {
        open = 0;
    }

    List<VolumeSource> volumes() {
        List<VolumeSource> volumes = new ArrayList<>();
        State state = states.get(current);
        for (String disk : state.disks().keySet()) {
            volumes.add(new VolumeSource(disk, VolumeKind.DISK, "sim", disk));
        }
        for (String tree : state.trees().keySet()) {
            volumes.add(new VolumeSource(tree, VolumeKind.TREE, "sim", tree));
        }
        return volumes;
    }

    SnapshotProvider provider(BooleanSupplier alive) {
        return new Provider(alive);
    }

    private final class Provider implements SnapshotProvider {

        private final BooleanSupplier alive;

        Provider(BooleanSupplier alive) {
            this.alive = alive;
        }

        private void live() {
            if (!alive.getAsBoolean()) {
                throw new ProcessEnd(0);
            }
        }

        @Override
        public String kind() {
            return "sim";
        }

        @Override
        public Outcome<Snapshot> take(SnapshotRequest request) {
            live();
            open++;
            return Outcome.done(new View(this, current, request.basisToken()));
        }

        @Override
        public Presence presence(VolumeSource volume) {
            return new Presence(Presence.State.THERE, TEXTS.explain("simulated"));
        }
    }

    private final class View implements Snapshot {

        private final Provider provider;
        private final int number;
        private final State state;
        private final Optional<String> basis;
        private final Instant takenAt = clock.instant();
        private boolean closed;

        View(Provider provider, int number, Optional<String> basis) {
            this.provider = provider;
            this.number = number;
            this.state = states.get(number);
            this.basis = basis;
        }

        @Override
        public Instant takenAt() {
            return takenAt;
        }

        @Override
        public DiskView disk(String volume) {
            return new Disk(provider, volume, state.disks().get(volume), basis);
        }

        @Override
        public Path tree(String volume) {
            return trees.place(volume);
        }

        @Override
        public boolean frozen() {
            return state.trees().isEmpty();
        }

        @Override
        public Map<String, String> machine() {
            return Map.of("state", Integer.toString(number));
        }

        @Override
        public void settle(Settlement settlement) {
            provider.live();
            if (settlement instanceof Settlement.Committed(String token)) {
                trackedToken = token;
                trackedState = number;
            }
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                open = Math.max(0, open - 1);
            }
        }
    }

    private final class Disk implements DiskView {

        private final Provider provider;
        private final String volume;
        private final SourceDisk disk;
        private final Optional<String> basis;

        Disk(Provider provider, String volume, SourceDisk disk, Optional<String> basis) {
            this.provider = provider;
            this.volume = volume;
            this.disk = disk;
            this.basis = basis;
        }

        @Override
        public long sizeBytes() {
            return disk.sizeBytes();
        }

        @Override
        public int read(long position, ByteBuffer target) throws IOException {
            provider.live();
            int count = (int) Math.clamp(disk.sizeBytes() - position, 0, target.remaining());
            for (int done = 0; done < count; ) {
                long at = position + done;
                byte[] block = disk.block(at / Blocks.SIZE).bytes();
                int offset = (int) (at % Blocks.SIZE);
                int length = Math.min(count - done, block.length - offset);
                target.put(block, offset, length);
                done += length;
            }
            return count;
        }

        @Override
        public Changes changes() {
            SourceDisk before = states.get(trackedState).disks().get(volume);
            boolean known =
                    basis.equals(Optional.of(trackedToken))
                            && before != null
                            && before.sizeBytes() == disk.sizeBytes()
                            && random.nextInt(4) > 0;
            if (!known) {
                return new Changes.Unknown(TEXTS.explain("simulated"));
            }
            List<ByteRange> ranges = new ArrayList<>();
            for (long i = 0; i < Blocks.count(disk.sizeBytes()); i++) {
                boolean differs = disk.block(i) != before.block(i);
                boolean lied = differs && sabotage.skips(Act.READ, "/tracking");
                if (!lied && (differs || random.nextInt(8) == 0)) {
                    ranges.add(new ByteRange(i * Blocks.SIZE, Blocks.length(i, disk.sizeBytes())));
                }
            }
            return new Changes.Tracked(ranges);
        }

        @Override
        public List<ByteRange> allocated() {
            List<ByteRange> ranges = new ArrayList<>();
            for (long i = 0; i < Blocks.count(disk.sizeBytes()); i++) {
                if (!disk.block(i).hash().isZero() || random.nextInt(3) == 0) {
                    ranges.add(new ByteRange(i * Blocks.SIZE, Blocks.length(i, disk.sizeBytes())));
                }
            }
            return ranges;
        }
    }
}
