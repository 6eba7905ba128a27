package org.standfest.analysis.faulttree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

class SharedTreesTest {

    private final Solver solver = new Solver(SolveLimits.STANDARD, InstantSource.system());

    /** das9701 takes as long as all others together; `standfest bench analysis` has it too. */
    static Stream<SharedTrees.Expected> published() {
        return SharedTrees.expected().stream().filter(it -> !it.model().equals("das9701"));
    }

    @ParameterizedTest
    @MethodSource("published")
    void aPublishedAnswerIsFoundExactly(SharedTrees.Expected expected) {
        FaultTree tree = SharedTrees.read("fault-trees/" + expected.model());
        int top = tree.literal(tree.tops().getFirst());
        StructureFunction solved = solver.solve(tree.formula(), top, Watcher.patient()).orThrow();
        double probability = solved.probability(tree.probabilities()).value();
        assertEquals(1, probability / expected.probability(), 1e-12);
        CutSets cutSets = solved.cutSets(Watcher.patient()).orElseThrow();
        assertEquals(expected.cutSets(), cutSets.total().toString());
    }

    /** The given probabilities have six digits: more cannot be compared with them. */
    @Test
    void everyServiceOfTheLandscapeHasTheGivenCutSetsAndEveryGivenDigit() {
        FaultTree tree = SharedTrees.read("ha/ha_1k");
        List<String> rows = SharedTrees.lines("ha/ha_1k_scram_services.csv");
        assertEquals(100, rows.size());
        for (String row : rows) {
            String[] cells = row.split(",");
            StructureFunction solved =
                    solver.solve(tree.formula(), tree.literal(cells[0]), Watcher.patient())
                            .orThrow();
            double probability = solved.probability(tree.probabilities()).value();
            String rounded = String.format(Locale.ROOT, "%.5e", probability);
            assertEquals(Double.parseDouble(cells[2]), Double.parseDouble(rounded), cells[0]);
            CutSets cutSets = solved.cutSets(Watcher.patient()).orElseThrow();
            assertEquals(cells[1], cutSets.total().toString(), cells[0]);
        }
    }

    /** Every third of them, which is enough to notice and spares some seconds. */
    @Test
    void servicesOfTheLandscapeAgreeWithTwelveDigitsOfAnExactReckoning() {
        FaultTree tree = SharedTrees.read("ha/ha_1k");
        double[] p = tree.probabilities();
        for (int i = 0; i < 100; i += 3) {
            int service = tree.literal("svc" + i);
            double found =
                    solver.solve(tree.formula(), service, Watcher.patient())
                            .orThrow()
                            .probability(p)
                            .value();
            double exact = new ExactReckoning(tree.formula()).probability(service, p).doubleValue();
            assertEquals(1, found / exact, 1e-12, "svc" + i);
        }
    }

    @Test
    void aCutSetListedByProbabilityIsMinimalAndNeverMoreProbableThanTheOneBefore() {
        FaultTree tree = SharedTrees.read("fault-trees/edf9203");
        double[] p = tree.probabilities();
        StructureFunction solved =
                solver.solve(
                                tree.formula(),
                                tree.literal(tree.tops().getFirst()),
                                Watcher.patient())
                        .orThrow();
        List<CutSet> first = solved.cutSets(Watcher.patient()).orElseThrow().mostProbable(500, p);
        assertEquals(500, first.size());
        double before = 1;
        for (CutSet set : first) {
            double product =
                    Arrays.stream(set.events()).mapToDouble(it -> p[it]).reduce(1, (a, b) -> a * b);
            assertEquals(1, set.probability() / product, 1e-12);
            assertEquals(true, set.probability() <= before * (1 + 1e-12));
            before = set.probability();
            double[] only = new double[p.length];
            Arrays.stream(set.events()).forEach(it -> only[it] = 1);
            assertEquals(1, solved.probability(only).value());
            for (int event : set.events()) {
                only[event] = 0;
                assertEquals(0, solved.probability(only).value());
                only[event] = 1;
            }
        }
    }
}
