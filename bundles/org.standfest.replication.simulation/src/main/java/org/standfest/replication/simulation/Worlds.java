package org.standfest.replication.simulation;

import org.standfest.replication.simulation.world.HostileWorld;
import org.standfest.replication.simulation.world.PairWorld;
import org.standfest.replication.simulation.world.PoolWorld;
import org.standfest.replication.simulation.world.RotWorld;
import org.standfest.replication.simulation.world.World;

import java.util.List;
import java.util.Optional;

/** The kinds of worlds there are. Stateless. */
final class Worlds {

    static final List<World> ALL =
            List.of(new PoolWorld(), new PairWorld(), new HostileWorld(), new RotWorld());

    private Worlds() {}

    static Optional<World> named(String name) {
        return ALL.stream().filter(world -> world.name().equals(name)).findFirst();
    }

    /**
     * The kind of world a seed chooses: most the pool's, one of eight agent and standby, one of 64
     * bit rot, one of 128 liars (their lives take longest, because refusals wait for real time).
     */
    static World of(long seed) {
        if (Math.floorMod(seed, 128) == 5) {
            return ALL.get(2);
        }
        if (Math.floorMod(seed, 64) == 10) {
            return ALL.get(3);
        }
        return ALL.get(Math.floorMod(seed, 8) == 3 ? 1 : 0);
    }

    static String names() {
        return String.join(", ", ALL.stream().map(World::name).toList());
    }
}
