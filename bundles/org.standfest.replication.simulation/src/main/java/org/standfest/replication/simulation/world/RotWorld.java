package org.standfest.replication.simulation.world;

import org.standfest.replication.simulation.disk.DiskRules;
import org.standfest.replication.simulation.disk.SimDisk;
import org.standfest.replication.simulation.machine.SimClock;

import java.util.Set;
import java.util.SplittableRandom;

/**
 * The image pool on a disk whose bits turn: what it calls intact has to be, a repair and a scrub
 * have to find the rest, and the agent's next session has to bring it again.
 */
public final class RotWorld implements World {

    /** The world of bit rot. */
    public RotWorld() {
        // nothing to keep
    }

    @Override
    public String name() {
        return "rot";
    }

    @Override
    public Result live(long seed, Set<Integer> without, Sabotage sabotage, Journal journal) {
        SplittableRandom random = new SplittableRandom(seed ^ 0x5eed_0003L);
        SimClock clock = new SimClock();
        Faults faults = new Faults(seed, without, journal);
        SimDisk disk = new SimDisk(DiskRules.random(random), random.split(), clock::wallNanos);
        PoolWorld.furnish(disk);
        RotLife life = new RotLife(random, clock, disk, sabotage, journal, faults);
        life.run(8 + random.nextInt(20));
        Broken.unless(disk.violations().isEmpty(), "touched: " + disk.violations());
        return new Result(faults.count(), life.committed());
    }
}
