package org.standfest.analysis.faulttree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Bounds with guarantee for the probability that any of many cut sets occurs, where an exact result
 * is out of reach: for example "any service down".
 *
 * <p>Let C1, C2, … be the cut sets, the most probable first, and Dj = Cj without the events of Ci.
 * The probability is the sum of P(Ci and none before it). Upper bound: of those before it only some
 * are kept whose Dj share no event with each other, so that the product P(Ci)·Π(1 - P(Dj)) is exact
 * for what is kept. Lower bound: by the argument of Boppana and Spencer (1989) for Janson's
 * inequality, P(Ci given none before it) is at least P(Ci and no neighbour before it), a neighbour
 * sharing an event with it; and by positive association (Esary, Proschan, Walkup 1967) that is at
 * least P(Ci)·Π(1 - P(Dj)) over all neighbours. Events must be independent. One thread.
 */
public final class CutSetBounds {

    private static final double OMITTED_SHARE = 1e-4;
    private static final int LISTED_MAX = 400_000;
    private static final long PAIRS_MAX = 300_000_000;

    private final double[] p;
    private final Set<CutSet> sets = new HashSet<>();
    private double omitted;

    /**
     * @param probabilities by index of the event
     */
    public CutSetBounds(double[] probabilities) {
        p = probabilities.clone();
    }

    /**
     * Adds the cut sets of one coherent structure. What is too improbable to matter is only summed
     * up, for the upper bound.
     */
    public void add(CutSets cutSets) {
        double total = cutSets.sumOfProbabilities(p);
        double listed = 0;
        Iterator<CutSet> all = cutSets.byProbability(p);
        while (all.hasNext()
                && total - listed > OMITTED_SHARE * total
                && sets.size() < LISTED_MAX) {
            CutSet next = all.next();
            listed += next.probability();
            sets.add(next);
        }
        if (all.hasNext()) {
            omitted += Math.max(0, total - listed) + 1e-14 * total;
        }
    }

    /** The bounds for "any of them occurs". */
    public Bounds any() {
        CutSet[] sorted = sets.toArray(CutSet[]::new);
        Arrays.sort(
                sorted,
                Comparator.comparingDouble((CutSet it) -> -it.probability())
                        .thenComparing(CutSet::events, Arrays::compare));
        return new Sweep(sorted).run();
    }

    /** One pass over the sorted sets. */
    private final class Sweep {
        private final double[] probability;
        private final int[][] events;
        private final List<List<Integer>> withEvent = new ArrayList<>();
        private final int[] seen;
        private final int[] inThis;
        private final int[] kept;
        private long pairs;

        Sweep(CutSet[] sorted) {
            probability = new double[sorted.length];
            events = new int[sorted.length][];
            for (int i = 0; i < sorted.length; i++) {
                probability[i] = sorted[i].probability();
                events[i] = sorted[i].events();
            }
            for (int i = 0; i < p.length; i++) {
                withEvent.add(new ArrayList<>());
            }
            seen = new int[sorted.length];
            inThis = new int[p.length];
            kept = new int[p.length];
        }

        Bounds run() {
            double upper = omitted;
            double noneAtLeast = 0;
            double noneIndependent = 0;
            for (int i = 0; i < events.length; i++) {
                double own = probability[i];
                noneIndependent += Math.log1p(-own);
                List<Neighbour> neighbours = neighbours(i);
                if (neighbours == null) {
                    upper += own;
                    continue;
                }
                double all = 1;
                double apart = 1;
                for (Neighbour it : neighbours) {
                    all *= 1 - it.probability;
                    if (keepsApart(it.set, i)) {
                        apart *= 1 - it.probability;
                    }
                }
                upper += own * apart;
                noneAtLeast += Math.log1p(-own * all);
                for (int event : events[i]) {
                    withEvent.get(event).add(i);
                }
            }
            double esaryProschan = omitted - Math.expm1(noneIndependent);
            double above = Math.min(1, Math.min(upper, esaryProschan));
            double below = 0 - Math.expm1(noneAtLeast);
            return new Bounds(Math.min(above, below), above);
        }

        private record Neighbour(int set, double probability) {}

        /** The sets before it that share an event; null when there is no time left for them. */
        private List<Neighbour> neighbours(int i) {
            for (int event : events[i]) {
                inThis[event] = i + 1;
            }
            List<Neighbour> result = new ArrayList<>();
            for (int event : events[i]) {
                List<Integer> sharing = withEvent.get(event);
                pairs += sharing.size();
                if (pairs > PAIRS_MAX) {
                    return null;
                }
                for (int j : sharing) {
                    if (seen[j] != i + 1) {
                        seen[j] = i + 1;
                        result.add(new Neighbour(j, rest(j, i)));
                    }
                }
            }
            result.sort(
                    Comparator.comparingDouble((Neighbour it) -> -it.probability)
                            .thenComparingInt(it -> it.set));
            return result;
        }

        private double rest(int j, int i) {
            double product = 1;
            for (int event : events[j]) {
                product *= inThis[event] == i + 1 ? 1 : p[event];
            }
            return product;
        }

        private boolean keepsApart(int j, int i) {
            for (int event : events[j]) {
                if (inThis[event] != i + 1 && kept[event] == i + 1) {
                    return false;
                }
            }
            for (int event : events[j]) {
                kept[event] = i + 1;
            }
            return true;
        }
    }
}
