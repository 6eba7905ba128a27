package org.standfest.replication.simulation.world;

import org.standfest.replication.simulation.disk.DiskRules;
import org.standfest.replication.simulation.disk.SimDisk;
import org.standfest.replication.simulation.machine.SimClock;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The image pool on a disk that forgets, driven act by act by one agent for each system, with
 * deaths, power failures, a full disk and loose cables at any act.
 */
public final class PoolWorld implements World {

    static final Path EXPORTS = Path.of("/exports");

    /** The world of the pool. */
    public PoolWorld() {
        // nothing to keep
    }

    @Override
    public String name() {
        return "pool";
    }

    @Override
    public Result live(long seed, Set<Integer> without, Sabotage sabotage, Journal journal) {
        SplittableRandom random = new SplittableRandom(seed);
        SimClock clock = new SimClock();
        Faults faults = new Faults(seed, without, journal);
        DiskRules rules = DiskRules.random(random);
        SimDisk disk = new SimDisk(rules, random.split(), clock::wallNanos);
        furnish(disk);
        PoolLife life = new PoolLife(random, clock, disk, sabotage, journal, faults);
        life.run(12 + random.nextInt(40));
        return new Result(faults.count(), life.committed());
    }

    /** Places that are not the pool's, and the pool's. */
    static void furnish(SimDisk disk) {
        try {
            disk.makeFree(Path.of("/outside"));
            disk.makeFree(Path.of("/outside/secret"));
            disk.guardEverything();
            disk.makeFree(PoolHouse.POOL);
            disk.makeFree(EXPORTS);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
