package org.standfest.analysis.faulttree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.standfest.analysis.faulttree.formula.Formula;

import java.time.InstantSource;

class SharedPartsTest {

    private static final double[] P = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8};

    private final Formula formula = new Formula();
    private final Solver one = new Solver(SolveLimits.STANDARD, InstantSource.system());

    private int[] variables(int from) {
        int[] literals = new int[4];
        for (int i = 0; i < literals.length; i++) {
            literals[i] = formula.variable(from + i);
        }
        return literals;
    }

    private void answersAsIfItWereTheFirst(int literal) {
        Solver fresh = new Solver(SolveLimits.STANDARD, InstantSource.system());
        StructureFunction expected = fresh.solve(formula, literal, Watcher.patient()).orThrow();
        StructureFunction found = one.solve(formula, literal, Watcher.patient()).orThrow();
        assertArrayEquals(expected.events(), found.events());
        assertEquals(expected.probability(P), found.probability(P));
        assertEquals(
                expected.cutSets(Watcher.patient()).orElseThrow().byOrder(),
                found.cutSets(Watcher.patient()).orElseThrow().byOrder());
    }

    @Test
    void whatIsMadeAlikeOfOtherEventsHasTheirFigures() {
        answersAsIfItWereTheFirst(formula.atLeast(2, variables(0)));
        answersAsIfItWereTheFirst(formula.atLeast(2, variables(4)));
    }

    @Test
    void anotherNumberAnotherGateAndAnOppositeAreNotMadeAlike() {
        int[] four = variables(0);
        answersAsIfItWereTheFirst(formula.atLeast(2, four));
        answersAsIfItWereTheFirst(formula.atLeast(3, four));
        answersAsIfItWereTheFirst(formula.and(four));
        answersAsIfItWereTheFirst(formula.or(four));
        four[1] = Formula.not(four[1]);
        answersAsIfItWereTheFirst(formula.atLeast(2, four));
        answersAsIfItWereTheFirst(Formula.not(formula.atLeast(2, four)));
        answersAsIfItWereTheFirst(formula.xor(four[0], four[1]));
        answersAsIfItWereTheFirst(formula.and(four[0], four[1]));
    }
}
