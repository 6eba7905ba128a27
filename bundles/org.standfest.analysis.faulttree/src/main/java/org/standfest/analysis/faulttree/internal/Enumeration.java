package org.standfest.analysis.faulttree.internal;

import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * Lists cut sets from packed families. By probability: best first with an exact estimate of the
 * best completion, so that the work grows with what is asked for and not with what there is. One
 * thread.
 */
public final class Enumeration {

    private static final int ORDER_NONE = Integer.MAX_VALUE / 4;

    private final List<Block> blocks;
    private final List<Family> families;
    private final double[] probabilities;
    private final double[][] best;
    private final PriorityQueue<Item> queue = new PriorityQueue<>();
    private long sequence;

    /** A found set. */
    public record Found(int[] events, double probability) {}

    /** What must still be completed after a module: the rest of the module around it. */
    private record Rest(int block, int node, double best, Rest next) {}

    private record Chosen(int event, int count, Chosen before) {}

    private record Item(
            double bound,
            long number,
            double probability,
            int block,
            int node,
            Rest rest,
            Chosen chosen)
            implements Comparable<Item> {

        @Override
        public int compareTo(Item other) {
            int byBound = Double.compare(other.bound, bound);
            return byBound != 0 ? byBound : Long.compare(other.number, number);
        }
    }

    /**
     * @param probabilities by index of the variable; null when only orders matter
     */
    public Enumeration(List<Block> blocks, List<Family> families, double[] probabilities) {
        this.blocks = blocks;
        this.families = families;
        this.probabilities = probabilities;
        best = new double[blocks.size()][];
        if (probabilities != null && !blocks.isEmpty()) {
            for (int block = 0; block < best.length; block++) {
                best[block] = bestBelow(block);
            }
            int last = best.length - 1;
            Item whole = item(1, last, families.get(last).root(), null, null);
            if (whole != null) {
                queue.add(whole);
            }
        }
    }

    private double[] bestBelow(int block) {
        Family family = families.get(block);
        int[] sources = blocks.get(block).sources();
        double[] result = new double[family.size()];
        result[Zbdd.EMPTY] = -1;
        result[Zbdd.UNIT] = 1;
        for (int node = 2; node < result.length; node++) {
            int source = sources[family.levels()[node]];
            double factor =
                    source >= 0
                            ? probabilities[source]
                            : best[~source][families.get(~source).root()];
            double with = factor * result[family.withs()[node]];
            result[node] = Math.max(result[family.withouts()[node]], with);
        }
        return result;
    }

    /** The sum of the products of all sets. */
    public static double sum(List<Block> blocks, List<Family> families, double[] probabilities) {
        double[] sums = new double[blocks.size()];
        for (int block = 0; block < sums.length; block++) {
            Family family = families.get(block);
            int[] sources = blocks.get(block).sources();
            double[] sum = new double[family.size()];
            sum[Zbdd.UNIT] = 1;
            for (int node = 2; node < sum.length; node++) {
                int source = sources[family.levels()[node]];
                double factor = source >= 0 ? probabilities[source] : sums[~source];
                sum[node] = sum[family.withouts()[node]] + factor * sum[family.withs()[node]];
            }
            sums[block] = sum[family.root()];
        }
        return sums[sums.length - 1];
    }

    private Item item(double probability, int block, int node, Rest rest, Chosen chosen) {
        double below = best[block][node];
        double bound = probability * below * (rest == null ? 1 : rest.best);
        return below < 0
                ? null
                : new Item(bound, sequence++, probability, block, node, rest, chosen);
    }

    /** The next most probable set, or null when there is none. */
    public Found next() {
        Item item = queue.poll();
        while (item != null) {
            if (item.node != Zbdd.UNIT) {
                item = expand(item);
            } else if (item.rest == null) {
                return new Found(events(item.chosen), item.probability);
            } else {
                Rest rest = item.rest;
                item =
                        new Item(
                                item.bound,
                                item.number,
                                item.probability,
                                rest.block,
                                rest.node,
                                rest.next,
                                item.chosen);
            }
        }
        return null;
    }

