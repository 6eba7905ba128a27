package org.standfest.analysis.faulttree;

import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;
import org.standfest.analysis.faulttree.formula.Formula;

import java.time.InstantSource;
import java.util.Random;

class CutSetBoundsTest {

    private final Solver solver = new Solver(SolveLimits.STANDARD, InstantSource.system());

    @Test
    void anyServiceOfTheLandscapeIsBoundedToOnePercent() {
        FaultTree tree = SharedTrees.read("ha/ha_1k_any");
        CutSetBounds bounds = new CutSetBounds(tree.probabilities());
        for (int i = 0; i < 100; i++) {
            int service = tree.literal("svc" + i);
            StructureFunction solved =
                    solver.solve(tree.formula(), service, Watcher.patient()).orThrow();
            bounds.add(solved.cutSets(Watcher.patient()).orElseThrow());
        }
        Bounds any = bounds.any();
        assertTrue(any.lower() > 0.0017);
        assertTrue(any.upper() < 0.0018);
        assertTrue(any.width() < 0.01, any.toString());
    }

    @Property(tries = 500)
    void theExactProbabilityLiesBetweenTheBounds(@ForAll long seed) {
        Random random = new Random(seed);
        Formula formula = new Formula();
        double scale = random.nextDouble();
        double[] p = random.doubles(12).map(it -> it * scale).toArray();
        int[] ors = new int[3 + random.nextInt(12)];
        CutSetBounds bounds = new CutSetBounds(p);
        for (int i = 0; i < ors.length; i++) {
            int[] set = random.ints(3, 0, p.length).map(formula::variable).toArray();
            ors[i] = formula.atLeast(1 + random.nextInt(3), set);
            StructureFunction one = solver.solve(formula, ors[i], Watcher.patient()).orThrow();
            bounds.add(one.cutSets(Watcher.patient()).orElseThrow());
        }
        int any = formula.or(ors);
        double exact =
                solver.solve(formula, any, Watcher.patient()).orThrow().probability(p).value();
        Bounds found = bounds.any();
        assertTrue(found.lower() <= exact * (1 + 1e-12), found + " " + exact);
        assertTrue(exact <= found.upper() * (1 + 1e-12), found + " " + exact);
    }
}
