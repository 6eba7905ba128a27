package org.standfest.replication.simulation.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The faults that a world does to production code, counted, so that a failing seed can be run again
 * without some of them.
 */
public final class Faults {

    private final Set<Integer> without;
    private final Journal journal;
    private final List<String> done = new ArrayList<>();
    private int count;

    /**
     * @param without numbers of faults that are left out, counted from 0
     */
    public Faults(Set<Integer> without, Journal journal) {
        this.without = Set.copyOf(without);
        this.journal = journal;
    }

    /** Whether the next fault happens. */
    boolean next(String what) {
        int number = count++;
        boolean happens = !without.contains(number);
        if (happens) {
            done.add(what);
            journal.say("fault " + number + ": " + what);
        }
        return happens;
    }

    /** How many faults there were, with those left out. */
    public int count() {
        return count;
    }

    /** Those that happened. */
    public List<String> done() {
        return List.copyOf(done);
    }
}
