package org.standfest.analysis.commands;

import org.standfest.analysis.faulttree.SolveLimits;
import org.standfest.analysis.faulttree.Solver;
import org.standfest.analysis.faulttree.Watcher;
import org.standfest.analysis.faulttree.formula.Formula;
import org.standfest.analysis.markov.GroupAvailability;
import org.standfest.analysis.markov.groups.CommonCauseGroup;
import org.standfest.analysis.markov.groups.DeterministicRepairPair;
import org.standfest.analysis.markov.groups.DistinctUnits;
import org.standfest.analysis.markov.groups.DormantUnit;
import org.standfest.analysis.markov.groups.FailoverCluster;
import org.standfest.analysis.markov.groups.KOutOfN;
import org.standfest.analysis.markov.groups.RepairableGroup;
import org.standfest.analysis.markov.groups.SparePool;
import org.standfest.analysis.markov.groups.StandbyGroup;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Every closed form with an unavailability, by its name in the table. One thread. */
final class ClosedForms {

    private static final int UNAVAILABILITY = 4;
    private static final int FREQUENCY = 6;

    private final InstantSource clock;
    private final Map<String, Supplier<GroupAvailability>> all = new LinkedHashMap<>();

    ClosedForms(InstantSource clock) {
        this.clock = clock;
        group("CF01", new KOutOfN(1, 1, 2000, 4, 1));
        group("CF02b", new KOutOfN(1, 2, 1000, 8, 1));
        group("CF03b", new KOutOfN(2, 3, 5000, 24, 1));
        group("CF04b", new KOutOfN(3, 5, 8760, 12, 2));
        group("CF05", new KOutOfN(7, 8, 4380, 6, 1));
        group("CF07", new KOutOfN(90, 100, 20000, 24, 4));
        series("CF09a", new KOutOfN(1, 1, 1000, 10, 1), new KOutOfN(1, 1, 3000, 20, 1));
        List<DistinctUnits.Unit> two =
                List.of(new DistinctUnits.Unit(1000, 10), new DistinctUnits.Unit(500, 50));
        group("CF10a", new DistinctUnits(1, two, 1));
        // The table rounds one minute and half a minute.
        group("CF11a", new FailoverCluster(5000, 4, 1 / 60.0, 0.99, 0.5, 1));
        group("CF11c", new FailoverCluster(2000, 8, 1 / 120.0, 0.95, 1, 2));
        group("CF12a", StandbyGroup.ideal(1, 1000, 10, 0, 1));
        group("CF12c", StandbyGroup.ideal(1, 1000, 10, 0.1, 1));
        group("CF12e", StandbyGroup.ideal(1, 1000, 10, 1, 1));
        group("CF13b", StandbyGroup.ideal(3, 500, 20, 0, 2));
        group("CF15a", new KOutOfN(1, 2, 1000, 8, 1, 1));
        group("CF15c", new KOutOfN(1, 2, 1000, 8, 1, 4));
        group("CF15e", new DeterministicRepairPair(1000, 8));
        group("CF17a", new CommonCauseGroup(1, 2, 10000, 10, 0, 10, 1));
        group("CF17c", new CommonCauseGroup(1, 2, 10000, 10, 0.05, 10, 1));
        series("CF18a", new KOutOfN(1, 2, 1e4, 1, 2), new KOutOfN(1, 1, 2e4, 2, 1));
        group("CF19a", new SparePool(4, 1, 2000, 12, 1.0 / 12, 1));
        all.put("CF20", this::bridge);
        all.put("CF23a", () -> sites(false));
        all.put("CF23c", () -> sites(true));
        group("CF26", new DormantUnit(1e4, 730));
    }

    private void group(String name, RepairableGroup group) {
        all.put(name, () -> group.solve().orThrow());
    }

    private void series(String name, RepairableGroup first, RepairableGroup second) {
        all.put(name, () -> first.solve().orThrow().inSeriesWith(second.solve().orThrow()));
    }

    private GroupAvailability bridge() {
        Formula f = new Formula();
        int[] edge = new int[5];
        for (int i = 0; i < edge.length; i++) {
            edge[i] = f.variable(i);
        }
        int down =
                f.or(
                        f.and(edge[0], edge[1]),
                        f.and(edge[3], edge[4]),
                        f.and(edge[0], edge[2], edge[4]),
                        f.and(edge[1], edge[2], edge[3]));
        return solved(f, down, 0.01, 0.02, 0.03, 0.04, 0.05);
    }

    /** Two sites of power and two of three hosts; with a witness, two of three votes. */
    private GroupAvailability sites(boolean witness) {
        Formula f = new Formula();
        double power = 0.0002;
        double host = 4 / 8764.0;
        int[] site = new int[2];
        for (int i = 0; i < site.length; i++) {
            int first = 4 * i;
            int hosts =
                    f.atLeast(
                            2, f.variable(first + 1), f.variable(first + 2), f.variable(first + 3));
            site[i] = f.or(f.variable(first), hosts);
        }
        int down =
                witness ? f.atLeast(2, site[0], site[1], f.variable(8)) : f.and(site[0], site[1]);
        return solved(f, down, power, host, host, host, power, host, host, host, 0.001);
    }

    private GroupAvailability solved(Formula formula, int down, double... p) {
        double unavailability =
                new Solver(SolveLimits.STANDARD, clock)
                        .solve(formula, down, Watcher.patient())
                        .orThrow()
                        .probability(p)
                        .value();
        return GroupAvailability.of(unavailability, 0);
    }

    /**
     * What came of one form.
     *
     * @param unavailability as given
     * @param error the larger relative error of unavailability and frequency, as far as given
     */
    record Answer(String name, double unavailability, double error) {}

    /** Compares every form of the table that has an unavailability. */
    List<Answer> compare(List<String> lines) {
        List<Answer> answers = new ArrayList<>();
        for (String line : lines) {
            List<String> cells = cells(line);
            Supplier<GroupAvailability> form = all.get(cells.getFirst());
            if (form != null) {
                GroupAvailability got = form.get();
                double error = error(cells.get(UNAVAILABILITY), got.unavailability());
                double other = error(cells.get(FREQUENCY), got.failureFrequencyPerHour());
                double given = Double.parseDouble(cells.get(UNAVAILABILITY));
                answers.add(new Answer(cells.getFirst(), given, Math.max(error, other)));
            } else if (!cells.get(UNAVAILABILITY).isEmpty()) {
                answers.add(new Answer(cells.getFirst(), 0, Double.POSITIVE_INFINITY));
            }
        }
        return answers;
    }

    private static double error(String given, double got) {
        return given.isEmpty() ? 0 : Math.abs(got / Double.parseDouble(given) - 1);
    }

    /** The cells of a line; some stand in quotes. */
    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (char c : line.toCharArray()) {
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
