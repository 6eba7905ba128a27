package org.standfest.replication.simulation.world;

import java.util.Set;

/** A kind of world. Stateless. */
public interface World {

    /** Its name in reports. */
    String name();

    /**
     * Lets a seed live its life.
     *
     * @param without numbers of faults left out
     * @param journal takes what happens
     * @return how many faults there were
     * @throws Broken a property does not hold
     */
    Result live(long seed, Set<Integer> without, Sabotage sabotage, Journal journal);

    /**
     * What a life was.
     *
     * @param faults how many faults there were
     * @param points how many recovery points were committed
     */
    record Result(int faults, int points) {}
}
