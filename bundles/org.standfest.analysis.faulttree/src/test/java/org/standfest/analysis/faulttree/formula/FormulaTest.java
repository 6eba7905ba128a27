package org.standfest.analysis.faulttree.formula;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is taken out of "at least k of n", and that nothing else changes by it. */
class FormulaTest {

    private final Formula formula = new Formula();

    private boolean value(int literal, int state) {
        int node = literal >>> 1;
        int trues = 0;
        for (int i = 0; i < formula.arity(node); i++) {
            trues += value(formula.argument(node, i), state) ? 1 : 0;
        }
        boolean is =
                switch (formula.kind(node)) {
                    case CONSTANT -> false;
                    case VARIABLE -> (state >> formula.index(node) & 1) != 0;
                    case AND -> trues == formula.arity(node);
                    case AT_LEAST -> trues >= formula.threshold(node);
                    case XOR -> trues == 1;
                };
        return is ^ (literal & 1) != 0;
    }

    /** Hosts 0 to 3, their systems 4 to 7, on the same site 8 with the same two feeds 9 and 10. */
    private int host(int number, boolean alternatives) {
        int site = formula.variable(8);
        int power = formula.and(formula.variable(9), formula.variable(10));
        int own = formula.variable(number);
        int system = formula.variable(4 + number);
        return alternatives
                ? formula.or(own, formula.or(system, formula.or(site, power)))
                : formula.and(own, formula.and(system, formula.and(site, power)));
    }

    @ParameterizedTest
    @CsvSource({"1,true", "2,true", "3,true", "4,true", "1,false", "2,false", "3,false"})
    void whatAllArgumentsShareStandsOutsideAndTheValueIsTheSame(int k, boolean alternatives) {
        int[] hosts = new int[4];
        for (int i = 0; i < hosts.length; i++) {
            hosts[i] = host(i, alternatives);
        }
        int some = formula.atLeast(k, hosts);
        for (int state = 0; state < 1 << 11; state++) {
            int trues = 0;
            for (int host : hosts) {
                trues += value(host, state) ? 1 : 0;
            }
            assertEquals(trues >= k, value(some, state), "state " + state);
        }
    }

    @Test
    void theRestOfHostsWithTheSameSiteIsWrittenWithoutIt() {
        int hosts = formula.atLeast(2, host(0, true), host(1, true), host(2, true));
        int own = formula.or(formula.variable(0), formula.variable(4));
        int second = formula.or(formula.variable(1), formula.variable(5));
        int third = formula.or(formula.variable(2), formula.variable(6));
        int site = formula.variable(8);
        int power = formula.and(formula.variable(9), formula.variable(10));
        assertEquals(formula.or(site, power, formula.atLeast(2, own, second, third)), hosts);
    }

    @Test
    void argumentsThatAreLeftTheSameCountAsTwo() {
        int a = formula.variable(0);
        int s = formula.variable(1);
        int same = formula.or(a, s);
        int nested = formula.or(a, formula.or(s, formula.and(a, s)));
        int other = formula.or(formula.variable(2), s);
        int two = formula.atLeast(2, same, nested, other);
        for (int state = 0; state < 8; state++) {
            int trues = value(same, state) ? 2 : 0;
            trues += value(other, state) ? 1 : 0;
            assertEquals(trues >= 2, value(two, state), "state " + state);
        }
    }
}
