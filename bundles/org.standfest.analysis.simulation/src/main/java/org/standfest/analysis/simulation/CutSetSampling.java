package org.standfest.analysis.simulation;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The probability that at least one of many cut sets fails, however rare: a cut set is drawn in
 * proportion to its probability, its components fail, the others fail by chance, and the sample
 * counts as one over the number of cut sets that fail in it (Karp, Luby and Madras, Journal of
 * Algorithms 10, 1989). The relative error does not grow as the probability falls. The components
 * are independent.
 *
 * <p>Immutable; every estimation has its own random numbers and may run in its own thread.
 */
public final class CutSetSampling {

    private final double[] hazard;
    private final int[][] cutSets;
    private final double[] weight;
    private final double total;
    private final int[][] uses;

    /**
     * A union of cut sets.
     *
     * @param unavailability of each component, 0 to below 1: what always fails is to be taken out
     *     of the cut sets before
     * @param cutSets component numbers, without repetition within a set; at least one set
     */
    public CutSetSampling(double[] unavailability, int[][] cutSets) {
        if (cutSets.length == 0) {
            throw new IllegalArgumentException("no cut set");
        }
        this.cutSets = cutSets.clone();
        hazard = new double[unavailability.length + 1];
        for (int i = 0; i < unavailability.length; i++) {
            if (!(unavailability[i] >= 0 && unavailability[i] < 1)) {
                throw new IllegalArgumentException("unavailability " + unavailability[i]);
            }
            hazard[i + 1] = hazard[i] - Math.log1p(-unavailability[i]);
        }
        weight = new double[cutSets.length + 1];
        int[] count = new int[unavailability.length];
        for (int set = 0; set < cutSets.length; set++) {
            double product = 1;
            for (int component : cutSets[set]) {
                product *= unavailability[component];
                count[component]++;
            }
            weight[set + 1] = weight[set] + product;
        }
        total = weight[cutSets.length];
        uses = new int[unavailability.length][];
        for (int i = 0; i < count.length; i++) {
            uses[i] = new int[count[i]];
        }
        for (int set = 0; set < cutSets.length; set++) {
            for (int component : cutSets[set]) {
                uses[component][--count[component]] = set;
            }
        }
    }

    /** The sum of the cut sets' probabilities: an upper bound of what is estimated. */
    public double upperBound() {
        return total;
    }

    /**
     * Samples until the interval is narrow enough.
     *
     * @param seed the same seed gives the same estimate
     */
    public Estimate estimate(long seed, Aim aim) {
        if (total == 0) {
            return new Estimate(0, 0, aim.confidence(), 0, true);
        }
        Sample sample = new Sample(new int[0][]);
        return BoundedMean.of(random -> 1.0 / sample.draw(random), total, seed, aim);
    }

    /**
     * The probability that some of the groups that the cut sets belong to fail together, for
     * example that at least k services are down. It is estimated under the condition that any cut
     * set fails, so that its relative error grows only with how seldom several fail if one does.
     *
     * @param groups the groups, from 0, of each cut set: those that are down when it fails
     * @param atLeast how many groups have to be down, 1 or more
     * @param seed the same seed gives the same estimate
     */
    public Estimate estimateAtLeast(int[][] groups, int atLeast, long seed, Aim aim) {
        if (groups.length != cutSets.length || atLeast < 1) {
            throw new IllegalArgumentException("groups for " + groups.length + " cut sets");
        }
        if (total == 0) {
            return new Estimate(0, 0, aim.confidence(), 0, true);
        }
        Sample sample = new Sample(groups);
        return BoundedMean.of(
                random -> {
                    int sets = sample.draw(random);
                    return sample.down >= atLeast ? 1.0 / sets : 0;
                },
                total,
                seed,
                aim);
    }

    /** One state of the components, given that a drawn cut set fails. */
    private final class Sample {
        private final int[] failedAt = new int[hazard.length - 1];
        private final int[] hitAt = new int[cutSets.length];
        private final int[] hits = new int[cutSets.length];
        private final int[][] groups;
        private final int[] downAt;
        private int number;
        private int complete;
        private int down;

        Sample(int[][] groups) {
            this.groups = groups;
            int most = -1;
            for (int[] some : groups) {
                for (int group : some) {
                    most = Math.max(most, group);
                }
            }
            downAt = new int[most + 1];
        }

        /** How many cut sets fail in the sample; at least 1. */
        int draw(RandomGenerator random) {
            number++;
            complete = 0;
            down = 0;
            int drawn = place(weight, random.nextDouble() * total);
            for (int component : cutSets[drawn]) {
                fail(component);
            }
            // The others: the next to fail is an exponential step away on the summed hazards.
            double at = 0;
            while (true) {
                at -= Math.log(1 - random.nextDouble());
                if (!(at < hazard[hazard.length - 1])) {
                    return complete;
                }
                int component = place(hazard, at);
                fail(component);
                at = hazard[component + 1];
            }
        }

        private void fail(int component) {
            if (failedAt[component] == number) {
                return;
            }
            failedAt[component] = number;
            for (int set : uses[component]) {
                if (hitAt[set] != number) {
                    hitAt[set] = number;
                    hits[set] = 0;
                }
                if (++hits[set] == cutSets[set].length) {
                    complete++;
                    countGroups(set);
                }
            }
        }

        private void countGroups(int set) {
            if (groups.length == 0) {
                return;
            }
            for (int group : groups[set]) {
                if (downAt[group] != number) {
                    downAt[group] = number;
                    down++;
                }
            }
        }

        /** The i with sums[i] <= value < sums[i + 1]. */
        private int place(double[] sums, double value) {
            int found = Arrays.binarySearch(sums, value);
            int place = found >= 0 ? found : -found - 2;
            // Steps of width zero are never meant.
            while (place + 2 < sums.length && sums[place + 1] <= value) {
                place++;
            }
            return Math.min(Math.max(place, 0), sums.length - 2);
        }
    }
}
