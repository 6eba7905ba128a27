package org.standfest.analysis.availability;

import org.standfest.analysis.availability.CompiledTopology.Goal;
import org.standfest.analysis.availability.UncertaintyBand.Driver;
import org.standfest.analysis.availability.UncertaintyBand.Range;
import org.standfest.analysis.distributions.Distribution;
import org.standfest.analysis.distributions.Propagation;
import org.standfest.analysis.faulttree.Renewal;
import org.standfest.analysis.faulttree.StructureFunction;
import org.standfest.analysis.faulttree.Watcher;
import org.standfest.topology.Confidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Draws the data of a compiled topology and evaluates what was solved already. The diagrams do not
 * change, only the probabilities in them; each draw serves all services. Elements that share a
 * datum move together. One thread.
 */
final class Scatter {

    private static final int DRIVERS = 5;

    /** Beyond this many data the effect of each alone is not calculated. */
    private static final int SWINGS_MOST = 400;

    private static final double HOURS_PER_YEAR = 8760;
    private static final double LOW = 0.05;

    private final CompiledTopology compiled;
    private final IntFunction<StructureFunction> solved;
    private final List<Datum> data;
    private final Map<String, Integer> ofTakeovers = new HashMap<>();
    private final Map<Integer, Takeover> byUnit = new HashMap<>();
    private final double[] down;
    private final double[] up;
    private final double[] failures;
    private final double[] plain;

    /**
     * @param compiled the topology
     * @param solved the structure of a literal, or null where it was beyond the limits
     */
    Scatter(CompiledTopology compiled, IntFunction<StructureFunction> solved) {
        this.compiled = compiled;
        this.solved = solved;
        data = new ArrayList<>(compiled.data());
        for (Takeover it : compiled.takeovers()) {
            byUnit.put(it.unit(), it);
            boolean switches = it.effect() == Takeover.Effect.TAKEOVER;
            if (switches && it.coverage() < 1) {
                add(it, Datum.What.COVERAGE, Confidence.REPORTED);
            }
            if (switches && it.failoverHours() > 0) {
                add(it, Datum.What.TAKEOVER_TIME, Confidence.REPORTED);
            }
            if (switches && !Double.isNaN(it.manualHours())) {
                common(Datum.What.MANUAL_TIME);
            }
            if (it.effect() == Takeover.Effect.COMMON_CAUSE) {
                common(Datum.What.COMMON_CAUSE);
            }
        }
        int units = compiled.units().size();
        down = new double[units];
        up = new double[units];
        failures = new double[units];
        plain = new double[data.size()];
        Arrays.fill(plain, 1);
    }

    private void add(Takeover takeover, Datum.What what, Confidence confidence) {
        String name = takeover.protectionName();
        enter(new Datum(takeover.protectionId(), what, name, name, confidence));
    }

    private void common(Datum.What what) {
        enter(new Datum("", what, "", "", Confidence.ASSUMED));
    }

    private void enter(Datum datum) {
        ofTakeovers.computeIfAbsent(
                datum.origin() + datum.what(),
                _ -> {
                    data.add(datum);
                    return data.size() - 1;
                });
    }

