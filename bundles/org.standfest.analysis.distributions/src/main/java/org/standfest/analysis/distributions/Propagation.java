package org.standfest.analysis.distributions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;

/**
 * What uncertain data do to a result: the data are drawn by Latin hypercube sampling (McKay,
 * Beckman and Conover, Technometrics 21, 1979), the result is calculated for each draw, and the
 * rank correlation of each datum with the result says which one moves it most.
 *
 * @param results one for each draw, sorted
 * @param rankCorrelation of each datum with the result (Spearman), -1 to 1; 0 where there is
 *     nothing to correlate
 * @param finished false when it was cancelled; the results so far are there
 */
public record Propagation(List<Double> results, List<Double> rankCorrelation, boolean finished) {

    /** Fewer draws say nothing about the ends of the band. */
    public static final int LEAST_DRAWS = 20;

    /** Takes copies. */
    public Propagation {
        results = List.copyOf(results);
        rankCorrelation = List.copyOf(rankCorrelation);
    }

    /**
     * Draws and calculates.
     *
     * @param data the uncertain data
     * @param result of one value for each datum, in their order
     * @param draws at least {@value #LEAST_DRAWS}
     * @param seed the same seed gives the same answer
     * @param cancelled asked before every draw
     */
    public static Propagation of(
            List<Distribution> data,
            ToDoubleFunction<double[]> result,
            int draws,
            long seed,
            BooleanSupplier cancelled) {
        if (draws < LEAST_DRAWS) {
            throw new IllegalArgumentException("draws: " + draws);
        }
        double[][] drawn = latinHypercube(data, draws, seed);
        double[] results = new double[draws];
        int done = 0;
        while (done < draws && !cancelled.getAsBoolean()) {
            results[done] = result.applyAsDouble(drawn[done].clone());
            done++;
        }
        double[] kept = Arrays.copyOf(results, done);
        List<Double> correlation = new ArrayList<>();
        double[] rankOfResult = ranks(kept);
        for (int datum = 0; datum < data.size(); datum++) {
            double[] column = new double[done];
            for (int draw = 0; draw < done; draw++) {
                column[draw] = drawn[draw][datum];
            }
            correlation.add(correlation(ranks(column), rankOfResult));
        }
        return new Propagation(
                Arrays.stream(kept).sorted().boxed().toList(), correlation, done == draws);
    }

    /** The result that is not exceeded with a probability; NaN when nothing was calculated. */
    public double quantile(double probability) {
        if (results.isEmpty()) {
            return Double.NaN;
        }
        return new Distribution.Measured(results).quantile(probability);
    }

    /**
     * Draws all data so that each has one value in each of as many equally probable parts of its
     * range as there are draws.
     *
     * @param seed the same seed gives the same draws
     * @return by draw, then in the order of the data
     */
    public static double[][] latinHypercube(List<Distribution> data, int draws, long seed) {
        Random random = new Random(seed);
        double[][] drawn = new double[draws][data.size()];
        int[] order = new int[draws];
        for (int datum = 0; datum < data.size(); datum++) {
            for (int i = 0; i < draws; i++) {
                int place = random.nextInt(i + 1);
                order[i] = order[place];
                order[place] = i;
            }
            for (int draw = 0; draw < draws; draw++) {
                double probability = (order[draw] + random.nextDouble()) / draws;
                drawn[draw][datum] = data.get(datum).quantile(probability);
            }
        }
        return drawn;
    }

    /**
     * The rank of each value, from 0; equal values share the mean of their ranks.
     *
     * @param values any but not-a-number
     */
    public static double[] ranks(double[] values) {
        int[] order = sorted(values);
        double[] ranks = new double[values.length];
        for (int i = 0; i < order.length; ) {
            int end = i;
            while (end < order.length && values[order[end]] == values[order[i]]) {
                end++;
            }
            for (int j = i; j < end; j++) {
                ranks[order[j]] = (i + end - 1) / 2.0;
            }
            i = end;
        }
        return ranks;
    }

    /** Places in the order of their values. */
    private static int[] sorted(double[] values) {
        Integer[] boxed = new Integer[values.length];
        Arrays.setAll(boxed, i -> i);
        Arrays.sort(boxed, (a, b) -> Double.compare(values[a], values[b]));
        return Arrays.stream(boxed).mapToInt(Integer::intValue).toArray();
    }

    /**
     * Spearman's coefficient of two series.
     *
     * @param x ranks of the one
     * @param y ranks of the other, as many
     * @return -1 to 1; 0 where one of them does not vary
     */
    public static double correlation(double[] x, double[] y) {
        double middle = (x.length - 1) / 2.0;
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xy += (x[i] - middle) * (y[i] - middle);
            xx += (x[i] - middle) * (x[i] - middle);
            yy += (y[i] - middle) * (y[i] - middle);
        }
        return xx == 0 || yy == 0 ? 0 : xy / Math.sqrt(xx * yy);
    }
}
