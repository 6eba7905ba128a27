package org.standfest.analysis.commands;

import org.standfest.analysis.commands.BenchRow.Verdict;
import org.standfest.analysis.commands.Stopwatch.Times;
import org.standfest.analysis.faulttree.Bounds;
import org.standfest.analysis.faulttree.CutSets;
import org.standfest.analysis.faulttree.FaultTree;
import org.standfest.analysis.faulttree.SolveLimits;
import org.standfest.analysis.faulttree.Solver;
import org.standfest.analysis.faulttree.StructureFunction;
import org.standfest.analysis.faulttree.Watcher;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The shared fault trees beside SCRAM. One thread, used once. */
final class TreesBench {

    private static final double DIGITS = 1e-12;
    private static final double SECONDS_EACH = 120;
    private static final double SECONDS_TOGETHER = 20;
    private static final double WIDTH_WANTED = 0.01;

    /** Nobody has solved it yet; the time is better spent on bounds. */
    private static final Duration TIME_UNPUBLISHED = Duration.ofSeconds(20);

    private static final Duration TIME_FOR_BOUNDS = Duration.ofSeconds(60);

    private final BenchCases cases;
    private final Scram scram;
    private final InstantSource clock;
    private final Consumer<String> lines;

    TreesBench(BenchCases cases, Scram scram, InstantSource clock, Consumer<String> lines) {
        this.cases = cases;
        this.scram = scram;
        this.clock = clock;
        this.lines = lines;
    }

    /** One tree: what we did, and what SCRAM did. */
    private record Tree(
            String name,
            boolean published,
            boolean solved,
            double relativeError,
            boolean countEqual,
            Times ours,
            Optional<Times> theirs,
            Optional<Bounds> bounds) {

        String line() {
            String answer =
                    solved
                            ? published
                                    ? "P to %.1e, cut sets %s"
                                            .formatted(
                                                    relativeError,
                                                    countEqual ? "equal" : "NOT EQUAL")
                                    : "solved, no published answer"
                            : bounds.map(
                                            it ->
                                                    "between %.6e and %.6e (%.2f %% apart)"
                                                            .formatted(
                                                                    it.lower(),
                                                                    it.upper(),
                                                                    100 * it.width()))
                                    .orElse("not solved");
            return "%s: %s; %s; scram %s"
                    .formatted(name, answer, ours, theirs.map(Times::toString).orElse("no answer"));
        }

        Map<String, Object> json() {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("tree", name);
            all.put("solved", solved);
            if (solved && published) {
                all.put("relativeError", relativeError);
                all.put("countEqual", countEqual);
            }
            bounds.ifPresent(
                    it -> {
                        all.put("lower", it.lower());
                        all.put("upper", it.upper());
                    });
            all.put("seconds", ours.wall());
            all.put("processorSeconds", ours.processor());
            theirs.ifPresent(
                    it -> {
                        all.put("scramSeconds", it.wall());
                        all.put("scramProcessorSeconds", it.processor());
                    });
            return all;
        }
    }

    List<BenchRow> run() {
        List<Tree> trees = new ArrayList<>();
        for (String line : cases.lines("fault-trees/expected.csv")) {
            Tree tree = tree(line.split(",", -1));
            trees.add(tree);
            lines.accept(tree.line());
        }
        return List.of(answers(trees), beside(trees), beyond(trees), together(trees), last(trees));
    }

    private Tree tree(String[] cells) {
        Stopwatch watch = new Stopwatch(clock);
        FaultTree tree = cases.tree("fault-trees/" + cells[0]);
        boolean published = !cells[3].isEmpty();
        Duration limit = published ? SolveLimits.STANDARD.time() : TIME_UNPUBLISHED;
        Solver solver = new Solver(SolveLimits.STANDARD.within(limit), clock);
        int top = tree.literal(tree.tops().getFirst());
        Optional<StructureFunction> solved =
                solver.solve(tree.formula(), top, Watcher.patient()).result();
        double error = 0;
        boolean equal = true;
        if (solved.isPresent()) {
            double p = solved.get().probability(tree.probabilities()).value();
            Optional<CutSets> cutSets = solved.get().cutSets(Watcher.patient());
            equal =
                    cutSets.map(it -> it.total().toString().equals(cells[3])).orElse(false)
                            || !published;
            error = published ? Math.abs(p / Double.parseDouble(cells[4]) - 1) : 0;
        }
        Times ours = watch.read();
        Optional<Bounds> bounds =
                solved.isPresent() ? Optional.empty() : Optional.of(bounds(tree, top));
        Optional<Times> theirs =
                scram.isThere()
                        ? scram.run(cases.file("fault-trees/" + cells[0] + ".xml"))
                        : Optional.empty();
        return new Tree(
                cells[0], published, solved.isPresent(), error, equal, ours, theirs, bounds);
    }

