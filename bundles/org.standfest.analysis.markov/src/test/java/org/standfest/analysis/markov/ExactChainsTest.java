package org.standfest.analysis.markov;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.BitSet;
import java.util.Random;

/** Small random chains against elimination in exact fractions. */
class ExactChainsTest {

    private static final int CHAINS = 300;
    private static final double DIGITS = 1e-13;

    /** A fraction in lowest terms. */
    private record Fraction(BigInteger above, BigInteger below) {
        static final Fraction ZERO = of(0);

        static Fraction of(long value) {
            return new Fraction(BigInteger.valueOf(value), BigInteger.ONE);
        }

        private static Fraction reduced(BigInteger above, BigInteger below) {
            BigInteger common = above.gcd(below);
            int sign = below.signum();
            BigInteger by = common.multiply(BigInteger.valueOf(sign));
            return new Fraction(above.divide(by), below.divide(by));
        }

        Fraction plus(Fraction other) {
            return reduced(
                    above.multiply(other.below).add(other.above.multiply(below)),
                    below.multiply(other.below));
        }

        Fraction times(Fraction other) {
            return reduced(above.multiply(other.above), below.multiply(other.below));
        }

        Fraction over(Fraction other) {
            return reduced(above.multiply(other.below), below.multiply(other.above));
        }

        Fraction minus(Fraction other) {
            return plus(new Fraction(other.above.negate(), other.below));
        }

        double value() {
            return new BigDecimal(above)
                    .divide(new BigDecimal(below), MathContext.DECIMAL64)
                    .doubleValue();
        }
    }

    /** Gauss and Jordan; the matrix must not be singular. */
    private static Fraction[] solve(Fraction[][] matrix, Fraction[] right) {
        int n = right.length;
        for (int column = 0; column < n; column++) {
            int pivot = column;
            while (matrix[pivot][column].above().signum() == 0) {
                pivot++;
            }
            Fraction[] row = matrix[pivot];
            matrix[pivot] = matrix[column];
            matrix[column] = row;
            Fraction value = right[pivot];
            right[pivot] = right[column];
            right[column] = value;
            for (int other = 0; other < n; other++) {
                if (other == column) {
                    continue;
                }
                Fraction factor = matrix[other][column].over(matrix[column][column]);
                for (int i = column; i < n; i++) {
                    matrix[other][i] = matrix[other][i].minus(factor.times(matrix[column][i]));
                }
                right[other] = right[other].minus(factor.times(right[column]));
            }
        }
        Fraction[] solution = new Fraction[n];
        for (int i = 0; i < n; i++) {
            solution[i] = right[i].over(matrix[i][i]);
        }
        return solution;
    }

    /** Rates from one to ten million, so that probabilities differ by many orders. */
    private static long[][] rates(int n, Random random) {
        long[][] rates = new long[n][n];
        for (int i = 0; i < n; i++) {
            rates[i][(i + 1) % n] = (long) Math.pow(10, random.nextInt(8));
            for (int j = 0; j < n; j++) {
                if (i != j && random.nextInt(3) == 0) {
                    rates[i][j] = 1 + random.nextInt(9) * (long) Math.pow(10, random.nextInt(7));
                }
            }
        }
        return rates;
    }

    private static MarkovChain chain(long[][] rates) {
        MarkovChain.Builder builder = new MarkovChain.Builder(rates.length);
        for (int i = 0; i < rates.length; i++) {
            for (int j = 0; j < rates.length; j++) {
                if (rates[i][j] > 0) {
                    builder.rate(i, j, rates[i][j]);
                }
            }
        }
        return builder.build();
    }

    private static Fraction[][] zero(int n) {
        Fraction[][] matrix = new Fraction[n][n];
        for (Fraction[] row : matrix) {
            java.util.Arrays.fill(row, Fraction.ZERO);
        }
        return matrix;
    }

    @Test
    void theLongRunOfRandomChainsIsTheExactOne() {
        Random random = new Random(5);
        for (int number = 0; number < CHAINS; number++) {
            int n = 2 + random.nextInt(6);
            long[][] rates = rates(n, random);
            Fraction[][] balance = zero(n);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    Fraction rate = Fraction.of(rates[i][j]);
                    balance[j][i] = balance[j][i].plus(rate);
                    balance[i][i] = balance[i][i].minus(rate);
                }
            }
            Fraction[] right = new Fraction[n];
            java.util.Arrays.fill(right, Fraction.ZERO);
            // One equation says what the others do; the sum replaces it.
            java.util.Arrays.fill(balance[n - 1], Fraction.of(1));
            right[n - 1] = Fraction.of(1);
            Fraction[] exact = solve(balance, right);
            double[] found = SteadyState.of(chain(rates), Effort.STANDARD).probability();
            for (int i = 0; i < n; i++) {
                double value = exact[i].value();
                assertEquals(value, found[i], DIGITS * value, "chain " + number + " state " + i);
            }
        }
    }

    @Test
    void theFirstPassageOfRandomChainsIsTheExactOne() {
        Random random = new Random(6);
        for (int number = 0; number < CHAINS; number++) {
            int n = 2 + random.nextInt(6);
            long[][] rates = rates(n, random);
            // Times to state n - 1: (sum of rates) t(i) - sum of rate(i, j) t(j) = 1.
            Fraction[][] matrix = zero(n - 1);
            Fraction[] right = new Fraction[n - 1];
            for (int i = 0; i < n - 1; i++) {
                right[i] = Fraction.of(1);
                for (int j = 0; j < n; j++) {
                    Fraction rate = Fraction.of(rates[i][j]);
                    matrix[i][i] = matrix[i][i].plus(rate);
                    if (j < n - 1) {
                        matrix[i][j] = matrix[i][j].minus(rate);
                    }
                }
            }
            double exact = solve(matrix, right)[0].value();
            BitSet last = new BitSet();
            last.set(n - 1);
            double found = FirstPassage.meanHours(chain(rates), 0, last, Effort.STANDARD);
            assertEquals(exact, found, DIGITS * exact, "chain " + number);
        }
    }
}
