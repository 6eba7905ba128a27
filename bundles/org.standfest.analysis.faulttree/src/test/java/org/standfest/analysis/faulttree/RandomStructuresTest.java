package org.standfest.analysis.faulttree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.standfest.analysis.faulttree.formula.Formula;
import org.standfest.analysis.faulttree.mef.MefLimits;
import org.standfest.analysis.faulttree.mef.MefReader;
import org.standfest.analysis.faulttree.mef.MefReading;
import org.standfest.analysis.faulttree.mef.MefWriter;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** The engine against the enumeration of all states of small structures. */
class RandomStructuresTest {

    private static final int EVENTS = 9;

    private final Solver solver = new Solver(SolveLimits.STANDARD, InstantSource.system());

    /** A structure as a formula and, independently, as a plain table of its values. */
    private record Structure(Formula formula, int top, boolean[] table, double[] p) {

        static Structure random(long seed, boolean coherent) {
            return random(seed, coherent, -1, false);
        }

        /** The same structure with one event always, or never, there. */
        static Structure random(long seed, boolean coherent, int fixed, boolean there) {
            Random random = new Random(seed);
            Formula formula = new Formula();
            List<Integer> literals = new ArrayList<>();
            List<boolean[]> tables = new ArrayList<>();
            double[] p = new double[EVENTS];
            for (int i = 0; i < EVENTS; i++) {
                p[i] =
                        random.nextInt(4) == 0
                                ? Math.pow(10, -9 * random.nextDouble())
                                : random.nextDouble();
                boolean[] table = new boolean[1 << EVENTS];
                for (int state = 0; state < table.length; state++) {
                    table[state] = i == fixed ? there : (state >> i & 1) != 0;
                }
                int constant = there ? Formula.TRUE : Formula.FALSE;
                literals.add(i == fixed ? constant : formula.variable(i));
                tables.add(table);
            }
            int gates = 2 + random.nextInt(14);
            for (int g = 0; g < gates; g++) {
                addGate(random, formula, literals, tables, coherent);
            }
            return new Structure(formula, literals.getLast(), tables.getLast(), p);
        }

        private static void addGate(
                Random random,
                Formula formula,
                List<Integer> literals,
                List<boolean[]> tables,
                boolean coherent) {
            int n = 2 + random.nextInt(4);
            int[] arguments = new int[n];
            boolean[][] inner = new boolean[n][];
            for (int i = 0; i < n; i++) {
                int recent = Math.min(literals.size(), 10);
                int pick = literals.size() - 1 - random.nextInt(recent);
                boolean negate = !coherent && random.nextInt(4) == 0;
                arguments[i] = literals.get(pick) ^ (negate ? 1 : 0);
                inner[i] = tables.get(pick).clone();
                for (int s = 0; negate && s < inner[i].length; s++) {
                    inner[i][s] = !inner[i][s];
                }
            }
            int kind = random.nextInt(coherent ? 3 : 4);
            int k = 1 + random.nextInt(n);
            boolean[] table = new boolean[1 << EVENTS];
            for (int state = 0; state < table.length; state++) {
                int count = 0;
                for (boolean[] one : inner) {
                    count += one[state] ? 1 : 0;
                }
                table[state] =
                        switch (kind) {
                            case 0 -> count == n;
                            case 1 -> count > 0;
                            case 2 -> count >= k;
                            default -> inner[0][state] != inner[1][state];
                        };
            }
            literals.add(
                    switch (kind) {
                        case 0 -> formula.and(arguments);
                        case 1 -> formula.or(arguments);
                        case 2 -> formula.atLeast(k, arguments);
                        default -> formula.xor(arguments[0], arguments[1]);
                    });
            tables.add(table);
        }

        double probability(double[] with) {
            double sum = 0;
            for (int state = 0; state < table.length; state++) {
                sum += table[state] ? weight(state, with) : 0;
            }
            return sum;
        }

        private static double weight(int state, double[] p) {
            double weight = 1;
            for (int i = 0; i < EVENTS; i++) {
                weight *= (state >> i & 1) != 0 ? p[i] : 1 - p[i];
            }
            return weight;
        }

        /** States that are true and have no true state below them. */
        Set<Integer> minimal() {
            Set<Integer> found = new TreeSet<>();
            for (int state = 0; state < table.length; state++) {
                boolean minimal = table[state];
                for (int below = (state - 1) & state;
                        minimal && state != 0;
                        below = (below - 1) & state) {
                    minimal = !table[below];
                    if (below == 0) {
                        break;
                    }
                }
                if (minimal) {
                    found.add(state);
                }
            }
            return found;
        }

        double[] with(int event, double value) {
            double[] changed = p.clone();
            changed[event] = value;
            return changed;
        }
    }

    private StructureFunction solve(Structure structure) {
        return solver.solve(structure.formula, structure.top, Watcher.patient()).orThrow();
    }

    @Property(tries = 700)
    void probabilityIsThatOfAllTrueStates(@ForAll long seed, @ForAll boolean coherent) {
        Structure structure = Structure.random(seed, coherent);
        Probability found = solve(structure).probability(structure.p);
        double expected = structure.probability(structure.p);
        assertEquals(expected, found.value(), 1e-12 * expected);
        assertEquals(1, found.value() + found.complement(), 1e-12);
    }

