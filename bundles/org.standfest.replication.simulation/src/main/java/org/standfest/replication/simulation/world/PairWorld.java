package org.standfest.replication.simulation.world;

import org.standfest.replication.simulation.disk.DiskRules;
import org.standfest.replication.simulation.disk.SimDisk;
import org.standfest.replication.simulation.machine.Scheduler;
import org.standfest.replication.simulation.machine.SimClock;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * An agent and a standby with all their threads, on lines that are slow and break, with deaths of
 * either or both at any act, a copied agent, lost change tracking, and the pool's upkeep beside.
 */
public final class PairWorld implements World {

    /** The world of agent and standby. */
    public PairWorld() {
        // nothing to keep
    }

    @Override
    public String name() {
        return "pair";
    }

    @Override
    public Result live(long seed, Set<Integer> without, Sabotage sabotage, Journal journal) {
        SplittableRandom random = new SplittableRandom(seed ^ 0x5eed_0002L);
        SimClock clock = new SimClock();
        Scheduler scheduler = new Scheduler(random.split(), clock);
        Stage stage = new Stage(scheduler, clock, journal);
        Faults faults = new Faults(seed, without, journal);
        DiskRules rules = DiskRules.random(random);
        SimDisk poolDisk = new SimDisk(rules, random.split(), clock::wallNanos);
        PoolWorld.furnish(poolDisk);
        SimDisk agentDisk = new SimDisk(rules, random.split(), clock::wallNanos);
        furnish(agentDisk);
        PairLife life = new PairLife(stage, random, poolDisk, agentDisk, sabotage, faults);
        scheduler.start("world", life::run);
        boolean over = scheduler.run();
        stage.throwWhatBroke();
        Broken.unless(over, "a hang: " + life.doing());
        Broken.unless(poolDisk.violations().isEmpty(), "touched: " + poolDisk.violations());
        return new Result(faults.count(), life.acknowledged());
    }

    private static void furnish(SimDisk disk) {
        try {
            for (String name : new String[] {"/agent", "/clone", "/machine", "/copy"}) {
                disk.makeFree(Path.of(name));
            }
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
