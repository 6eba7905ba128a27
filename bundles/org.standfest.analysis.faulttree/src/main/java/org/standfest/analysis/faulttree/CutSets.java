package org.standfest.analysis.faulttree;

import org.standfest.analysis.faulttree.internal.Block;
import org.standfest.analysis.faulttree.internal.Counting;
import org.standfest.analysis.faulttree.internal.Enumeration;
import org.standfest.analysis.faulttree.internal.Family;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;

/**
 * All minimal cut sets of a structure function, packed. For a structure with negations these are
 * the positive parts of its prime implicants, as far as they are minimal. Immutable, safe for any
 * thread.
 */
public final class CutSets {

    private final List<Block> blocks;
    private final List<Family> families;
    private final int[] names;
    private final boolean always;

    CutSets(List<Block> blocks, List<Family> families, int[] names, boolean always) {
        this.names = names;
        this.always = always;
        this.blocks = blocks;
        this.families = families;
    }

    private int[] named(int[] events) {
        int[] named = new int[events.length];
        for (int i = 0; i < named.length; i++) {
            named[i] = names[events[i]];
        }
        return named;
    }

    private double[] picked(double[] byIndex) {
        double[] picked = new double[names.length];
        for (int i = 0; i < picked.length; i++) {
            picked[i] = byIndex[names[i]];
        }
        return picked;
    }

    /** How many there are of each order, exactly, from order 0; without listing them. */
    public List<BigInteger> byOrder() {
        if (blocks.isEmpty()) {
            return always ? List.of(BigInteger.ONE) : List.of();
        }
        BigInteger[] counts = Counting.byOrder(blocks, families);
        int length = counts.length;
        while (length > 0 && counts[length - 1].signum() == 0) {
            length--;
        }
        return List.of(counts).subList(0, length);
    }

    /** How many there are. */
    public BigInteger total() {
        return byOrder().stream().reduce(BigInteger.ZERO, BigInteger::add);
    }

    /**
     * All of them, the most probable first, each found when it is asked for.
     *
     * @param probabilities by index of the event
     */
    public Iterator<CutSet> byProbability(double[] probabilities) {
        if (blocks.isEmpty()) {
            return (always ? List.of(new CutSet(new int[0], 1)) : List.<CutSet>of()).iterator();
        }
        Enumeration found = new Enumeration(blocks, families, picked(probabilities));
        return new Iterator<>() {
            private Enumeration.Found next = found.next();

            @Override
            public boolean hasNext() {
                return next != null;
            }

            @Override
            public CutSet next() {
                if (next == null) {
                    throw new NoSuchElementException();
                }
                CutSet result = new CutSet(named(next.events()), next.probability());
                next = found.next();
                return result;
            }
        };
    }

    /**
     * The sum of the probabilities of all of them: an upper bound for coherent structures, close
     * when all are small.
     */
    public double sumOfProbabilities(double[] probabilities) {
        return blocks.isEmpty()
                ? always ? 1 : 0
                : Enumeration.sum(blocks, families, picked(probabilities));
    }

    /** The most probable ones, at most so many. */
    public List<CutSet> mostProbable(int count, double[] probabilities) {
        List<CutSet> result = new ArrayList<>();
        Iterator<CutSet> all = byProbability(probabilities);
        while (result.size() < count && all.hasNext()) {
            result.add(all.next());
        }
        return result;
    }

    /**
     * Those with few events.
     *
     * @param order at most so many events
     * @param take gets the indices of the events of each; the array is the taker's
     */
    public void upToOrder(int order, Consumer<int[]> take) {
        if (always) {
            take.accept(new int[0]);
        }
        new Enumeration(blocks, families, null).upToOrder(order, it -> take.accept(named(it)));
    }

    /** Events that bring about the top event alone. */
    public int[] singlePoints() {
        List<Integer> found = new ArrayList<>();
        upToOrder(1, set -> found.add(set.length == 0 ? -1 : set[0]));
        return found.stream().mapToInt(Integer::intValue).filter(it -> it >= 0).sorted().toArray();
    }
}
