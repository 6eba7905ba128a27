package org.standfest.replication.simulation.world;

import org.standfest.replication.pool.PointRequest;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.BlockHash;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** A protected system at one instant: what a recovery point must be equal to. Immutable. */
record State(Map<String, SourceDisk> disks, Map<String, SourceTree> trees) {

    static State random(RandomGenerator random) {
        Map<String, SourceDisk> disks = new TreeMap<>();
        Map<String, SourceTree> trees = new TreeMap<>();
        int kinds = 1 + random.nextInt(3);
        if ((kinds & 1) != 0) {
            disks.put("disk0", SourceDisk.random(random));
        }
        if ((kinds & 2) != 0) {
            trees.put("files", SourceTree.random(random));
        }
        return new State(disks, trees);
    }

    State changed(RandomGenerator random) {
        Map<String, SourceDisk> newDisks = new TreeMap<>();
        Map<String, SourceTree> newTrees = new TreeMap<>();
        disks.forEach(
                (name, disk) -> {
                    SourceDisk sized = random.nextInt(8) == 0 ? disk.resized(random) : disk;
                    newDisks.put(name, sized.changed(random));
                });
        trees.forEach((name, tree) -> newTrees.put(name, tree.changed(random)));
        if (random.nextInt(12) == 0) {
            newDisks.putIfAbsent("disk1", SourceDisk.random(random));
        }
        return new State(newDisks, newTrees);
    }

    /** Without volumes that another state does not have. */
    State keeping(State other) {
        Map<String, SourceDisk> kept = new TreeMap<>(disks);
        kept.keySet().retainAll(other.disks.keySet());
        return new State(kept, trees);
    }

    List<PointRequest.Volume> volumes() {
        List<PointRequest.Volume> volumes = new ArrayList<>();
        disks.forEach(
                (name, disk) ->
                        volumes.add(
                                new PointRequest.Volume(name, VolumeKind.DISK, disk.sizeBytes())));
        trees.forEach((name, _) -> volumes.add(new PointRequest.Volume(name, VolumeKind.TREE, 0)));
        return volumes;
    }

    Map<String, BlockHash> roots() {
        Map<String, BlockHash> roots = new TreeMap<>();
        disks.forEach((name, disk) -> roots.put(name, disk.manifest().root()));
        trees.forEach((name, tree) -> roots.put(name, tree.manifest().root()));
        return roots;
    }
}
