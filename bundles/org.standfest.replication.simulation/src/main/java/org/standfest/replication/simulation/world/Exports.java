package org.standfest.replication.simulation.world;

import org.standfest.replication.pool.ImagePool;
import org.standfest.replication.pool.Progress;
import org.standfest.replication.simulation.disk.Hand;
import org.standfest.replication.simulation.disk.SimDisk;
import org.standfest.replication.simulation.disk.SimFiles;
import org.standfest.results.Outcome;

import java.io.IOException;
import java.nio.file.Path;

/** Restores recovery points beside the pool; what is restored must be what the source was. */
final class Exports {

    private final SimDisk disk;
    private final NativeForm natives;

    Exports(SimDisk disk, NativeForm natives) {
        this.disk = disk;
        this.natives = natives;
    }

    /** What the pool answers; where it says that it did it, the contents are compared. */
    Outcome<?> restore(ImagePool pool, String system, long number, State state) {
        Path target = PoolWorld.EXPORTS.resolve(system);
        try {
            new SimFiles(disk, Hand.FREE).deleteTree(target);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        Outcome<?> exported = pool.export(system, number, target, Progress.NONE);
        if (exported.isDone()) {
            SystemModel.compare(
                    state,
                    natives,
                    volume ->
                            target.resolve(
                                    state.disks().containsKey(volume) ? volume + ".img" : volume));
        }
        return exported;
    }
}
