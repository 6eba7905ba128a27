package org.standfest.replication.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.replication.protocol.manifest.TreePath;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Nobody holds files open under the pool while no one is at work, whichever single call of a file
 * fails: opening, reading, writing, syncing, closing. Only the pool's lock stays, and one file for
 * each customer's index. A system property {@code standfest.crash.all} lets every call fail,
 * otherwise every 401st.
 */
final class HeldFilesTest {

    private static final int STEP = Boolean.getBoolean("standfest.crash.all") ? 1 : 401;

    @TempDir Path directory;

    /** Something that is done with a pool; what becomes of it does not matter here. */
    private record Work(String name, Function<ImagePool, Object> act) {}

    private final List<TestTree> trees = TreePoolTest.history();

    private TestDisk disk(int state) {
        TestDisk disk = new TestDisk(5 * Blocks.SIZE + 512);
        disk.fill(0, 7);
        disk.fill(1 + state % 3, 10 + state);
        return disk;
    }

    private Object added(ImagePool pool, String system) {
        pool.addSystem(system, "Server").orThrow();
        return pool.setRules(system, new SystemRules("customer", 0, Duration.ZERO));
    }

    /** A session that is closed as the standby closes it, whatever became of it. */
    private Object session(ImagePool pool, String key, int state, Function<Sent, Object> ending) {
        Map<String, TestDisk> disks = Map.of("disk0", disk(state));
        Map<String, TestTree> volumes = Map.of("files", trees.get(state));
        try (IncomingPoint point =
                pool.begin(PoolDriver.request(pool, key, disks, volumes)).orThrow()) {
            return ending.apply(new Sent(point, PoolDriver.send(pool, point, disks, volumes)));
        }
    }

    private record Sent(IncomingPoint point, Map<String, BlockHash> roots) {
        Object commit() {
            return point.commit(roots, Progress.NONE);
        }
    }

    private Object group(ImagePool pool, Sent sent) {
        sent.point().prepare(sent.roots(), "night", Progress.NONE).orThrow();
        return pool.commitGroup("night", List.of(sent.point()));
    }

    /** The content of the first system's disk under another name: found through the customer. */
    private Object other(ImagePool pool) {
        BlockHash first = disk(0).manifest().hash(0);
        PointRequest.Volume volume =
                new PointRequest.Volume("copy", VolumeKind.DISK, 2 * Blocks.SIZE);
        PointRequest request =
                new PointRequest(
                        "t",
                        "other",
                        1,
                        PoolDriver.TAKEN,
                        Optional.empty(),
                        List.of(volume),
                        Map.of());
        try (IncomingPoint point = pool.begin(request).orThrow()) {
            return point.putKnown("copy", 0, first).orThrow();
        }
    }

    private Object rot(ImagePool pool) {
        Path image = pool.newestImage("s", "disk0").orThrow();
        try {
            byte[] bytes = Files.readAllBytes(image);
            bytes[100] ^= 1;
            Files.write(image, bytes);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        pool.upkeep().scrub("s", ScrubPace.UNLIMITED, Progress.NONE);
        return pool.upkeep().wanted("s");
    }

    private Object repaired(ImagePool pool) {
        return session(
                pool,
                "mends",
                3,
                sent -> {
                    byte[] content = Arrays.copyOf(disk(3).content, Blocks.SIZE);
                    for (WantedBlock wanted : pool.upkeep().wanted("s").orThrow()) {
                        sent.point().repair(wanted, ByteBuffer.wrap(content));
                    }
                    return sent.commit();
                });
    }

    private List<Work> life(Path out) {
        Progress none = Progress.NONE;
        return List.of(
                new Work("add", pool -> added(pool, "s")),
                new Work("add another", pool -> added(pool, "t")),
                new Work("first copy, broken off", pool -> session(pool, "a", 0, sent -> sent)),
                new Work("first copy, other key", pool -> session(pool, "b", 0, sent -> sent)),
                new Work("first copy", pool -> session(pool, "b", 0, Sent::commit)),
                new Work("increment, broken off", pool -> session(pool, "c", 1, sent -> sent)),
                new Work("increment", pool -> session(pool, "c", 1, Sent::commit)),
                new Work("group", pool -> session(pool, "d", 2, sent -> group(pool, sent))),
                new Work("content of others", this::other),
                new Work("verify", pool -> pool.verify("s", none)),
                new Work("export", pool -> pool.export("s", 1, out.resolve("old"), none)),
                new Work(
                        "export of a volume",
                        pool ->
                                pool.access()
                                        .exportVolume("s", 2, "disk0", out.resolve("disk"), none)),
                new Work(
                        "single file",
                        pool ->
                                pool.access()
                                        .restore(
                                                "s",
                                                1,
                                                "files",
                                                TreePath.of("etc"),
                                                out.resolve("etc"),
                                                none)),
                new Work(
                        "read",
                        pool ->
                                pool.access()
                                        .read("s", 1, "disk0", 9, ByteBuffer.allocate(200_000))),
                new Work("mount hint", pool -> pool.access().mountHint("s", 3, "disk0")),
                new Work("space", ImagePool::space),
                new Work("rot", this::rot),
                new Work("mended by a session", this::repaired),
                new Work("fsck", pool -> pool.upkeep().repair("s", true, none)),
                new Work("one point less", pool -> pool.retention().remove("s", 2, none)),
                new Work("prune", pool -> pool.keepLast("s", 1)),
                new Work("remove", pool -> pool.removeSystem("s")));
    }

    private static void idle(CrashingFiles files, String after) {
        List<String> held = new ArrayList<>(files.stillOpen());
        held.removeIf(name -> name.endsWith("/pool.lock"));
        assertTrue(held.size() < 2, () -> after + ": " + held);
        assertTrue(held.stream().allMatch(name -> name.endsWith(".index")), () -> after + held);
    }

    /** Everything a pool is there for; the calls of files that it took. */
    private long live(CrashingFiles files, String name) throws IOException {
        Path at = directory.resolve(name);
        Files.createDirectories(at.resolve("out"));
        Outcome<ImagePool> opened =
                PoolDriver.opener(files).open(at.resolve("pool"), PoolDriver.SETTINGS);
        if (!opened.isDone()) {
            assertEquals(List.of(), files.stillOpen(), name + " not opened");
            return files.changes();
        }
        try (ImagePool pool = opened.orThrow()) {
            for (Work work : life(at.resolve("out"))) {
                try {
                    work.act().apply(pool);
                } catch (IllegalStateException refused) {
                    assertTrue(files.crashed(), () -> work.name() + ": " + refused);
                }
                idle(files, name + " after " + work.name());
            }
        }
        assertEquals(List.of(), files.stillOpen(), name + " closed");
        new LocalPoolFiles().deleteTree(at);
        return files.changes();
    }

    @Test
    void nobodyHoldsFilesOpenUnderThePoolWhileNoOneIsAtWork() throws IOException {
        long calls = live(CrashingFiles.stumblingAt(Long.MAX_VALUE), "all goes well");
        assertTrue(calls > 1_000, () -> "only " + calls);
        for (long at = 1; at <= calls; at += STEP) {
            live(CrashingFiles.stumblingAt(at), "call " + at);
        }
    }
}
