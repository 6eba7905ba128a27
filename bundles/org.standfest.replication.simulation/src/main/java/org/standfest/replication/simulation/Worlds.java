package org.standfest.replication.simulation;

import org.standfest.replication.simulation.world.PairWorld;
import org.standfest.replication.simulation.world.PoolWorld;
import org.standfest.replication.simulation.world.World;

import java.util.List;
import java.util.Optional;

/** The kinds of worlds there are. Stateless. */
final class Worlds {

    static final List<World> ALL = List.of(new PoolWorld(), new PairWorld());

    private Worlds() {}

    static Optional<World> named(String name) {
        return ALL.stream().filter(world -> world.name().equals(name)).findFirst();
    }

    static String names() {
        return String.join(", ", ALL.stream().map(World::name).toList());
    }
}
