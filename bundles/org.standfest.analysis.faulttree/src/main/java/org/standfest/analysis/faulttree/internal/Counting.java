package org.standfest.analysis.faulttree.internal;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers of cut sets by order, exactly, without listing them: each node of a family has a
 * polynomial whose coefficient of degree k counts sets of k elements; a module's polynomial stands
 * for its elements. Stateless.
 */
public final class Counting {

    private static final double SAFE_IN_LONG = 0x1p62;

    private Counting() {}

    /** The number of sets of each order, from order 0. */
    public static BigInteger[] byOrder(List<Block> blocks, List<Family> families) {
        double[] totals = new double[blocks.size()];
        long[][] small = new long[blocks.size()][];
        BigInteger[][] large = new BigInteger[blocks.size()][];
        for (int i = 0; i < totals.length; i++) {
            totals[i] = total(families.get(i), blocks.get(i).sources(), totals);
            if (totals[i] < SAFE_IN_LONG) {
                small[i] = counted(families.get(i), blocks.get(i).sources(), small);
                large[i] =
                        Arrays.stream(small[i])
                                .mapToObj(BigInteger::valueOf)
                                .toArray(BigInteger[]::new);
            } else {
                large[i] = countedLarge(families.get(i), blocks.get(i).sources(), large);
            }
        }
        return large[totals.length - 1];
    }

    private static double total(Family family, int[] sources, double[] totals) {
        double[] count = new double[family.size()];
        count[Zbdd.UNIT] = 1;
        for (int node = 2; node < count.length; node++) {
            int source = sources[family.levels()[node]];
            double factor = source >= 0 ? 1 : totals[~source];
            count[node] = count[family.withouts()[node]] + factor * count[family.withs()[node]];
        }
        return count[family.root()];
    }

    private static long[] counted(Family family, int[] sources, long[][] blocks) {
        long[][] counts = new long[family.size()][];
        counts[Zbdd.EMPTY] = new long[0];
        counts[Zbdd.UNIT] = new long[] {1};
        for (int node = 2; node < counts.length; node++) {
            int source = sources[family.levels()[node]];
            long[] with = counts[family.withs()[node]];
            long[] without = counts[family.withouts()[node]];
            long[] factor = source >= 0 ? new long[] {0, 1} : blocks[~source];
            int length = with.length + factor.length - 1;
            long[] sum = Arrays.copyOf(without, Math.max(without.length, length));
            for (int j = 0; j < factor.length; j++) {
                for (int i = 0; factor[j] != 0 && i < with.length; i++) {
                    sum[i + j] += factor[j] * with[i];
                }
            }
            counts[node] = sum;
        }
        return counts[family.root()];
    }

    private static BigInteger[] countedLarge(Family family, int[] sources, BigInteger[][] blocks) {
        BigInteger[][] counts = new BigInteger[family.size()][];
        counts[Zbdd.EMPTY] = new BigInteger[0];
        counts[Zbdd.UNIT] = new BigInteger[] {BigInteger.ONE};
        BigInteger[] one = {BigInteger.ZERO, BigInteger.ONE};
        for (int node = 2; node < counts.length; node++) {
            int source = sources[family.levels()[node]];
            BigInteger[] with = counts[family.withs()[node]];
            BigInteger[] without = counts[family.withouts()[node]];
            BigInteger[] factor = source >= 0 ? one : blocks[~source];
            BigInteger[] sum =
                    new BigInteger[Math.max(without.length, with.length + factor.length - 1)];
            Arrays.fill(sum, BigInteger.ZERO);
            System.arraycopy(without, 0, sum, 0, without.length);
            for (int j = 0; j < factor.length; j++) {
                for (int i = 0; factor[j].signum() != 0 && i < with.length; i++) {
                    sum[i + j] = sum[i + j].add(factor[j].multiply(with[i]));
                }
            }
            counts[node] = sum;
        }
        return counts[family.root()];
    }
}