    /**
     * Goes on with the better side and keeps the other for later. The better side has the bound of
     * the whole by definition: so it is followed to its end even where many are equally probable.
     */
    private Item expand(Item item) {
        Family family = families.get(item.block);
        int without = family.withouts()[item.node];
        Item lacks = item(item.probability, item.block, without, item.rest, item.chosen);
        Item has = with(item, family);
        boolean lacksIsBetter = lacks != null && (has == null || lacks.bound > has.bound);
        Item better = lacksIsBetter ? lacks : has;
        Item other = lacksIsBetter ? has : lacks;
        if (other != null) {
            queue.add(other);
        }
        return better;
    }

    private Item with(Item item, Family family) {
        int source = blocks.get(item.block).sources()[family.levels()[item.node]];
        int with = family.withs()[item.node];
        if (source >= 0) {
            int count = item.chosen == null ? 1 : item.chosen.count + 1;
            Chosen chosen = new Chosen(source, count, item.chosen);
            double probability = item.probability * probabilities[source];
            return item(probability, item.block, with, item.rest, chosen);
        }
        if (best[item.block][with] < 0) {
            return null;
        }
        double after = best[item.block][with] * (item.rest == null ? 1 : item.rest.best);
        Rest rest = new Rest(item.block, with, after, item.rest);
        int root = families.get(~source).root();
        return item(item.probability, ~source, root, rest, item.chosen);
    }

    private static int[] events(Chosen chosen) {
        int[] events = new int[chosen == null ? 0 : chosen.count];
        int i = 0;
        for (Chosen at = chosen; at != null; at = at.before) {
            events[i++] = at.event;
        }
        return events;
    }

    /** Hands over every set with at most so many elements. */
    public void upToOrder(int order, Consumer<int[]> take) {
        if (blocks.isEmpty()) {
            return;
        }
        int[][] least = new int[blocks.size()][];
        for (int block = 0; block < least.length; block++) {
            least[block] = leastBelow(block, least);
        }
        int last = least.length - 1;
        descend(new Descent(least, new int[order], take), last, families.get(last).root(), null, 0);
    }

    private int[] leastBelow(int block, int[][] least) {
        Family family = families.get(block);
        int[] sources = blocks.get(block).sources();
        int[] result = new int[family.size()];
        result[Zbdd.EMPTY] = ORDER_NONE;
        for (int node = 2; node < result.length; node++) {
            int source = sources[family.levels()[node]];
            int more = source >= 0 ? 1 : least[~source][families.get(~source).root()];
            result[node] =
                    Math.min(
                            ORDER_NONE,
                            Math.min(
                                    result[family.withouts()[node]],
                                    more + result[family.withs()[node]]));
        }
        return result;
    }

    private record Descent(int[][] least, int[] chosen, Consumer<int[]> take) {}

    /** The rest carries in {@code best} how many elements it needs at least. */
    private void descend(Descent d, int block, int start, Rest rest, int depth) {
        Family family = families.get(block);
        int needed = rest == null ? 0 : (int) rest.best;
        int node = start;
        while (depth + d.least[block][node] + needed <= d.chosen.length) {
            if (node == Zbdd.UNIT) {
                if (rest == null) {
                    d.take.accept(Arrays.copyOf(d.chosen, depth));
                } else {
                    descend(d, rest.block, rest.node, rest.next, depth);
                }
                return;
            }
            int source = blocks.get(block).sources()[family.levels()[node]];
            int with = family.withs()[node];
            if (source < 0) {
                Rest after = new Rest(block, with, needed + d.least[block][with], rest);
                descend(d, ~source, families.get(~source).root(), after, depth);
            } else if (depth < d.chosen.length) {
                d.chosen[depth] = source;
                descend(d, block, with, rest, depth + 1);
            }
            node = family.withouts()[node];
        }
    }
}
