package org.standfest.analysis.commands;

import org.standfest.analysis.availability.Assumptions;
import org.standfest.analysis.availability.AvailabilityAnalyzer;
import org.standfest.analysis.availability.AvailabilityReport;
import org.standfest.analysis.availability.Losses;
import org.standfest.analysis.availability.SyntheticLandscape;
import org.standfest.analysis.faulttree.Bounds;
import org.standfest.analysis.faulttree.CutSetBounds;
import org.standfest.analysis.faulttree.CutSets;
import org.standfest.analysis.faulttree.FaultTree;
import org.standfest.analysis.faulttree.SolveLimits;
import org.standfest.analysis.faulttree.Solver;
import org.standfest.analysis.faulttree.StructureFunction;
import org.standfest.analysis.faulttree.Watcher;
import org.standfest.analysis.faulttree.mef.MefLimits;
import org.standfest.analysis.faulttree.mef.MefReader;
import org.standfest.topology.FailureData;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyFactory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of the analysis engine. One thread, used once; takes minutes. */
final class AnalysisBench {

    private static final Path SCRAM = Path.of("/usr/bin/scram");
    private static final Pattern CHILDREN_TIMES =
            Pattern.compile("(\\d+)m([0-9.]+)s \\d+m[0-9.]+s");
    private static final int SERVICES = 100;
    private static final int ROUNDS_WARM = 5;
    private static final int EDITS = 11;
    private static final double WIDTH_WANTED = 0.01;
    private static final Duration TIME_FOR_BOUNDS = Duration.ofSeconds(60);
    private static final int[] SIZES = {100, 300, 1_000, 3_000, 10_000, 30_000, 50_000};

    private final Path cases;
    private final int scramSeconds;
    private final InstantSource clock;
    private final Consumer<String> lines;
    private final List<Map<String, Object>> rows = new ArrayList<>();

    AnalysisBench(Path cases, int scramSeconds, InstantSource clock, Consumer<String> lines) {
        this.cases = cases;
        this.scramSeconds = scramSeconds;
        this.clock = clock;
        this.lines = lines;
    }

    List<Map<String, Object>> run() {
        trees();
        services();
        for (int size : SIZES) {
            landscape(size);
        }
        return rows;
    }

    private double secondsSince(Instant start) {
        return Duration.between(start, clock.instant()).toNanos() / 1e9;
    }

    private void row(Map<String, Object> row) {
        rows.add(row);
        StringBuilder line = new StringBuilder();
        row.forEach(
                (key, value) -> {
                    String text = value instanceof Double d ? "%.4g".formatted(d) : "" + value;
                    line.append(key).append(' ').append(text).append("  ");
                });
        lines.accept(line.toString().strip());
    }

    private void trees() {
        double ours = 0;
        double theirs = 0;
        double oursWhereTheyDo = 0;
        for (String line : expected()) {
            String[] cells = line.split(",", -1);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("case", cells[0]);
            Instant start = clock.instant();
            double processorBefore = processorSeconds();
            FaultTree tree = read("fault-trees/" + cells[0]);
            Solver solver = new Solver(SolveLimits.STANDARD.within(Duration.ofSeconds(120)), clock);
            int top = tree.literal(tree.tops().getFirst());
            Optional<StructureFunction> solved =
                    solver.solve(tree.formula(), top, Watcher.patient()).result();
            solved.ifPresent(it -> compare(tree, it, cells, row));
            if (solved.isEmpty()) {
                bound(tree, top, row);
            }
            double seconds = secondsSince(start);
            row.put("seconds", seconds);
            row.put("processorSeconds", processorSeconds() - processorBefore);
            row.put("solved", solved.isPresent());
            Optional<Double> scram = scram(cells[0], row);
            ours += solved.isPresent() ? seconds : 0;
            theirs += scram.orElse(0.0);
            oursWhereTheyDo += scram.isPresent() ? seconds : 0;
            row(row);
        }
        Map<String, Object> sum = new LinkedHashMap<>();
        sum.put("case", "fault trees together");
        sum.put("seconds", ours);
        sum.put("secondsWhereScramAnswers", oursWhereTheyDo);
        sum.put("scramSeconds", theirs);
        row(sum);
    }

    private void bound(FaultTree tree, int top, Map<String, Object> row) {
        Bounds bounds =
                new Solver(SolveLimits.STANDARD.within(TIME_FOR_BOUNDS), clock)
                        .bound(
                                tree.formula(),
                                top,
                                tree.probabilities(),
                                WIDTH_WANTED,
                                Watcher.patient());
        row.put("lower", bounds.lower());
        row.put("upper", bounds.upper());
        row.put("apart", bounds.width());
    }

    private static void compare(
            FaultTree tree, StructureFunction solved, String[] cells, Map<String, Object> row) {
        double probability = solved.probability(tree.probabilities()).value();
        row.put("probability", Double.toString(probability));
        Optional<CutSets> cutSets = solved.cutSets(Watcher.patient());
        String total = cutSets.map(it -> it.total().toString()).orElse("?");
        row.put("cutSets", total);
        if (!cells[3].isEmpty()) {
            row.put("relativeError", Math.abs(probability / Double.parseDouble(cells[4]) - 1));
            row.put("countEqual", total.equals(cells[3]));
        }
    }

