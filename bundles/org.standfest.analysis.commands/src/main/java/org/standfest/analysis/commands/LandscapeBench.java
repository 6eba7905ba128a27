package org.standfest.analysis.commands;

import org.standfest.analysis.availability.Assumptions;
import org.standfest.analysis.availability.AvailabilityAnalyzer;
import org.standfest.analysis.availability.AvailabilityReport;
import org.standfest.analysis.availability.Losses;
import org.standfest.analysis.availability.SyntheticLandscape;
import org.standfest.analysis.commands.BenchRow.Verdict;
import org.standfest.analysis.commands.Stopwatch.Times;
import org.standfest.analysis.faulttree.Bounds;
import org.standfest.analysis.faulttree.CutSetBounds;
import org.standfest.analysis.faulttree.CutSets;
import org.standfest.analysis.faulttree.FaultTree;
import org.standfest.analysis.faulttree.SolveLimits;
import org.standfest.analysis.faulttree.Solver;
import org.standfest.analysis.faulttree.StructureFunction;
import org.standfest.analysis.faulttree.Watcher;
import org.standfest.topology.Component;
import org.standfest.topology.FailureData;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyFactory;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Landscapes: the given one, and generated ones of many sizes. One thread, used once. */
final class LandscapeBench {

    private static final int SERVICES = 100;
    private static final int ROUNDS_WARM = 5;
    private static final int EDITS = 11;
    private static final int LISTED = 3;
    private static final int LARGE = 10_000;
    private static final int[] SIZES = {100, 300, 1_000, 3_000, LARGE, 30_000, 50_000};

    private final BenchCases cases;
    private final InstantSource clock;
    private final Consumer<String> lines;

    LandscapeBench(BenchCases cases, InstantSource clock, Consumer<String> lines) {
        this.cases = cases;
        this.clock = clock;
        this.lines = lines;
    }

    /** P, importance and all cut sets of a hundred services, beside the given answers. */
    BenchRow services() {
        FaultTree tree = cases.tree("ha/ha_1k");
        double[] p = tree.probabilities();
        List<Times> rounds = new ArrayList<>();
        for (int round = 0; round < ROUNDS_WARM; round++) {
            Stopwatch watch = new Stopwatch(clock);
            for (int i = 0; i < SERVICES; i++) {
                StructureFunction solved = solved(tree, "svc" + i);
                solved.probability(p);
                solved.importances(p);
                solved.cutSets(Watcher.patient()).ifPresent(CutSets::byOrder);
            }
            rounds.add(watch.read());
        }
        Times best =
                rounds.stream().min(Comparator.comparingDouble(Times::processor)).orElseThrow();
        int equal = 0;
        List<String> given = cases.lines("ha/ha_1k_scram_services.csv");
        for (String line : given) {
            String[] cells = line.split(",");
            StructureFunction solved = solved(tree, cells[0]);
            String total =
                    solved.cutSets(Watcher.patient()).map(it -> it.total().toString()).orElse("");
            boolean same =
                    total.equals(cells[1]) && asGiven(solved.probability(p).value(), cells[2]);
            equal += same ? 1 : 0;
        }
        return new BenchRow(
                "ha_1k services",
                "all equal to the given (to 1e-12); at most 0.2 s warm",
                "0.05 s",
                "%d of %d equal in counts and in all six digits given; %s warm"
                        .formatted(equal, given.size(), best),
                Verdict.of(
                        equal == given.size() && best.processor() <= 0.2, best.processor() <= 0.05),
                Map.of("secondsWarm", best.wall(), "processorSecondsWarm", best.processor()));
    }

    /** Whether a number, rounded to the digits that were given, is the given one. */
    static boolean asGiven(double found, String given) {
        int digits = given.replaceAll("[eE].*", "").replaceAll("^[0.]+|[.]", "").length();
        String rounded = String.format(Locale.ROOT, "%." + (digits - 1) + "e", found);
        return Double.parseDouble(rounded) == Double.parseDouble(given);
    }

    BenchRow anyService() {
        FaultTree tree = cases.tree("ha/ha_1k");
        Stopwatch watch = new Stopwatch(clock);
        CutSetBounds any = new CutSetBounds(tree.probabilities());
        for (int i = 0; i < SERVICES; i++) {
            solved(tree, "svc" + i).cutSets(Watcher.patient()).ifPresent(any::add);
        }
        Bounds bounds = any.any();
        Times times = watch.read();
        return new BenchRow(
                "ha_1k_any",
                "guaranteed bounds at most 1 % apart in 10 s",
                "exact or 0.1 % in 5 s",
                "%.6e to %.6e, %.3f %% apart in %s"
                        .formatted(bounds.lower(), bounds.upper(), 100 * bounds.width(), times),
                Verdict.of(
                        bounds.width() <= 0.01 && times.processor() <= 10,
                        bounds.width() <= 0.001 && times.processor() <= 5),
                Map.of("apart", bounds.width(), "processorSeconds", times.processor()));
    }

    private StructureFunction solved(FaultTree tree, String gate) {
        return new Solver(SolveLimits.STANDARD, clock)
                .solve(tree.formula(), tree.literal(gate), Watcher.patient())
                .orThrow();
    }

    /** One size of the curve. */
    private record Point(
            int size,
            int units,
            int services,
            Times first,
            Times warm,
            Times losses,
            long answers,
            Times firstEdit,
            Times figures,
            Times structure) {

        String line() {
            return ("%,d components, %,d units, %,d services: first %s, warm %s; %,d answers to"
                            + " N-1 %s; first edit %s, figures %s, structure %s")
                    .formatted(
                            size, units, services, first, warm, answers, losses, firstEdit, figures,
                            structure);
        }
    }

