package org.standfest.analysis.faulttree;

import java.util.Arrays;

/**
 * Events that together bring about the top event, none of which can be spared.
 *
 * @param events their indices, ascending
 * @param probability that all of them occur
 */
public record CutSet(int[] events, double probability) {

    /** Copies and sorts. */
    public CutSet {
        events = events.clone();
        Arrays.sort(events);
    }

    /** A copy of the indices. */
    @Override
    public int[] events() {
        return events.clone();
    }

    /** How many events it has. */
    public int order() {
        return events.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CutSet that
                && Arrays.equals(events, that.events)
                && probability == that.probability;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(events);
    }

    @Override
    public String toString() {
        return Arrays.toString(events) + " " + probability;
    }
}
