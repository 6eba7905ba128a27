package org.standfest.replication.simulation.world;

import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.PoolOpener;
import org.standfest.replication.pool.PoolSettings;
import org.standfest.replication.simulation.disk.Hand;
import org.standfest.replication.simulation.disk.ProcessEnd;
import org.standfest.replication.simulation.disk.SimDisk;
import org.standfest.replication.simulation.disk.SimFiles;
import org.standfest.replication.simulation.machine.SimClock;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/** The process that has the pool open, which may die and is started again. */
final class PoolHouse {

    static final Path POOL = Path.of("/pool");

    /** After so many attempts everybody was told of what was lost. */
    private static final int MOST_OPENINGS = 6;

    private final SimDisk disk;
    private final SimClock clock;
    private final RandomGenerator random;
    private final Sabotage sabotage;
    private final Journal journal;
    private final Faults faults;
    private final PoolSettings.OlderDisks older;
    private Life life;
    private ImagePool pool;
    private int powerFailures;

    PoolHouse(
            SimDisk disk,
            SimClock clock,
            RandomGenerator random,
            Sabotage sabotage,
            Journal journal,
            Faults faults) {
        this.disk = disk;
        this.clock = clock;
        this.random = random;
        this.sabotage = sabotage;
        this.journal = journal;
        this.faults = faults;
        this.life = new Life(sabotage, journal);
        this.older =
                random.nextBoolean()
                        ? PoolSettings.OlderDisks.WHERE_POSSIBLE
                        : PoolSettings.OlderDisks.DELTAS;
    }

    ImagePool pool() {
        return pool;
    }

    Life life() {
        return life;
    }

    /** Opens the pool, perhaps dying on the way, but not for ever. */
    void open() {
        for (int attempt = 0; ; attempt++) {
            life = new Life(sabotage, journal);
            if (attempt < 3
                    && faults.random().nextInt(4) == 0
                    && faults.next("dies while opening")) {
                life.endSoon(faults.random(), 40);
            }
            try {
                Outcome<ImagePool> opened =
                        new PoolOpener(new SimFiles(disk, life), clock, clock, random)
                                .open(POOL, new PoolSettings(0, 0, older));
                if (!opened.isDone() && disk.isTight() && !isMade()) {
                    journal.say("no room to make a pool");
                    disk.capacity(Long.MAX_VALUE);
                    disk.unlockAll();
                    continue;
                }
                if (!opened.isDone() && attempt < MOST_OPENINGS && disk.losses() > 0) {
                    journal.say("told of a loss while opening");
                    disk.unlockAll();
                    continue;
                }
                pool = opened.orThrow();
                life.liveOn();
                return;
            } catch (ProcessEnd end) {
                fall(faults.random().nextBoolean());
            } catch (IllegalStateException refused) {
                throw new Broken("the pool does not open: " + refused.getMessage());
            }
        }
    }

    /** Whether there is a pool, which has to open on a full disk, too. */
    private boolean isMade() {
        try {
            return new SimFiles(disk, Hand.FREE).exists(POOL.resolve("pool.properties"));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** How often the power failed. */
    int powerFailures() {
        return powerFailures;
    }

    /** The process is gone; with the power, or without. */
    void fall(boolean power) {
        life.end();
        pool = null;
        journal.say(power ? "power failure" : "killed");
        if (power) {
            powerFailures++;
            disk.crash();
        } else {
            disk.unlockAll();
        }
    }
}