    @Property(tries = 700)
    void minimalCutSetsAreTheMinimalTrueStates(@ForAll long seed, @ForAll boolean coherent) {
        Structure structure = Structure.random(seed, coherent);
        CutSets cutSets = solve(structure).cutSets(Watcher.patient()).orElseThrow();
        Set<Integer> expected = structure.minimal();
        assertEquals(expected.size(), cutSets.total().intValueExact());
        Set<Integer> listed = new TreeSet<>();
        cutSets.byProbability(structure.p).forEachRemaining(it -> listed.add(state(it.events())));
        assertEquals(expected, listed);
        Set<Integer> small = new TreeSet<>();
        cutSets.upToOrder(2, it -> small.add(state(it)));
        expected.removeIf(it -> Integer.bitCount(it) > 2);
        assertEquals(expected, small);
        for (int single : cutSets.singlePoints()) {
            assertTrue(expected.contains(1 << single));
        }
    }

    private static int state(int[] events) {
        int state = 0;
        for (int event : events) {
            state |= 1 << event;
        }
        return state;
    }

    @Property(tries = 300)
    void importanceIsConditioning(@ForAll long seed, @ForAll boolean coherent) {
        Structure structure = Structure.random(seed, coherent);
        double top = structure.probability(structure.p);
        if (top < 1e-300) {
            return;
        }
        for (Importance it : solve(structure).importances(structure.p)) {
            double given = structure.probability(structure.with(it.event(), 1));
            double without = structure.probability(structure.with(it.event(), 0));
            double scale = 1e-12 * (given + without);
            assertEquals(given - without, it.birnbaum(), scale);
            assertEquals(given / top, it.riskAchievementWorth(), 1e-10 * given / top + 1e-12);
            double p = structure.p[it.event()];
            assertEquals(p * (given - without) / top, it.criticality(), 1e-12 + scale / top);
            assertEquals(p * given / top, it.diagnostic(), 1e-10);
            if (without > 1e-6 * top && coherent) {
                assertEquals(top / without, it.riskReductionWorth(), 1e-6 * top / without);
            }
        }
    }

    @Property(tries = 200)
    void frequencyIsThatOfTheStepsBetweenStates(@ForAll long seed) {
        Structure structure = Structure.random(seed, true);
        double[] up = new double[EVENTS];
        double[] failures = new double[EVENTS];
        for (int i = 0; i < EVENTS; i++) {
            up[i] = 1 - structure.p[i];
            failures[i] = up[i] * (i + 1) / 1000.0;
        }
        double expected = 0;
        for (int state = 0; state < structure.table.length; state++) {
            for (int i = 0; i < EVENTS && !structure.table[state]; i++) {
                if ((state >> i & 1) == 0 && structure.table[state | 1 << i]) {
                    expected += Structure.weight(state, structure.p) * (i + 1) / 1000.0;
                }
            }
        }
        Renewal renewal = solve(structure).renewal(structure.p, up, failures);
        assertEquals(expected, renewal.failuresPerHour(), 1e-10 * expected);
    }

    /** What if something were lost, or perfect: the answer without a new solution, and with one. */
    @Property(tries = 300)
    void whatIfIsTheSolutionWithoutTheEvent(@ForAll long seed, @ForAll boolean coherent) {
        Structure whole = Structure.random(seed, coherent);
        int event = (int) Math.floorMod(seed, (long) EVENTS);
        for (boolean there : new boolean[] {false, true}) {
            Structure without = Structure.random(seed, coherent, event, there);
            double asked = solve(whole).probability(whole.with(event, there ? 1 : 0)).value();
            double solved = solve(without).probability(without.p).value();
            assertEquals(without.probability(without.p), solved, 1e-12 * solved);
            assertEquals(solved, asked, 1e-12 * solved);
        }
    }

    /** Names with spaces, signs and letters that the format does not have. */
    @Property(tries = 200)
    void whatIsWrittenAsAFileIsReadBackAsTheSame(@ForAll long seed, @ForAll boolean coherent)
            throws IOException {
        Structure structure = Structure.random(seed, coherent);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            names.add("ein <Gerät> & " + i);
        }
        FaultTree tree =
                new FaultTree(
                        "t",
                        structure.formula,
                        names,
                        structure.p,
                        Map.of("oben", structure.top),
                        List.of("oben"));
        StringBuilder text = new StringBuilder();
        new MefWriter(tree, text).write(tree.tops());
        MefReading reading =
                new MefReader(MefLimits.STANDARD)
                        .read(
                                "t",
                                new ByteArrayInputStream(
                                        text.toString().getBytes(StandardCharsets.UTF_8)));
        FaultTree back =
                reading.tree()
                        .orElseThrow(() -> new AssertionError(reading.findings() + "" + text));
        StructureFunction again =
                solver.solve(
                                back.formula(),
                                back.literal(back.tops().getFirst()),
                                Watcher.patient())
                        .orThrow();
        int[] place = new int[EVENTS];
        for (int i = 0; i < EVENTS; i++) {
            place[i] = back.events().indexOf("ein_Ger_t_" + i);
        }
        for (int state = 0; state < structure.table.length; state++) {
            double[] fixed = new double[back.events().size()];
            for (int i = 0; i < EVENTS; i++) {
                if (place[i] >= 0) {
                    fixed[place[i]] = state >> i & 1;
                }
            }
            assertEquals(structure.table[state] ? 1 : 0, again.probability(fixed).value());
        }
        for (int i = 0; i < EVENTS; i++) {
            if (place[i] >= 0) {
                assertEquals(structure.p[i], back.probabilities()[place[i]]);
            }
        }
    }
}
