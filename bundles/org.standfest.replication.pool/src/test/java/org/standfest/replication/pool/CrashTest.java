package org.standfest.replication.pool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.replication.pool.files.LocalPoolFiles;
import org.standfest.replication.protocol.manifest.BlockHash;
import org.standfest.replication.protocol.manifest.Blocks;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Kills a small session at every single change it makes to the file system, and asks each time: is
 * the newest recovery point complete, is it a state that the source had, and does the next session
 * succeed? A system property {@code standfest.crash.all} takes every change, otherwise every
 * nineteenth.
 */
final class CrashTest {

    private static final int STEP = Boolean.getBoolean("standfest.crash.all") ? 1 : 19;

    @TempDir Path directory;

    private record State(TestDisk disk, TestTree tree) {

        Map<String, TestDisk> disks() {
            return Map.of("disk0", disk);
        }

        Map<String, TestTree> trees() {
            return Map.of("files", tree);
        }
    }

    private static List<State> states() {
        List<TestTree> trees = TreePoolTest.history();
        List<State> states = new ArrayList<>();
        TestDisk disk = new TestDisk(9 * Blocks.SIZE + 512);
        for (int i = 0; i < trees.size(); i++) {
            disk = disk.copy();
            disk.fill(i, 100 + i);
            disk.fill(9, 200 + i);
            disk.zero((i + 4) % 9);
            if (i == 2) {
                disk.resize(12 * Blocks.SIZE);
            }
            states.add(new State(disk, trees.get(i)));
        }
        return states;
    }

    /** What an agent does; ends where the machine dies. */
    private static boolean replicate(CrashingFiles files, Path at, State state, String key) {
        Outcome<ImagePool> opened = PoolDriver.opener(files).open(at, PoolDriver.SETTINGS);
        if (!opened.isDone()) {
            return false;
        }
        ImagePool pool = opened.orThrow();
        try {
            PoolDriver.addSystem(pool);
            IncomingPoint point =
                    pool.begin(PoolDriver.request(pool, key, state.disks(), state.trees()))
                            .orThrow();
            Map<String, BlockHash> roots =
                    PoolDriver.send(pool, point, state.disks(), state.trees());
            return point.commit(roots, Progress.NONE).isDone();
        } catch (IllegalStateException died) {
            assertTrue(files.crashed(), died::toString);
            return false;
        }
    }

    /** The number of the state that the newest point shows; -1 for none. */
    private int newestState(ImagePool pool, List<State> states) throws IOException {
        List<RecoveryPoint> points =
                pool.system("s").isEmpty() ? List.of() : pool.points("s").orThrow();
        if (points.isEmpty()) {
            return -1;
        }
        VerifyReport report = pool.verify("s", Progress.NONE).orThrow();
        assertTrue(report.intact(), report.findings()::toString);
        int number = (int) points.getFirst().number() - 1;
        State state = states.get(number);
        assertArrayEquals(
                state.disk().content, Files.readAllBytes(pool.newestImage("s", "disk0").orThrow()));
        assertEquals(
                List.of(),
                TreeReader.read(pool.newestImage("s", "files").orThrow())
                        .changesSince(state.tree().manifest()));
        return number;
    }

    private void prepare(Path at, List<State> states) {
        prepare(at, states, false);
    }

    private void prepare(Path at, List<State> states, boolean sharing) {
        CrashingFiles files = files(Long.MAX_VALUE, sharing);
        try (ImagePool pool = PoolDriver.opener(files).open(at, PoolDriver.SETTINGS).orThrow()) {
            PoolDriver.addSystem(pool);
            for (State state : states) {
                PoolDriver.replicate(pool, "earlier", state.disks(), state.trees());
            }
        }
    }

    private void crashEverywhere(int before) throws IOException {
        crashEverywhere(before, false);
        crashEverywhere(before, true);
    }

    private static CrashingFiles files(long crashAt, boolean sharing) {
        CrashingFiles files = new CrashingFiles(crashAt);
        return sharing ? files.sharing() : files;
    }