    private List<String> expected() {
        try {
            List<String> all = Files.readAllLines(cases.resolve("fault-trees/expected.csv"));
            return all.subList(1, all.size());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private FaultTree read(String name) {
        try (InputStream input = Files.newInputStream(cases.resolve(name + ".xml"))) {
            return new MefReader(MefLimits.STANDARD).read(name, input).tree().orElseThrow();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /**
     * The same with SCRAM, its report thrown away: processor seconds, so that a busy machine does
     * not count against it; nothing beyond the time.
     */
    private Optional<Double> scram(String name, Map<String, Object> row) {
        if (!Files.isExecutable(SCRAM) || scramSeconds == 0) {
            return Optional.empty();
        }
        String script =
                "ulimit -t $1; \"$2\" --bdd --probability 1 -o /dev/null \"$3\"; echo \"code $?\";"
                        + " times";
        String file = cases.resolve("fault-trees/" + name + ".xml").toString();
        try {
            Process process =
                    new ProcessBuilder(
                                    "/bin/bash",
                                    "-c",
                                    script,
                                    "bench",
                                    Integer.toString(scramSeconds),
                                    SCRAM.toString(),
                                    file)
                            .redirectErrorStream(true)
                            .start();
            String said = new String(process.getInputStream().readAllBytes());
            process.waitFor();
            Matcher children = CHILDREN_TIMES.matcher(said);
            double seconds = -1;
            while (children.find()) {
                seconds =
                        60 * Double.parseDouble(children.group(1))
                                + Double.parseDouble(children.group(2));
            }
            boolean done = seconds >= 0 && seconds < scramSeconds && said.contains("code 0");
            row.put("scram", done ? (Object) seconds : "no answer in " + scramSeconds + " s");
            return done ? Optional.of(seconds) : Optional.empty();
        } catch (IOException broken) {
            row.put("scram", broken.toString());
            return Optional.empty();
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Processor time of this process so far. */
    private static double processorSeconds() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis()
                / 1e3;
    }

    private void services() {
        FaultTree tree = read("ha/ha_1k");
        double[] p = tree.probabilities();
        double best = Double.MAX_VALUE;
        double bestProcessor = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS_WARM; round++) {
            Instant start = clock.instant();
            double before = processorSeconds();
            for (int i = 0; i < SERVICES; i++) {
                StructureFunction solved = solved(tree, "svc" + i);
                solved.probability(p);
                solved.importances(p);
                solved.cutSets(Watcher.patient()).ifPresent(CutSets::byOrder);
            }
            best = Math.min(best, secondsSince(start));
            bestProcessor = Math.min(bestProcessor, processorSeconds() - before);
        }
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("case", "ha_1k services");
        row.put("secondsWarm", best);
        row.put("processorSecondsWarm", bestProcessor);
        row(row);
        Instant start = clock.instant();
        CutSetBounds any = new CutSetBounds(p);
        for (int i = 0; i < SERVICES; i++) {
            solved(tree, "svc" + i).cutSets(Watcher.patient()).ifPresent(any::add);
        }
        Bounds bounds = any.any();
        Map<String, Object> second = new LinkedHashMap<>();
        second.put("case", "ha_1k_any");
        second.put("lower", bounds.lower());
        second.put("upper", bounds.upper());
        second.put("apart", bounds.width());
        second.put("seconds", secondsSince(start));
        row(second);
    }

    private StructureFunction solved(FaultTree tree, String gate) {
        return new Solver(SolveLimits.STANDARD, clock)
                .solve(tree.formula(), tree.literal(gate), Watcher.patient())
                .orThrow();
    }

    private void landscape(int size) {
        Topology topology = SyntheticLandscape.of(size, 1);
        analyse(topology);
        Instant start = clock.instant();
        double before = processorSeconds();
        AvailabilityAnalyzer analyzer = analyzer();
        AvailabilityReport report = analyzer.analyse(topology, Watcher.patient());
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("case", "landscape " + size);
        row.put("units", report.units().size());
        row.put("services", report.services().size());
        row.put("seconds", secondsSince(start));
        row.put("processorSeconds", processorSeconds() - before);
        start = clock.instant();
        before = processorSeconds();
        Losses losses = Losses.of(report);
        long answers = 0;
        for (int unit = 0; unit < report.units().size(); unit++) {
            answers += losses.whileDown(unit).size();
        }
        row.put("lossesAnswered", answers);
        row.put("secondsLosses", secondsSince(start));
        row.put("processorSecondsLosses", processorSeconds() - before);
        edits(topology, analyzer, row);
        row(row);
    }

    /** Figures of a host and the target of a service, by turns: the first, and the middle one. */
    private void edits(Topology topology, AvailabilityAnalyzer analyzer, Map<String, Object> row) {
        List<Double> figures = new ArrayList<>();
        List<Double> structure = new ArrayList<>();
        for (int edit = 0; edit < EDITS; edit++) {
            FailureData other = TopologyFactory.eINSTANCE.createFailureData();
            other.setMtbfHours(50_000 + edit);
            other.setMttrHours(9);
            topology.getSites().getFirst().getHosts().getFirst().setFailureData(other);
            figures.add(again(topology, analyzer));
            topology.getServices()
                    .getFirst()
                    .getDependencies()
                    .getFirst()
                    .getTargets()
                    .set(0, topology.getVirtualMachines().get(17 + edit));
            structure.add(again(topology, analyzer));
        }
        row.put("secondsFirstEdit", figures.getFirst());
        row.put("secondsEditOfFigures", middle(figures));
        row.put("secondsEditOfStructure", middle(structure));
    }

    private double again(Topology topology, AvailabilityAnalyzer analyzer) {
        Instant start = clock.instant();
        analyzer.analyse(topology, Watcher.patient());
        return secondsSince(start);
    }

    private static double middle(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private AvailabilityAnalyzer analyzer() {
        return new AvailabilityAnalyzer(Assumptions.standard(), 3, SolveLimits.STANDARD, clock);
    }

    private void analyse(Topology topology) {
        analyzer().analyse(topology, Watcher.patient());
    }
}