    /**
     * The bands of services.
     *
     * @param draws 20 or more
     * @return for those that can be down and are not beyond the limits; none when it was cancelled
     *     before there were 20 draws
     */
    Map<Goal, UncertaintyBand> bands(List<Goal> goals, int draws, long seed, Watcher watcher) {
        List<Goal> usable = new ArrayList<>();
        for (Goal goal : goals) {
            StructureFunction structure = solved.apply(goal.down());
            if (structure != null && !structure.isConstant()) {
                usable.add(goal);
            }
        }
        List<Distribution> factors = new ArrayList<>();
        data.forEach(it -> factors.add(new Distribution.LogNormal(1, it.errorFactor())));
        double[][] drawn = Propagation.latinHypercube(factors, draws, seed);
        double[][] unavailability = new double[usable.size()][draws];
        double[][] frequency = new double[usable.size()][draws];
        int done = 0;
        while (done < draws && !watcher.cancelled()) {
            evaluate(drawn[done]);
            for (int i = 0; i < usable.size(); i++) {
                Renewal renewal = solved.apply(usable.get(i).down()).renewal(down, up, failures);
                unavailability[i][done] = renewal.unavailability();
                frequency[i][done] = renewal.failuresPerHour();
            }
            done++;
        }
        if (done < Propagation.LEAST_DRAWS) {
            return Map.of();
        }
        Map<Goal, List<Driver>> drivers = drivers(usable, drawn, unavailability, done, watcher);
        Map<Goal, UncertaintyBand> bands = new HashMap<>();
        for (int i = 0; i < usable.size(); i++) {
            double[] u = Arrays.copyOf(unavailability[i], done);
            double[] often = Arrays.copyOf(frequency[i], done);
            double[] hours = new double[done];
            for (int j = 0; j < done; j++) {
                hours[j] = u[j] / often[j];
            }
            bands.put(
                    usable.get(i),
                    new UncertaintyBand(
                            range(u),
                            range(often).times(HOURS_PER_YEAR),
                            range(hours),
                            done,
                            drivers.get(usable.get(i))));
        }
        return bands;
    }

    private static Range range(double[] values) {
        Distribution.Measured all =
                new Distribution.Measured(Arrays.stream(values).sorted().boxed().toList());
        return new Range(all.quantile(LOW), all.quantile(0.5), all.quantile(1 - LOW));
    }

    /** All units' figures when the data are wrong by factors. */
    private void evaluate(double[] factors) {
        for (Unit unit : compiled.units()) {
            int i = unit.index();
            double[] numbers =
                    compiled.bases()
                            .get(i)
                            .map(it -> it.numbers(factors))
                            .orElse(new double[] {0, 1, 0});
            down[i] = Math.min(1, numbers[0]);
            up[i] = numbers[1];
            failures[i] = numbers[2];
        }
        TakeoverFigures takeovers = new TakeoverFigures(down, up, failures, new GroupChains());
        for (Takeover takeover : compiled.takeovers()) {
            StructureFunction demand = solved.apply(takeover.demand());
            if (demand != null) {
                takeovers.settle(wrong(takeover, factors), demand);
            }
        }
        StateFigures states = new StateFigures(down, up, failures, takeovers);
        for (GroupState state : compiled.states()) {
            StructureFunction tooMany = solved.apply(state.tooMany());
            StructureFunction either = solved.apply(state.either());
            if (tooMany != null && either != null) {
                states.settle(state, wrong(byUnit.get(state.takeover()), factors), tooMany, either);
            }
        }
    }

    private double factor(String origin, Datum.What what, double[] factors) {
        Integer index = ofTakeovers.get(origin + what);
        return index == null ? 1 : factors[index];
    }

    private Takeover wrong(Takeover it, double[] factors) {
        String origin = it.protectionId();
        double missed = 1 - it.coverage();
        double figure = it.group().figure();
        if (it.effect() == Takeover.Effect.COMMON_CAUSE) {
            figure = Math.min(1, figure * factor("", Datum.What.COMMON_CAUSE, factors));
        }
        return it.with(
                1 - Math.min(1, missed * factor(origin, Datum.What.COVERAGE, factors)),
                it.failoverHours() * factor(origin, Datum.What.TAKEOVER_TIME, factors),
                it.manualHours() * factor("", Datum.What.MANUAL_TIME, factors),
                figure);
    }

