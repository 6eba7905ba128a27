package org.standfest.analysis.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.emf.ecore.util.EcoreUtil;
import org.junit.jupiter.api.Test;
import org.standfest.analysis.availability.AnalysisRequest;
import org.standfest.analysis.availability.AnalysisResult;
import org.standfest.analysis.availability.TopologyAnalysis;
import org.standfest.analysis.faulttree.Watcher;
import org.standfest.analysis.reports.VariantFigures.Row;
import org.standfest.analysis.reports.VariantFigures.Verdict;
import org.standfest.topology.StandbyProtection;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyFactory;
import org.standfest.topology.files.TopologyFiles;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

class VariantFiguresTest {

    private final Topology before =
            new TopologyFiles()
                    .read(Path.of("..", "..", "examples", "municipality.topology"))
                    .orThrow()
                    .topology();
    private final Topology after = EcoreUtil.copy(before);

    private static Optional<AnalysisResult> analysed(Topology topology) {
        return TopologyAnalysis.run(
                        topology,
                        AnalysisRequest.everything(),
                        InstantSource.system(),
                        Watcher.patient())
                .result();
    }

    private static Row row(List<Row> rows, String name) {
        return rows.stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void aCopyIsTheSameInEveryFigure() {
        List<Row> rows =
                VariantFigures.of(
                        before, after, Optional.empty(), Optional.empty(), Locale.ENGLISH);
        assertTrue(rows.size() > 10);
        assertEquals(List.of(), rows.stream().filter(it -> it.verdict() != Verdict.SAME).toList());
    }

    @Test
    void withoutItsPairEveryServiceWaitsAndIsLessAvailable() {
        after.getProtections().clear();
        List<Row> rows =
                VariantFigures.of(before, after, analysed(before), analysed(after), Locale.ENGLISH);
        Row back = row(rows, "Civil register: back after a failure");
        assertEquals("2\u00a0min", back.before());
        assertEquals("not protected", back.after());
        assertEquals(Verdict.WORSE, back.verdict());
        assertEquals(Verdict.WORSE, row(rows, "Civil register: availability").verdict());
    }

    @Test
    void bothFiguresAreThoseOfTheProtectionThatTakesOver() {
        StandbyProtection quick = TopologyFactory.eINSTANCE.createStandbyProtection();
        quick.setTakeoverSeconds(60);
        quick.setIntervalSeconds(3600);
        quick.getWorkloads().addAll(after.getVirtualMachines());
        after.getProtections().add(quick);
        List<Row> rows =
                VariantFigures.of(
                        before, after, Optional.empty(), Optional.empty(), Locale.ENGLISH);
        assertEquals(Verdict.BETTER, row(rows, "Civil register: back after a failure").verdict());
        assertEquals(Verdict.WORSE, row(rows, "Civil register: work lost at most").verdict());
    }

    @Test
    void lessPowerIsBetterAndAnotherCountIsNeither() {
        after.getSites().getFirst().getHosts().getFirst().setPowerWatts(1);
        after.getVirtualMachines().removeLast();
        List<Row> rows =
                VariantFigures.of(before, after, Optional.empty(), Optional.empty(), Locale.GERMAN);
        assertEquals(Verdict.BETTER, row(rows, "Leistungsaufnahme").verdict());
        assertEquals(Verdict.OTHER, row(rows, "Virtuelle Maschine").verdict());
    }
}
