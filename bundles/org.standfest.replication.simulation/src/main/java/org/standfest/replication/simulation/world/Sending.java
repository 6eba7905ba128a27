package org.standfest.replication.simulation.world;

import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.IncomingPoint;
import org.standfest.replication.pool.PointRequest;
import org.standfest.replication.pool.RecoveryPoint;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.DiskManifest;
import org.standfest.replication.protocol.manifest.TreeChange;
import org.standfest.replication.protocol.manifest.TreeEntry;
import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.replication.protocol.manifest.TreePath;
import org.standfest.results.Outcome;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** An agent that drives one session into the pool, act by act. */
final class Sending {

    /** As many records as the pool's log holds back. */
    private static final int MOST_LOST = 64;

    final String key;
    final State state;
    private final String system;
    private final RandomGenerator random;
    private final Deque<Supplier<Outcome<?>>> todo = new ArrayDeque<>();
    private final Map<String, Set<Long>> acknowledged = new HashMap<>();
    private IncomingPoint point;
    private boolean killed;

    Sending(String system, String key, State state, RandomGenerator random) {
        this.system = system;
        this.key = key;
        this.state = state;
        this.random = random;
    }

    /** Opens or opens again. */
    Outcome<?> begin(ImagePool pool, long epoch, Instant now) {
        Outcome<List<RecoveryPoint>> points = pool.points(system);
        if (!points.isDone()) {
            return points;
        }
        Optional<String> basis = points.orThrow().stream().findFirst().map(RecoveryPoint::id);
        PointRequest request =
                new PointRequest(
                        system,
                        key,
                        epoch,
                        now,
                        basis,
                        state.volumes(),
                        Map.of("machine", "small"));
        Outcome<IncomingPoint> begun = pool.begin(request);
        begun.result().ifPresent(opened -> plan(pool, opened));
        return begun;
    }

    boolean isOpen() {
        return point != null;
    }

    boolean isComplete() {
        return todo.isEmpty();
    }

    /** The process of the pool is gone. */
    void broke() {
        point = null;
        todo.clear();
    }

    private void plan(ImagePool pool, IncomingPoint opened) {
        point = opened;
        todo.clear();
        List<Supplier<Outcome<?>>> acts = new ArrayList<>();
        state.disks()
                .forEach(
                        (name, disk) -> {
                            DiskManifest basis =
                                    pool.diskManifest(system, name)
                                            .result()
                                            .orElse(DiskManifest.zero(disk.sizeBytes()));
                            disk.manifest()
                                    .forEachChangeFrom(
                                            basis, index -> acts.add(block(name, disk, index)));
                        });
        Collections.shuffle(acts, Random.from(random));
        state.trees()
                .forEach(
                        (name, tree) -> {
                            TreeManifest basis =
                                    pool.treeManifest(system, name)
                                            .result()
                                            .orElse(TreeManifest.EMPTY);
                            changes(name, tree, basis, acts);
                        });
        todo.addAll(acts);
    }

    private Supplier<Outcome<?>> block(String volume, SourceDisk disk, long index) {
        boolean ask = random.nextInt(3) == 0;
        boolean lie = random.nextInt(12) == 0;
        return () -> {
            BlockHash hash = disk.manifest().hash(index);
            if (point.stagedHash(volume, index).equals(Optional.of(hash))) {
                return Outcome.done();
            }
            if (hash.isZero()) {
                return point.putZero(volume, index, 1);
            }
            if (ask) {
                Outcome<Boolean> known = point.putKnown(volume, index, hash);
                if (!known.isDone() || known.orThrow()) {
                    return known;
                }
            }
            if (lie) {
                Block wrong = disk.block(index).changed(random);
                Outcome<Void> taken = point.putBlock(volume, index, hash, wrong.buffer());
                Broken.unless(!taken.isDone() || wrong.hash().equals(hash), "a lie was believed");
            }
            Outcome<Void> put = point.putBlock(volume, index, hash, disk.block(index).buffer());
            if (put.isDone()) {
                acknowledged.computeIfAbsent(volume, _ -> new HashSet<>()).add(index);
            }
            return put;
        };
    }

    private void changes(
            String volume, SourceTree tree, TreeManifest basis, List<Supplier<Outcome<?>>> acts) {
        List<BlockHash> needed = new ArrayList<>();
        for (TreeChange change : tree.manifest().changesSince(basis)) {
            switch (change) {
                case TreeChange.Put(TreeEntry entry) -> {
                    acts.add(() -> point.putEntry(volume, entry));
                    for (int i = 0; i < entry.blocks().size(); i++) {
                        needed.add(entry.blocks().get(i));
                    }
                }
                case TreeChange.Removed(TreePath path) ->
                        acts.add(() -> point.removeEntry(volume, path));
            }
        }
        acts.add(() -> askAndPut(tree, needed));
    }

    private Outcome<?> askAndPut(SourceTree tree, List<BlockHash> needed) {
        Outcome<Set<BlockHash>> lacking = point.lacking(needed);
        if (lacking.isDone()) {
            for (BlockHash hash : needed) {
                if (lacking.orThrow().contains(hash)) {
                    todo.addLast(() -> point.putContent(hash, tree.content(hash).buffer()));
                }
            }
        }
        return lacking;
    }

    /** The next act; what became of it. One that failed has to be done again. */
    Outcome<?> step() {
        Supplier<Outcome<?>> act = todo.removeFirst();
        Outcome<?> outcome = act.get();
        if (!outcome.isDone()) {
            todo.addFirst(act);
        }
        return outcome;
    }

    /**
     * After the pool's process was killed (and the machine lived on): of what was acknowledged only
     * the last acts may have to be done again. What is lost is owed by the agent from now on, so it
     * is counted once, and not again before it was sent again.
     */
    void checkProgressKept() {
        int lost = 0;
        for (Map.Entry<String, Set<Long>> volume : acknowledged.entrySet()) {
            SourceDisk disk = state.disks().get(volume.getKey());
            int before = volume.getValue().size();
            volume.getValue()
                    .removeIf(
                            index ->
                                    !point.stagedHash(volume.getKey(), index)
                                            .equals(Optional.of(disk.manifest().hash(index))));
            lost += before - volume.getValue().size();
        }
        Broken.unless(lost <= MOST_LOST, lost + " blocks have to be sent twice");
        Broken.unless(lost == 0 || killed, "after a break alone blocks have to be sent twice");
        Broken.unless(acknowledged.isEmpty() || point.resumed(), "a session was not resumed");
        killed = false;
    }

    /** The pool's process was killed. */
    void killed() {
        killed = true;
    }

    /** After a power failure anything may have to be sent again. */
    void forgetProgress() {
        acknowledged.clear();
    }

    IncomingPoint point() {
        return point;
    }
}
