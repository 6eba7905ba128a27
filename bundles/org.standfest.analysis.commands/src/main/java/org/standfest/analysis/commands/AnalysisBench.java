package org.standfest.analysis.commands;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The table of the analysis engine. What is kept is judged by processor seconds, ours with those of
 * the JVM's compiler and collector, SCRAM's likewise: on a machine of its own they are never less
 * than the time by the clock, and on a busy one they are honest. One thread, used once; takes
 * minutes.
 */
final class AnalysisBench {

    private final BenchCases cases;
    private final int scramSeconds;
    private final InstantSource clock;
    private final Consumer<String> lines;

    /**
     * @param scramSeconds processor seconds that SCRAM may take for one tree; 0: not started
     * @param lines gets what is measured as it comes
     */
    AnalysisBench(BenchCases cases, int scramSeconds, InstantSource clock, Consumer<String> lines) {
        this.cases = cases;
        this.scramSeconds = scramSeconds;
        this.clock = clock;
        this.lines = lines;
    }

    List<BenchRow> run() {
        Scram scram = new Scram(scramSeconds, clock);
        LandscapeBench landscapes = new LandscapeBench(cases, clock, lines);
        OraclesBench oracles = new OraclesBench(cases, clock);
        List<BenchRow> rows = new ArrayList<>();
        rows.addAll(shown(new TreesBench(cases, scram, clock, lines).run()));
        rows.addAll(shown(List.of(landscapes.services(), landscapes.anyService())));
        rows.addAll(shown(landscapes.landscapes()));
        rows.addAll(shown(List.of(oracles.closedForms(), oracles.coverage(), oracles.rare())));
        rows.addAll(shown(List.of(oracles.chain())));
        lines.accept("");
        lines.accept("| case | must | aim | measured | |");
        lines.accept("|---|---|---|---|---|");
        rows.forEach(it -> lines.accept(it.line()));
        return rows;
    }

    private List<BenchRow> shown(List<BenchRow> rows) {
        rows.forEach(it -> lines.accept(it.name() + ": " + it.measured()));
        return rows;
    }
}
