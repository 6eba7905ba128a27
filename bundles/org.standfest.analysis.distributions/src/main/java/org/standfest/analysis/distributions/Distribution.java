package org.standfest.analysis.distributions;

import java.util.List;

/**
 * A distribution of values from 0 on: a duration, or a datum that is not known exactly. The unit is
 * the caller's. Implementations are immutable.
 */
public sealed interface Distribution {

    /** The mean; may be infinite. */
    double mean();

    /** The probability that the value is at most x. */
    double probabilityUpTo(double x);

    /**
     * The smallest value that is reached with a probability.
     *
     * @param probability 0 to 1
     */
    double quantile(double probability);

    /**
     * Always the same.
     *
     * @param value finite, at least 0
     */
    record Fixed(double value) implements Distribution {
        /** Checks the range. */
        public Fixed {
            Ranges.finite("value", value);
        }

        @Override
        public double mean() {
            return value;
        }

        @Override
        public double probabilityUpTo(double x) {
            return x >= value ? 1 : 0;
        }

        @Override
        public double quantile(double probability) {
            return value;
        }
    }

    /**
     * Any value between two alike, such as the age of the newest recovery point at a random
     * instant.
     *
     * @param from finite, at least 0
     * @param to finite, above from
     */
    record Uniform(double from, double to) implements Distribution {
        /** Checks the ranges. */
        public Uniform {
            Ranges.finite("from", from);
            Ranges.finite("to", to);
            Ranges.check(to > from, "to", to);
        }

        @Override
        public double mean() {
            return (from + to) / 2;
        }

        @Override
        public double probabilityUpTo(double x) {
            return Math.clamp((x - from) / (to - from), 0, 1);
        }

        @Override
        public double quantile(double probability) {
            return from + probability * (to - from);
        }
    }

    /**
     * Without memory.
     *
     * @param mean above 0
     */
    record Exponential(double mean) implements Distribution {
        /** Checks the range. */
        public Exponential {
            Ranges.positive("mean", mean);
        }

        @Override
        public double probabilityUpTo(double x) {
            return x <= 0 ? 0 : -Math.expm1(-x / mean);
        }

        @Override
        public double quantile(double probability) {
            return -mean * Math.log1p(-probability);
        }
    }

    /**
     * Least, most likely and greatest value, as people can name them.
     *
     * @param least at least 0
     * @param likely between the others
     * @param greatest above least
     */
    record Triangular(double least, double likely, double greatest) implements Distribution {
        /** Checks the ranges. */
        public Triangular {
            Ranges.finite("least", least);
            Ranges.finite("greatest", greatest);
            Ranges.check(
                    greatest > least && likely >= least && likely <= greatest, "likely", likely);
        }

        @Override
        public double mean() {
            return (least + likely + greatest) / 3;
        }

        @Override
        public double probabilityUpTo(double x) {
            if (x <= least) {
                return 0;
            }
            if (x >= greatest) {
                return 1;
            }
            double width = greatest - least;
            return x <= likely
                    ? (x - least) * (x - least) / (width * (likely - least))
                    : 1 - (greatest - x) * (greatest - x) / (width * (greatest - likely));
        }

        @Override
        public double quantile(double probability) {
            double width = greatest - least;
            double turn = (likely - least) / width;
            return probability <= turn
                    ? least + Math.sqrt(probability * width * (likely - least))
                    : greatest - Math.sqrt((1 - probability) * width * (greatest - likely));
        }
    }

    /**
     * The usual form of uncertain failure data: the logarithm is normal. The error factor is the 95
     * % value over the median (Rasmussen, WASH-1400; NUREG/CR-6823).
     *
     * @param median above 0
     * @param errorFactor above 1
     */
    record LogNormal(double median, double errorFactor) implements Distribution {

        private static final double NINETY_FIVE = Normal.quantile(0.95);

        /** Checks the ranges. */
        public LogNormal {
            Ranges.positive("median", median);
            Ranges.check(errorFactor > 1 && errorFactor < 1e6, "error factor", errorFactor);
        }

        private double sigma() {
            return Math.log(errorFactor) / NINETY_FIVE;
        }

        @Override
        public double mean() {
            return median * Math.exp(sigma() * sigma() / 2);
        }

        @Override
        public double probabilityUpTo(double x) {
            return x <= 0 ? 0 : Normal.probabilityUpTo(Math.log(x / median) / sigma());
        }

        @Override
        public double quantile(double probability) {
            return median * Math.exp(sigma() * Normal.quantile(probability));
        }
    }

    /**
     * Measured values, each alike.
     *
     * @param sorted at least one, finite, at least 0; sorted when the record is made
     */
    record Measured(List<Double> sorted) implements Distribution {
        /** Sorts a copy. */
        public Measured {
            Ranges.check(!sorted.isEmpty(), "measured values", 0);
            sorted.forEach(value -> Ranges.finite("measured value", value));
            sorted = sorted.stream().sorted().toList();
        }

        @Override
        public double mean() {
            return sorted.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        }

        @Override
        public double probabilityUpTo(double x) {
            int low = 0;
            int high = sorted.size();
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (sorted.get(middle) <= x) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return (double) low / sorted.size();
        }

        @Override
        public double quantile(double probability) {
            int place = (int) Math.ceil(probability * sorted.size()) - 1;
            return sorted.get(Math.clamp(place, 0, sorted.size() - 1));
        }
    }

    /**
     * One of several by chance, such as a failover that works by itself or waits for a person.
     *
     * @param weights as many as parts, at least 0, together 1
     * @param parts at least one
     */
    record Either(List<Double> weights, List<Distribution> parts) implements Distribution {
        /** Checks the weights. */
        public Either {
            weights = List.copyOf(weights);
            parts = List.copyOf(parts);
            double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
            Ranges.check(
                    !parts.isEmpty()
                            && parts.size() == weights.size()
                            && Math.abs(sum - 1) < 1e-9
                            && weights.stream().allMatch(weight -> weight >= 0),
                    "sum of weights",
                    sum);
        }

        @Override
        public double mean() {
            double sum = 0;
            for (int i = 0; i < parts.size(); i++) {
                if (weights.get(i) > 0) {
                    sum += weights.get(i) * parts.get(i).mean();
                }
            }
            return sum;
        }

        @Override
        public double probabilityUpTo(double x) {
            double sum = 0;
            for (int i = 0; i < parts.size(); i++) {
                sum += weights.get(i) * parts.get(i).probabilityUpTo(x);
            }
            return sum;
        }

        @Override
        public double quantile(double probability) {
            double low = 0;
            double high = 0;
            for (int i = 0; i < parts.size(); i++) {
                if (weights.get(i) > 0) {
                    high = Math.max(high, parts.get(i).quantile(probability));
                }
            }
            for (int i = 0; i < 200 && low < high; i++) {
                double middle = low + (high - low) / 2;
                if (probabilityUpTo(middle) >= probability) {
                    high = middle;
                } else {
                    if (low == middle) {
                        break;
                    }
                    low = middle;
                }
            }
            return high;
        }
    }
}