    /** The rows for ten thousand components, and the curve. */
    List<BenchRow> landscapes() {
        List<Point> points = new ArrayList<>();
        for (int size : SIZES) {
            Point point = point(size);
            points.add(point);
            lines.accept(point.line());
        }
        Point large = points.stream().filter(it -> it.size == LARGE).findFirst().orElseThrow();
        double edit = Math.max(large.figures.processor(), large.structure.processor());
        return List.of(
                new BenchRow(
                        "ha, %,d components, %d services".formatted(LARGE, large.services),
                        "P, single points, cut sets, importance, MTBF at most 2 s warm",
                        "1 s",
                        large.warm + " warm (first analysis " + large.first + ")",
                        Verdict.of(large.warm.processor() <= 2, large.warm.processor() <= 1),
                        Map.of(
                                "secondsWarm",
                                large.warm.wall(),
                                "processorSecondsWarm",
                                large.warm.processor())),
                new BenchRow(
                        "every N-1 of these",
                        "at most 3 s",
                        "2 s",
                        "%,d units, %,d answers in %s"
                                .formatted(large.units, large.answers, large.losses),
                        Verdict.of(large.losses.processor() <= 3, large.losses.processor() <= 2),
                        Map.of("processorSeconds", large.losses.processor())),
                new BenchRow(
                        "one edit at %,d components".formatted(LARGE),
                        "re-evaluated in 100 ms",
                        "50 ms",
                        "figures %s, structure %s (mean of %d); the very first %s"
                                .formatted(large.figures, large.structure, EDITS, large.firstEdit),
                        Verdict.of(edit <= 0.1, edit <= 0.05),
                        Map.of("processorSeconds", edit)),
                curve(points));
    }

    private static BenchRow curve(List<Point> points) {
        String measured =
                String.join(
                        "; ",
                        points.stream()
                                .map(
                                        it ->
                                                "%,d: %.3g s (%.2f ms a service)"
                                                        .formatted(
                                                                it.size,
                                                                it.warm.processor(),
                                                                1e3
                                                                        * it.warm.processor()
                                                                        / it.services))
                                .toList());
        return new BenchRow(
                "cost by size",
                "near to linear",
                "",
                measured,
                Verdict.SHOWN,
                Map.of(
                        "components",
                        points.stream().map(Point::size).toList(),
                        "processorSecondsWarm",
                        points.stream().map(it -> it.warm.processor()).toList()));
    }

    private Point point(int size) {
        Topology topology = SyntheticLandscape.of(size, 1);
        Stopwatch cold = new Stopwatch(clock);
        analyzer().analyse(topology, Watcher.patient());
        Times first = cold.read();
        List<Times> rounds = new ArrayList<>();
        AvailabilityAnalyzer analyzer = analyzer();
        AvailabilityReport report = null;
        for (int round = 0; round < ROUNDS_WARM; round++) {
            analyzer = analyzer();
            Stopwatch watch = new Stopwatch(clock);
            report = analyzer.analyse(topology, Watcher.patient());
            rounds.add(watch.read());
        }
        rounds.sort(Comparator.comparingDouble(Times::processor));
        Stopwatch watch = new Stopwatch(clock);
        Losses losses = Losses.of(report);
        long answers = 0;
        for (int unit = 0; unit < report.units().size(); unit++) {
            answers += losses.whileDown(unit).size();
        }
        Times answered = watch.read();
        AvailabilityAnalyzer edited = analyzer;
        Times firstEdit = figures(topology, edited, 0);
        for (int edit = 1; edit <= EDITS; edit++) {
            figures(topology, edited, edit);
            structure(topology, edited, edit);
        }
        List<Times> figures = new ArrayList<>();
        List<Times> structure = new ArrayList<>();
        for (int edit = EDITS + 1; edit <= 2 * EDITS; edit++) {
            figures.add(figures(topology, edited, edit));
            structure.add(structure(topology, edited, edit));
        }
        return new Point(
                size,
                report.units().size(),
                report.services().size(),
                first,
                rounds.get(ROUNDS_WARM / 2),
                answered,
                answers,
                firstEdit,
                mean(figures),
                mean(structure));
    }

    /** Other figures for a host. */
    private Times figures(Topology topology, AvailabilityAnalyzer analyzer, int edit) {
        FailureData other = TopologyFactory.eINSTANCE.createFailureData();
        other.setMtbfHours(50_000 + edit);
        other.setMttrHours(9);
        topology.getSites().getFirst().getHosts().getFirst().setFailureData(other);
        return again(topology, analyzer);
    }

    /** Another guest for a service. */
    private Times structure(Topology topology, AvailabilityAnalyzer analyzer, int edit) {
        List<Component> targets =
                topology.getServices().getFirst().getDependencies().getFirst().getTargets();
        Component other = topology.getVirtualMachines().get(17 + edit);
        targets.set(
                0,
                targets.contains(other)
                        ? topology.getVirtualMachines().get(17 + 3 * EDITS + edit)
                        : other);
        return again(topology, analyzer);
    }

    private Times again(Topology topology, AvailabilityAnalyzer analyzer) {
        Stopwatch watch = new Stopwatch(clock);
        analyzer.analyse(topology, Watcher.patient());
        return watch.read();
    }

    private static Times mean(List<Times> all) {
        Times sum = all.stream().reduce(Times.NONE, Times::plus);
        return new Times(sum.wall() / all.size(), sum.processor() / all.size());
    }

    private AvailabilityAnalyzer analyzer() {
        return new AvailabilityAnalyzer(
                Assumptions.standard(), LISTED, SolveLimits.STANDARD, clock);
    }
}
