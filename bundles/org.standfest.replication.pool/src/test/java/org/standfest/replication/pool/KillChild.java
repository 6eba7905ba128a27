package org.standfest.replication.pool;

import org.standfest.replication.protocol.manifest.Blocks;

import java.nio.file.Path;
import java.util.Map;

/** A process that commits without end until it is killed; every state follows from its number. */
final class KillChild {

    private KillChild() {}

    static TestDisk disk(long number) {
        TestDisk disk = new TestDisk(64 * Blocks.SIZE);
        for (int block = 0; block < 64; block++) {
            // a block changes in every seventh state
            long generation = (number + block) / 7;
            if (generation % 5 != 0) {
                disk.fill(block, block * 1_000L + generation);
            }
        }
        return disk;
    }

    static TestTree tree(long number) {
        TestTree tree = new TestTree();
        for (int i = 0; i < 12; i++) {
            long generation = (number + i) / 3;
            String directory = "d" + (generation + i) % 4;
            tree.directory(directory);
            tree.file(
                    directory + "/f" + i,
                    500 + (int) (generation * 7_919 % 200_000),
                    generation * 100 + i);
        }
        tree.symlink("number", Long.toString(number));
        return tree;
    }

    /** Arguments: the pool. */
    public static void main(String[] arguments) {
        ImagePool pool = PoolDriver.openDurably(Path.of(arguments[0]));
        PoolDriver.addSystem(pool);
        System.out.println("ready");
        while (true) {
            long next =
                    pool.points("s").orThrow().stream()
                                    .findFirst()
                                    .map(RecoveryPoint::number)
                                    .orElse(0L)
                            + 1;
            PoolDriver.replicate(
                    pool, "state" + next, Map.of("disk0", disk(next)), Map.of("files", tree(next)));
            System.out.println("<" + next + ">");
        }
    }
}
