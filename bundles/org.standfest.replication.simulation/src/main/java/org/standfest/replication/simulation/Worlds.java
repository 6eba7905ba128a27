package org.standfest.replication.simulation;

import org.standfest.replication.simulation.world.HostileWorld;
import org.standfest.replication.simulation.world.PairWorld;
import org.standfest.replication.simulation.world.PoolWorld;
import org.standfest.replication.simulation.world.World;

import java.util.List;
import java.util.Optional;

/** The kinds of worlds there are. Stateless. */
final class Worlds {

    static final List<World> ALL = List.of(new PoolWorld(), new PairWorld(), new HostileWorld());

    private Worlds() {}

    static Optional<World> named(String name) {
        return ALL.stream().filter(world -> world.name().equals(name)).findFirst();
    }

    /** The kind of world a seed chooses: of eight seeds five, two and one. */
    static World of(long seed) {
        return switch (Math.floorMod(seed, 8)) {
            case 0, 3 -> ALL.get(1);
            case 5 -> ALL.get(2);
            default -> ALL.get(0);
        };
    }

    static String names() {
        return String.join(", ", ALL.stream().map(World::name).toList());
    }
}
