package org.standfest.replication.simulation.world;

import java.util.ArrayList;
import java.util.List;

/** All states that sources ever had, by number. For one thread at a time. */
final class States {

    private final List<State> all = new ArrayList<>();

    int add(State state) {
        all.add(state);
        return all.size() - 1;
    }

    State get(int number) {
        return all.get(number);
    }

    int count() {
        return all.size();
    }
}