    private Bounds bounds(FaultTree tree, int top) {
        return new Solver(SolveLimits.STANDARD.within(TIME_FOR_BOUNDS), clock)
                .bound(tree.formula(), top, tree.probabilities(), WIDTH_WANTED, Watcher.patient());
    }

    private static BenchRow answers(List<Tree> trees) {
        List<Tree> known = trees.stream().filter(Tree::published).toList();
        long exact = known.stream().filter(it -> it.solved && it.relativeError <= DIGITS).count();
        long counted = known.stream().filter(it -> it.solved && it.countEqual).count();
        double worst = known.stream().mapToDouble(Tree::relativeError).max().orElse(0);
        boolean kept = exact == known.size() && counted == known.size();
        return new BenchRow(
                "fault trees: answers",
                "P to 1e-12 relative and exact counts of cut sets on all with a published answer",
                "",
                "%d of %d probabilities (worst %.1e), %d of %d counts"
                        .formatted(exact, known.size(), worst, counted, known.size()),
                Verdict.of(kept, true),
                Map.of("trees", trees.stream().map(Tree::json).toList()));
    }

    private BenchRow beside(List<Tree> trees) {
        List<Tree> both = trees.stream().filter(it -> it.solved && it.theirs.isPresent()).toList();
        Times ours = both.stream().map(Tree::ours).reduce(Times.NONE, Times::plus);
        Times theirs =
                both.stream().map(it -> it.theirs.orElseThrow()).reduce(Times.NONE, Times::plus);
        boolean kept = ours.processor() <= theirs.processor();
        return new BenchRow(
                "fault trees beside SCRAM",
                "total at most SCRAM's on those it solves",
                "",
                scram.isThere()
                        ? "%d trees: %s, SCRAM %s".formatted(both.size(), ours, theirs)
                        : "SCRAM was not started",
                scram.isThere() ? Verdict.of(kept, true) : Verdict.SHOWN,
                Map.of("seconds", ours.wall(), "processorSeconds", ours.processor()));
    }

    private BenchRow beyond(List<Tree> trees) {
        List<Tree> alone =
                trees.stream().filter(it -> it.published && it.theirs.isEmpty()).toList();
        boolean kept =
                alone.stream().allMatch(it -> it.solved && it.ours.processor() <= SECONDS_EACH);
        String measured =
                String.join(", ", alone.stream().map(it -> it.name + " " + it.ours).toList());
        return new BenchRow(
                "fault trees on which SCRAM gives no answer",
                "solved within 120 s each",
                "",
                measured,
                scram.isThere() ? Verdict.of(kept, true) : Verdict.SHOWN,
                Map.of());
    }

    private static BenchRow together(List<Tree> trees) {
        Times all =
                trees.stream().filter(Tree::solved).map(Tree::ours).reduce(Times.NONE, Times::plus);
        return new BenchRow(
                "fault trees: all that are solved",
                "",
                "the whole set in 20 s",
                all.toString(),
                Verdict.of(true, all.processor() <= SECONDS_TOGETHER),
                Map.of("seconds", all.wall(), "processorSeconds", all.processor()));
    }

    private static BenchRow last(List<Tree> trees) {
        Tree last = trees.stream().filter(it -> !it.published).findFirst().orElseThrow();
        double apart = last.bounds.map(Bounds::width).orElse(0.0);
        return new BenchRow(
                last.name,
                "",
                "solved or bounded to 1 %",
                last.solved
                        ? "solved in " + last.ours
                        : last.bounds
                                .map(
                                        it ->
                                                "guaranteed %.4e to %.4e, %.2f %% apart"
                                                        .formatted(
                                                                it.lower(),
                                                                it.upper(),
                                                                100 * it.width()))
                                .orElse(""),
                Verdict.of(true, last.solved || apart <= WIDTH_WANTED),
                Map.of("apart", apart));
    }
}
