package org.standfest.replication.pool;

import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.replication.pool.files.PoolFiles;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.DiskManifest;
import org.standfest.replication.protocol.manifest.TreeManifest;
import org.standfest.results.Outcome;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Plays standby and agent around one system {@code s} in a pool. */
final class PoolDriver {

    static final Instant TAKEN = Instant.parse("2026-11-22T10:00:00Z");
    static final PoolSettings SETTINGS = new PoolSettings(0);

    private PoolDriver() {}

    static PoolOpener opener(PoolFiles files) {
        return new PoolOpener(files, Clock.fixed(TAKEN, ZoneOffset.UTC), new Random(42));
    }

    /**
     * Without waiting for the disk at every sync: only a power failure would tell the difference.
     */
    static ImagePool open(Path directory) {
        return opener(new CrashingFiles(Long.MAX_VALUE)).open(directory, SETTINGS).orThrow();
    }

    /** With everything a product does. */
    static ImagePool openDurably(Path directory) {
        return opener(new LocalPoolFiles()).open(directory, SETTINGS).orThrow();
    }

    static ImagePool openWithSystem(Path directory) {
        ImagePool pool = open(directory);
        addSystem(pool);
        return pool;
    }

    static void addSystem(ImagePool pool) {
        pool.addSystem("s", "Server").orThrow();
    }

    static PointRequest request(
            ImagePool pool, String key, Map<String, TestDisk> disks, Map<String, TestTree> trees) {
        List<PointRequest.Volume> volumes = new ArrayList<>();
        disks.forEach(
                (name, disk) ->
                        volumes.add(
                                new PointRequest.Volume(
                                        name, VolumeKind.DISK, disk.content.length)));
        trees.forEach(
                (name, tree) -> volumes.add(new PointRequest.Volume(name, VolumeKind.TREE, 0)));
        Optional<String> basis =
                pool.points("s").orThrow().stream().findFirst().map(RecoveryPoint::id);
        long epoch = pool.system("s").orElseThrow().epoch();
        return new PointRequest(
                "s", key, epoch, TAKEN, basis, volumes, Map.of("machine.cpus", "2"));
    }

    /** Sends everything that differs from the newest point and returns the roots for the commit. */
    static Map<String, BlockHash> send(
            ImagePool pool,
            IncomingPoint point,
            Map<String, TestDisk> disks,
            Map<String, TestTree> trees) {
        Map<String, BlockHash> roots = new LinkedHashMap<>();
        boolean first = pool.points("s").orThrow().isEmpty();
        disks.forEach(
                (name, disk) -> {
                    DiskManifest basis =
                            first
                                    ? DiskManifest.zero(disk.content.length)
                                    : pool.diskManifest("s", name)
                                            .result()
                                            .orElse(DiskManifest.zero(disk.content.length));
                    disk.send(point, name, basis);
                    roots.put(name, disk.manifest().root());
                });
        trees.forEach(
                (name, tree) -> {
                    TreeManifest basis =
                            first
                                    ? TreeManifest.EMPTY
                                    : pool.treeManifest("s", name)
                                            .result()
                                            .orElse(TreeManifest.EMPTY);
                    tree.send(point, name, basis);
                    roots.put(name, tree.manifest().root());
                });
        return roots;
    }

    static RecoveryPoint replicate(
            ImagePool pool, String key, Map<String, TestDisk> disks, Map<String, TestTree> trees) {
        IncomingPoint point = pool.begin(request(pool, key, disks, trees)).orThrow();
        return point.commit(send(pool, point, disks, trees), Progress.NONE).orThrow();
    }

    /** Why something was refused or failed. */
    static String code(Outcome<?> outcome) {
        return outcome.problem().orElseThrow().code();
    }
}
