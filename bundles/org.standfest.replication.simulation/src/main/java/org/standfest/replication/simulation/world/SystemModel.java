package org.standfest.replication.simulation.world;

import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.PooledSystem;
import org.standfest.replication.pool.RecoveryPoint;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** What the pool must say of one system, and what it may say while an answer is still owed. */
final class SystemModel {

    final String id;
    State source;
    boolean known;
    boolean perhapsKnown;
    long epoch = 1;
    boolean epochInDoubt;
    final Set<String> holds = new TreeSet<>();
    final Set<String> holdsInDoubt = new TreeSet<>();
    final TreeMap<Long, Point> points = new TreeMap<>();
    final Set<Long> removalInDoubt = new HashSet<>();
    Optional<Point> commitInDoubt = Optional.empty();

    /** A recovery point as the agent knows it. */
    record Point(long number, String key, State state) {}

    SystemModel(String id, RandomGenerator random) {
        this.id = id;
        this.source = State.random(random);
    }

    long nextNumber() {
        return points.isEmpty() ? 1 : points.lastKey() + 1;
    }

    /** Whether there is a hold, or the disk may have one whose writing was answered by an error. */
    boolean isPerhapsHeld() {
        return !holds.isEmpty() || !holdsInDoubt.isEmpty();
    }

    /** The state every session starts from. */
    Optional<Point> newest() {
        return points.isEmpty() ? Optional.empty() : Optional.of(points.lastEntry().getValue());
    }

    /** Compares what the pool says with what it has to say, and believes it where it may choose. */
    void check(ImagePool pool, NativeForm natives) {
        // whoever asks for more than the name lets a system be opened again that could not be
        boolean readable = pool.points(id).isDone();
        Optional<PooledSystem> shown = pool.system(id);
        Broken.unless(shown.isEmpty() || readable, "a system is shown that cannot be read");
        if (shown.isEmpty()) {
            Broken.unless(
                    !known, "system " + id + " was acknowledged and is gone: " + pool.damaged());
            perhapsKnown = false;
            return;
        }
        Broken.unless(known || perhapsKnown, "system " + id + " was never added");
        known = true;
        settleEpoch(shown.get().epoch());
        settleHolds(shown.get());
        settlePoints(pool.points(id).orThrow());
        checkNative(pool, natives);
    }

    private void settleEpoch(long found) {
        Broken.unless(
                found == epoch || epochInDoubt && found == epoch + 1,
                "epoch " + found + " instead of " + epoch);
        epoch = found;
        epochInDoubt = false;
    }

    private void settleHolds(PooledSystem shown) {
        Set<String> found = new TreeSet<>();
        shown.holds().forEach(hold -> found.add(hold.holder()));
        Set<String> differing = new TreeSet<>(found);
        differing.addAll(holds);
        differing.removeIf(holder -> found.contains(holder) == holds.contains(holder));
        Broken.unless(
                holdsInDoubt.containsAll(differing), "holds " + found + " instead of " + holds);
        holds.clear();
        // what was in doubt stays so until holds are written anew: a repair may prefer the copy
        holds.addAll(found);
    }

    private void settlePoints(List<RecoveryPoint> found) {
        if (commitInDoubt.isPresent()) {
            Point point = commitInDoubt.get();
            if (found.stream().anyMatch(other -> other.sessionKey().equals(point.key()))) {
                points.put(point.number(), point);
            }
            commitInDoubt = Optional.empty();
        }
        Set<Long> numbers = new HashSet<>();
        for (RecoveryPoint point : found) {
            numbers.add(point.number());
            Point expected = points.get(point.number());
            Broken.unless(
                    expected != null && expected.key().equals(point.sessionKey()),
                    "recovery point " + point.number() + " that nobody made: " + point);
            expected.state()
                    .roots()
                    .forEach(
                            (volume, root) ->
                                    Broken.unless(
                                            point.volume(volume).orElseThrow().root().equals(root),
                                            "root of " + volume + " in point " + point.number()));
        }
        Set<Long> missing = new TreeSet<>(points.keySet());
        missing.removeAll(numbers);
        Broken.unless(
                removalInDoubt.containsAll(missing),
                "recovery points " + missing + " of " + id + " are lost");
        points.keySet().retainAll(numbers);
        removalInDoubt.clear();
    }

    private void checkNative(ImagePool pool, NativeForm natives) {
        newest().ifPresent(
                        newest ->
                                compare(
                                        newest.state(),
                                        natives,
                                        volume -> pool.newestImage(id, volume).orThrow()));
    }

    /** Compares a native form with a state. */
    static void compare(
            State state, NativeForm natives, java.util.function.Function<String, Path> places) {
        state.disks()
                .forEach(
                        (name, disk) ->
                                natives.difference(places.apply(name), disk)
                                        .ifPresent(SystemModel::broken));
        state.trees()
                .forEach(
                        (name, tree) ->
                                natives.difference(places.apply(name), tree)
                                        .ifPresent(SystemModel::broken));
    }

    private static void broken(String difference) {
        throw new Broken(difference);
    }
}
