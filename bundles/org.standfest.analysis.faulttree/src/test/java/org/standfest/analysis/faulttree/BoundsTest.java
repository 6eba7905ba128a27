package org.standfest.analysis.faulttree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.standfest.analysis.faulttree.formula.Formula;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Bounds of structures whose exact value is known, and of one where it is not. */
class BoundsTest {

    private static final int QUESTIONS = 40;
    private static final int STRUCTURES = 12;
    private static final int EVENTS = 40;
    private static final int TRIALS = 20_000;

    private final Solver solver = new Solver(SolveLimits.STANDARD, InstantSource.system());

    private Bounds bound(FaultTree tree, double width, Watcher watcher) {
        int top = tree.literal(tree.tops().getFirst());
        return solver.bound(tree.formula(), top, tree.probabilities(), width, watcher);
    }

    @ParameterizedTest
    @ValueSource(strings = {"baobab1", "das9207", "edfpa15o", "elf9601", "isp9603"})
    void boundsThatMayLieApartHoldTheExactValue(String name) {
        FaultTree tree = SharedTrees.read("fault-trees/" + name);
        double exact = SharedTrees.expected(name).probability();
        Bounds bounds = bound(tree, 0.2, Watcher.patient());
        assertTrue(bounds.lower() <= exact * (1 + 1e-12), bounds + " " + exact);
        assertTrue(bounds.upper() >= exact * (1 - 1e-12), bounds + " " + exact);
        assertTrue(bounds.width() <= 0.2, bounds.toString());
    }

    @Test
    void boundsOfWhatNeedsNoRoundingAreExact() {
        FaultTree tree = SharedTrees.read("fault-trees/chinese");
        Bounds bounds = bound(tree, 0.5, Watcher.patient());
        assertEquals(1, bounds.lower() / 0.0011705818107586692, 1e-12);
        assertEquals(bounds.lower(), bounds.upper(), 1e-15);
    }

    @Test
    void whatIsCancelledStillHasBounds() {
        FaultTree tree = SharedTrees.read("fault-trees/nus9601");
        AtomicInteger asked = new AtomicInteger();
        Bounds bounds = bound(tree, 0.01, () -> asked.incrementAndGet() > QUESTIONS);
        assertTrue(bounds.lower() >= 0 && bounds.lower() <= 1.04e-5, bounds.toString());
        assertTrue(bounds.upper() <= 1 && bounds.upper() >= 9.9e-6, bounds.toString());
    }

    @Test
    void theTreeThatNobodySolvedLiesWithinAThird() {
        FaultTree tree = SharedTrees.read("fault-trees/nus9601");
        Solver patient =
                new Solver(
                        SolveLimits.STANDARD.within(Duration.ofMinutes(2)), InstantSource.system());
        int top = tree.literal(tree.tops().getFirst());
        Bounds bounds =
                patient.bound(tree.formula(), top, tree.probabilities(), 0.3, Watcher.patient());
        assertTrue(bounds.lower() > 9.9e-6 && bounds.lower() < 1.03e-5, bounds.toString());
        assertTrue(bounds.upper() < 1.5e-5 && bounds.upper() > bounds.lower(), bounds.toString());
    }

    /** Trials that hold, of so many. */
    private static double share(Enclosing.Trial trial, int trials, long seed) {
        Random random = new Random(seed);
        int held = 0;
        for (int i = 0; i < trials; i++) {
            held += trial.holds(random) ? 1 : 0;
        }
        return (double) held / trials;
    }

    @ParameterizedTest
    @ValueSource(strings = {"baobab1", "das9207", "edfpa15o", "elf9601", "isp9603"})
    void trialsBetweenTheBoundsComeToTheExactValue(String name) {
        FaultTree tree = SharedTrees.read("fault-trees/" + name);
        double exact = SharedTrees.expected(name).probability();
        int top = tree.literal(tree.tops().getFirst());
        Enclosing enclosing =
                solver.enclose(tree.formula(), top, tree.probabilities(), 0.9, Watcher.patient());
        double upper = enclosing.bounds().upper();
        Enclosing.Trial trial = enclosing.trial().orElseThrow();
        double found = share(trial, TRIALS, 1);
        double sigma = Math.sqrt(found * (1 - found) / TRIALS);
        assertEquals(exact, found * upper, upper * (5 * sigma + 5.0 / TRIALS), name);
        assertEquals(share(trial, 1_000, 7), share(trial, 1_000, 7));
    }

    /** Larger than what is left as it is, with modules inside, so that something is rounded. */
    @Test
    void boundsAndTrialsOfRandomStructuresHoldTheExactValue() {
        int rounded = 0;
        int drawn = 0;
        for (int seed = 0; seed < STRUCTURES; seed++) {
            Random random = new Random(seed);
            Formula formula = new Formula();
            double[] p = random.doubles(EVENTS, 0.001, 0.2).toArray();
            int[] ors = new int[60];
            for (int i = 0; i < ors.length; i++) {
                int[] some = random.ints(3, 0, EVENTS).map(formula::variable).toArray();
                ors[i] = i % 7 == 0 ? formula.atLeast(2, some) : formula.and(some);
            }
            int top = formula.or(ors) ^ seed & 1;
            double exact =
                    solver.solve(formula, top, Watcher.patient()).orThrow().probability(p).value();
            Enclosing enclosing = solver.enclose(formula, top, p, 0.4, Watcher.patient());
            Bounds bounds = enclosing.bounds();
            assertTrue(bounds.lower() <= exact * (1 + 1e-12), bounds + " " + exact);
            assertTrue(bounds.upper() >= exact * (1 - 1e-12), bounds + " " + exact);
            rounded += bounds.width() > 1e-9 ? 1 : 0;
            if (enclosing.trial().isPresent()) {
                drawn++;
                double share = share(enclosing.trial().get(), TRIALS, seed);
                double sigma = Math.sqrt(share * (1 - share) / TRIALS) + 1.0 / TRIALS;
                assertEquals(exact, share * bounds.upper(), 5 * sigma * bounds.upper());
            }
        }
        assertTrue(rounded >= STRUCTURES / 2, "so many were rounded: " + rounded);
        assertEquals(STRUCTURES, drawn);
    }

    /** Without any time there are the bounds of one pass, and they hold too. */
    @Test
    void boundsWithoutTimeHoldTheExactValue() {
        int informative = 0;
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Formula formula = new Formula();
            double[] p = random.doubles(10, 0, random.nextDouble()).toArray();
            int[] gates = new int[8];
            for (int i = 0; i < gates.length; i++) {
                int negated = seed % 3 == 0 ? 1 : 0;
                int[] some =
                        random.ints(3, 0, 10)
                                .map(it -> formula.variable(it) ^ (it % 2 & negated))
                                .toArray();
                gates[i] = formula.atLeast(1 + random.nextInt(3), some) ^ (i == 3 ? negated : 0);
            }
            int top = formula.atLeast(1 + random.nextInt(8), gates);
            double exact =
                    solver.solve(formula, top, Watcher.patient()).orThrow().probability(p).value();
            Bounds bounds = solver.bound(formula, top, p, 0.5, () -> true);
            assertTrue(bounds.lower() <= exact * (1 + 1e-12), bounds + " " + exact);
            assertTrue(bounds.upper() >= exact * (1 - 1e-12), bounds + " " + exact);
            informative += bounds.lower() > 0 || bounds.upper() < 1 ? 1 : 0;
        }
        assertTrue(informative > 200, "so many said something: " + informative);
    }
}
