package org.standfest.analysis.simulation;

import java.util.BitSet;
import java.util.Random;

/**
 * The unavailability of a system of repairable components by cycles that begin and end with all of
 * them working. Outages are rare, so the cycles for the time down are pushed towards failures and
 * weighted back (balanced failure biasing), while the mean length of a cycle comes from plain
 * cycles: Goyal, Shahabuddin, Heidelberger, Nicola and Glynn, IEEE Transactions on Computers 41,
 * 1992; Shahabuddin, Management Science 40, 1994, shows that its relative error stays bounded. Mean
 * holding times stand in place of random ones, which takes their scatter away.
 */
public final class RegenerativeSimulation {

    /** The share of steps that go to a failure while something is failed and the whole is up. */
    private static final double PUSH = 0.5;

    private static final int CHECK_EVERY = 1_024;

    private final RepairableSystem system;
    private final Random random;
    private final double[] rate;

    private RegenerativeSimulation(RepairableSystem system, long seed) {
        this.system = system;
        this.random = new Random(seed);
        this.rate = new double[system.components()];
    }

    /**
     * The share of time in which the system is down.
     *
     * @param seed the same seed gives the same estimate
     */
    public static Estimate unavailability(RepairableSystem system, long seed, Aim aim) {
        return new RegenerativeSimulation(system, seed).run(aim);
    }

    private Estimate run(Aim aim) {
        Moments down = new Moments();
        Moments length = new Moments();
        double factor = quantile(aim.confidence());
        while (true) {
            for (int i = 0; i < CHECK_EVERY; i++) {
                down.add(cycle(true));
                length.add(cycle(false));
            }
            double value = down.mean() / length.mean();
            double error =
                    Math.hypot(
                            down.standardError() / length.mean(),
                            value * length.standardError() / length.mean());
            double half = factor * error;
            boolean narrow =
                    down.mean() > 0
                            && half <= aim.relativeHalfWidth() * value
                            && down.count() >= 16 * CHECK_EVERY;
            long samples = 2 * down.count();
            if (narrow || samples >= aim.mostSamples() || aim.cancelled().getAsBoolean()) {
                return new Estimate(value, half, aim.confidence(), samples, narrow);
            }
        }
    }

    /** Weighted mean time down of a pushed cycle, or the mean length of a plain one, in hours. */
    private double cycle(boolean pushed) {
        BitSet failed = new BitSet(system.components());
        double weight = 1;
        double sum = 0;
        boolean met = false;
        do {
            double failures = 0;
            double repairs = 0;
            for (int i = 0; i < rate.length; i++) {
                if (failed.get(i)) {
                    rate[i] = system.repairRatePerHour(i, failed);
                    repairs += rate[i];
                } else {
                    rate[i] = system.failureRatePerHour(i, failed);
                    failures += rate[i];
                }
            }
            boolean down = pushed && system.isDown(failed);
            // Once the outage is there the cycle ends by its own laws.
            met |= down;
            double exit = failures + repairs;
            if (!pushed || down) {
                sum += weight / exit;
            }
            if (pushed && !met) {
                weight *= pushedStep(failed, failures, repairs);
            } else {
                step(failed, random.nextDouble() * exit);
            }
        } while (!failed.isEmpty());
        return sum;
    }

    private void step(BitSet failed, double point) {
        double left = point;
        int last = 0;
        for (int i = 0; i < rate.length; i++) {
            if (rate[i] > 0) {
                last = i;
                left -= rate[i];
                if (left < 0) {
                    break;
                }
            }
        }
        failed.flip(last);
    }

    /** Takes a step with other probabilities; answers true over taken probability. */
    private double pushedStep(BitSet failed, double failures, double repairs) {
        int working = rate.length - failed.cardinality();
        double exit = failures + repairs;
        double share = repairs == 0 ? 1 : working == 0 ? 0 : PUSH;
        if (random.nextDouble() < share) {
            // Every working component alike, so that no way to an outage is overlooked.
            int chosen = failed.nextClearBit(0);
            for (int skip = random.nextInt(working); skip > 0; skip--) {
                chosen = failed.nextClearBit(chosen + 1);
            }
            failed.set(chosen);
            return rate[chosen] / exit / (share / working);
        }
        double left = random.nextDouble() * repairs;
        int chosen = -1;
        for (int i = failed.nextSetBit(0); i >= 0; i = failed.nextSetBit(i + 1)) {
            if (rate[i] > 0) {
                chosen = i;
                left -= rate[i];
                if (left < 0) {
                    break;
                }
            }
        }
        failed.clear(chosen);
        return repairs / exit / (1 - share);
    }

    /** The two-sided quantile of the normal distribution, by bisection of its error function. */
    static double quantile(double confidence) {
        double low = 0;
        double high = 10;
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            if (within(middle) < confidence) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** The probability that a normal value lies within so many standard deviations. */
    private static double within(double x) {
        // Series of the error function; the terms alternate but stay small up to ten.
        double term = x;
        double sum = x;
        for (int n = 1; term > 1e-17 * sum; n++) {
            term *= x * x / (2 * n + 1);
            sum += term;
        }
        return 2 * sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }
}
