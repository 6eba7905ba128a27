package org.standfest.analysis.commands;

import java.math.BigInteger;
import java.util.List;

/** Whole numbers for JSON: exact, as a string where a double could not hold them. Stateless. */
final class Counts {

    private static final BigInteger SAFE = BigInteger.ONE.shiftLeft(53);

    private Counts() {}

    static Object json(BigInteger number) {
        if (number.compareTo(SAFE) > 0) {
            return number.toString();
        }
        return number.longValueExact();
    }

    /** From order 1; a set of order 0 exists only where the top event always occurs. */
    static List<Object> fromOrderOne(List<BigInteger> byOrder) {
        return byOrder.stream().skip(1).map(Counts::json).toList();
    }

    static BigInteger total(List<BigInteger> byOrder) {
        return byOrder.stream().reduce(BigInteger.ZERO, BigInteger::add);
    }
}