    /** The data that move each service most. */
    private Map<Goal, List<Driver>> drivers(
            List<Goal> goals, double[][] drawn, double[][] results, int done, Watcher watcher) {
        BitSet[] matters = matters();
        double[][] ranks = new double[data.size()][];
        Map<Goal, List<Driver>> drivers = new HashMap<>();
        BitSet wanted = new BitSet();
        for (int i = 0; i < goals.size(); i++) {
            BitSet mine = new BitSet();
            for (int event : solved.apply(goals.get(i).down()).events()) {
                mine.or(matters[event]);
            }
            double[] rankOfResult = Propagation.ranks(Arrays.copyOf(results[i], done));
            List<Driver> all = new ArrayList<>();
            for (int datum = mine.nextSetBit(0); datum >= 0; datum = mine.nextSetBit(datum + 1)) {
                if (ranks[datum] == null) {
                    ranks[datum] = Propagation.ranks(column(drawn, datum, done));
                }
                double correlation = Propagation.correlation(ranks[datum], rankOfResult);
                all.add(new Driver(data.get(datum), correlation, Double.NaN, Double.NaN));
            }
            all.sort(Comparator.comparingDouble(it -> -Math.abs(it.rankCorrelation())));
            List<Driver> first = all.subList(0, Math.min(DRIVERS, all.size()));
            first.forEach(it -> wanted.set(data.indexOf(it.datum())));
            drivers.put(goals.get(i), first);
        }
        if (wanted.cardinality() > SWINGS_MOST) {
            return drivers;
        }
        return swings(goals, drivers, wanted, watcher);
    }

    private static double[] column(double[][] drawn, int datum, int rows) {
        double[] column = new double[rows];
        for (int row = 0; row < rows; row++) {
            column[row] = drawn[row][datum];
        }
        return column;
    }

    /** Each of the strongest data alone at its ends, everything else as it stands. */
    private Map<Goal, List<Driver>> swings(
            List<Goal> goals, Map<Goal, List<Driver>> drivers, BitSet wanted, Watcher watcher) {
        Map<Datum, double[][]> ends = new HashMap<>();
        for (int datum = wanted.nextSetBit(0); datum >= 0; datum = wanted.nextSetBit(datum + 1)) {
            if (watcher.cancelled()) {
                return drivers;
            }
            double sigma = Math.log(data.get(datum).errorFactor());
            double[][] both = new double[2][goals.size()];
            for (int end = 0; end < 2; end++) {
                double[] factors = plain.clone();
                factors[datum] = Math.exp(end == 0 ? -sigma : sigma);
                evaluate(factors);
                for (int i = 0; i < both[end].length; i++) {
                    both[end][i] = solved.apply(goals.get(i).down()).probability(down, up).value();
                }
            }
            ends.put(data.get(datum), both);
        }
        Map<Goal, List<Driver>> complete = new HashMap<>();
        for (int i = 0; i < goals.size(); i++) {
            List<Driver> mine = new ArrayList<>();
            for (Driver it : drivers.get(goals.get(i))) {
                double[][] both = ends.get(it.datum());
                mine.add(new Driver(it.datum(), it.rankCorrelation(), both[0][i], both[1][i]));
            }
            mine.sort(Comparator.comparingDouble(Driver::swing).reversed());
            complete.put(goals.get(i), mine);
        }
        return complete;
    }

    /** The data behind each unit; behind a takeover's those of its demand and of its members. */
    private BitSet[] matters() {
        BitSet[] matters = new BitSet[compiled.units().size()];
        for (Unit unit : compiled.units()) {
            BitSet own = new BitSet();
            compiled.bases()
                    .get(unit.index())
                    .ifPresent(
                            it -> {
                                own.set(it.mtbf());
                                own.set(it.mttr());
                            });
            matters[unit.index()] = own;
        }
        for (Takeover it : compiled.takeovers()) {
            BitSet all = matters[it.unit()];
            StructureFunction demand = solved.apply(it.demand());
            for (int event : demand == null ? new int[0] : demand.events()) {
                all.or(matters[event]);
            }
            it.group().members().forEach(member -> all.or(matters[member]));
            set(it.protectionId() + Datum.What.COVERAGE, all);
            set(it.protectionId() + Datum.What.TAKEOVER_TIME, all);
            boolean person = !Double.isNaN(it.manualHours());
            if (it.effect() == Takeover.Effect.COMMON_CAUSE) {
                set(Datum.What.COMMON_CAUSE.name(), all);
            } else if (it.effect() == Takeover.Effect.TAKEOVER && person) {
                set(Datum.What.MANUAL_TIME.name(), all);
            }
        }
        compiled.states().forEach(it -> matters[it.unit()].or(matters[it.takeover()]));
        return matters;
    }

    private void set(String key, BitSet into) {
        Integer index = ofTakeovers.get(key);
        if (index != null) {
            into.set(index);
        }
    }
}
