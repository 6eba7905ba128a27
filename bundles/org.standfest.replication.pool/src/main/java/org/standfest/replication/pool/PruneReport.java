package org.standfest.replication.pool;

import org.standfest.results.Explanation;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a prune did.
 *
 * @param removed numbers of the points that are gone, ascending
 * @param freedBytes what became free, as far as known
 * @param protectedPoints points that were not to be kept and stay all the same, each with its
 *     reason
 */
public record PruneReport(
        List<Long> removed, long freedBytes, Map<Long, Explanation> protectedPoints) {

    /** Copies. */
    public PruneReport {
        removed = List.copyOf(removed);
        protectedPoints =
                java.util.Collections.unmodifiableSortedMap(new TreeMap<>(protectedPoints));
    }
}
