package org.standfest.analysis.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.standfest.analysis.availability.AnalysisRequest;
import org.standfest.analysis.availability.AnalysisResult;
import org.standfest.analysis.availability.ServiceAvailability;
import org.standfest.analysis.availability.TopologyAnalysis;
import org.standfest.analysis.classes.BsiClass;
import org.standfest.analysis.faulttree.Watcher;
import org.standfest.topology.Topology;
import org.standfest.topology.files.TopologyFiles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** docs/analysis-examples.md says of each example what the present code says. */
class ExamplesDocumentTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final double HOURS_PER_YEAR = 8760;

    /** The rows of each example's table: name, availability, minutes, class. */
    private static Map<String, List<List<String>>> stated() throws IOException {
        Map<String, List<List<String>>> stated = new LinkedHashMap<>();
        List<List<String>> rows = new ArrayList<>();
        for (String line : Files.readAllLines(ROOT.resolve("docs/analysis-examples.md"))) {
            if (line.startsWith("## ")) {
                rows = new ArrayList<>();
                stated.put(line.substring(3), rows);
            } else if (line.startsWith("| ") && !line.startsWith("| service")) {
                rows.add(List.of(line.substring(2).split(" \\| ")).subList(0, 4));
            }
        }
        return stated;
    }

    /** What all services that run somewhere say now, equal ones once. */
    private static Map<List<String>, List<String>> found(String example) {
        Topology topology =
                new TopologyFiles()
                        .read(ROOT.resolve("examples").resolve(example + ".topology"))
                        .orThrow()
                        .topology();
        AnalysisRequest request = AnalysisRequest.everything().with(Set.of());
        AnalysisResult result =
                TopologyAnalysis.run(topology, request, InstantSource.system(), Watcher.patient())
                        .orThrow();
        Map<List<String>, List<String>> found = new LinkedHashMap<>();
        for (ServiceAvailability it : result.availability().services()) {
            double down = it.unavailability();
            if (it.goal().siteId().isEmpty()) {
                List<String> cells =
                        List.of(
                                rounded("%.4f", 100 * (1 - down)),
                                rounded("%.1f", down * HOURS_PER_YEAR * 60),
                                BsiClass.rate(down).grade());
                found.computeIfAbsent(cells, _ -> new ArrayList<>()).add(it.goal().serviceName());
            }
        }
        return found;
    }

    private static String rounded(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    @TestFactory
    Stream<DynamicTest> theFiguresOfAnExampleAreThoseOfThePresentCode() throws IOException {
        Map<String, List<List<String>>> stated = stated();
        assertEquals(10, stated.size());
        return stated.entrySet().stream()
                .map(
                        it ->
                                DynamicTest.dynamicTest(
                                        it.getKey(), () -> check(it.getKey(), it.getValue())));
    }

    private static void check(String example, List<List<String>> stated) {
        Map<List<String>, List<String>> left = found(example);
        for (List<String> row : stated) {
            String name = row.getFirst().replaceAll(" and \\d+ more like it$", "");
            List<String> cells =
                    left.entrySet().stream()
                            .filter(it -> it.getValue().contains(name))
                            .findFirst()
                            .orElseThrow()
                            .getKey();
            assertEquals(row.subList(1, 4), cells, name);
        }
        assertEquals(
                left.keySet(), Set.copyOf(stated.stream().map(row -> row.subList(1, 4)).toList()));
    }
}