    private void crashEverywhere(int before, boolean sharing) throws IOException {
        List<State> states = states();
        CrashingFiles counting = files(Long.MAX_VALUE, sharing);
        Path trial = directory.resolve("trial" + sharing);
        prepare(trial, states.subList(0, before), sharing);
        assertTrue(replicate(counting, trial, states.get(before), "key"));
        counting.powerOff();
        long all = counting.changes();
        assertTrue(all > 50, "only " + all);
        Random random = new Random(before);
        for (long at = 1 + before % STEP; at <= all; at += STEP) {
            Path pool = directory.resolve("crash" + at);
            prepare(pool, states.subList(0, before), sharing);
            CrashingFiles crashing = files(at, sharing);
            boolean acknowledged = replicate(crashing, pool, states.get(before), "key");
            crashing.powerOff();
            // a second crash while the first is being repaired
            CrashingFiles again = files(1 + random.nextInt(40), sharing);
            PoolDriver.opener(again).open(pool, PoolDriver.SETTINGS);
            again.powerOff();
            check(pool, states, before, acknowledged, "crash at " + at);
            new LocalPoolFiles().deleteTree(pool);
        }
    }

    private void check(Path at, List<State> states, int before, boolean acknowledged, String where)
            throws IOException {
        try (ImagePool pool = PoolDriver.openWithSystem(at)) {
            int newest = newestState(pool, states);
            assertTrue(
                    newest == before || newest == before - 1 && !acknowledged,
                    where + " shows state " + newest);
            if (newest < before) {
                State state = states.get(before);
                PoolDriver.replicate(pool, "key", state.disks(), state.trees());
                assertEquals(before, newestState(pool, states), where);
            }
            for (int number = 0; number < before; number++) {
                Path out = directory.resolve("out");
                pool.export("s", number + 1, out, Progress.NONE).orThrow();
                assertArrayEquals(
                        states.get(number).disk().content,
                        Files.readAllBytes(out.resolve("disk0.img")));
                new LocalPoolFiles().deleteTree(out);
            }
        }
    }

    @Test
    void survivesACrashAtEveryChangeOfAFirstCopy() throws IOException {
        crashEverywhere(0);
    }

    @Test
    void survivesACrashAtEveryChangeOfAnIncrement() throws IOException {
        crashEverywhere(1);
    }

    @Test
    void survivesACrashAtEveryChangeOfALaterIncrement() throws IOException {
        crashEverywhere(2);
    }

    @Test
    void survivesACrashAtEveryChangeOfTheLast() throws IOException {
        crashEverywhere(3);
    }

    /** The process lives on after one failed change: nothing half done may be taken for done. */
    @Test
    void goesOnAfterOneFailedChangeAnywhere() throws IOException {
        List<State> states = states();
        Path trial = directory.resolve("trial");
        prepare(trial, states.subList(0, 2));
        CrashingFiles counting = new CrashingFiles(Long.MAX_VALUE);
        assertTrue(replicate(counting, trial, states.get(2), "key"));
        counting.powerOff();
        for (long at = 1; at <= counting.changes(); at += STEP) {
            Path pool = directory.resolve("fail" + at);
            prepare(pool, states.subList(0, 2));
            CrashingFiles failing = CrashingFiles.failingOnce(at);
            Outcome<ImagePool> opened = PoolDriver.opener(failing).open(pool, PoolDriver.SETTINGS);
            if (!opened.isDone()) {
                opened = PoolDriver.opener(failing).open(pool, PoolDriver.SETTINGS);
            }
            try (ImagePool open = opened.orThrow()) {
                retry(open, states.get(2), "fails at " + at);
                assertEquals(2, newestState(open, states), "fails at " + at);
            }
            check(pool, states, 2, true, "fails at " + at);
            new LocalPoolFiles().deleteTree(pool);
        }
    }

    private static void retry(ImagePool pool, State state, String where) {
        IllegalStateException last = null;
        for (int attempt = 0; attempt < 3; attempt++) {
            try {
                PoolDriver.addSystem(pool);
                if (pool.points("s").orThrow().getFirst().sessionKey().equals("key")) {
                    return;
                }
                PoolDriver.replicate(pool, "key", state.disks(), state.trees());
                return;
            } catch (IllegalStateException failed) {
                last = failed;
            }
        }
        throw new AssertionError(where, last);
    }
}
