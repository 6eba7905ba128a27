package org.standfest.replication.simulation.world;

import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The faults that a world does to production code, counted, so that a failing seed can be run again
 * without some of them.
 */
public final class Faults {

    private final Set<Integer> without;
    private final Journal journal;
    private final SplittableRandom random;
    private int count;

    /**
     * @param without numbers of faults that are left out, counted from 0
     */
    public Faults(long seed, Set<Integer> without, Journal journal) {
        this.random = new SplittableRandom(seed * 31 + 7);
        this.without = Set.copyOf(without);
        this.journal = journal;
    }

    /** Whether the next fault happens. */
    boolean next(String what) {
        int number = count++;
        boolean happens = !without.contains(number);
        journal.fault(number, what, happens);
        return happens;
    }

    /**
     * Chance for what faults are like, apart from the one for what production code is asked to do:
     * so that the rest of a life changes as little as possible when one is left out.
     */
    RandomGenerator random() {
        return random;
    }

    /** How many faults there were, with those left out. */
    public int count() {
        return count;
    }
}
