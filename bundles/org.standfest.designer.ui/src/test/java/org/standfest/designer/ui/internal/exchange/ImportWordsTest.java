package org.standfest.designer.ui.internal.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.results.Explanation;
import org.standfest.results.Finding;
import org.standfest.results.Severity;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyFactory;
import org.standfest.topology.exchange.ExchangeFormat;
import org.standfest.topology.exchange.Imported;
import org.standfest.topology.exchange.TopologyExchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

class ImportWordsTest {

    @TempDir Path folder;

    private static Imported imported(Map<String, Integer> taken, List<Finding> report) {
        return new Imported(
                TopologyFactory.eINSTANCE.createTopology(), ExchangeFormat.RVTOOLS, taken, report);
    }

    @Test
    void saysWhatWasMadeTheMostFirstInTheReadersLanguage() {
        Imported imported = imported(Map.of("Host", 3, "VirtualMachine", 12, "Site", 0), List.of());
        assertEquals(
                "Virtual machine: 12 \u00b7 Host: 3", ImportWords.taken(imported, Locale.ENGLISH));
        assertEquals(
                "Virtuelle Maschine: 12 \u00b7 Host: 3",
                ImportWords.taken(imported, Locale.GERMAN));
        assertTrue(
                ImportWords.taken(imported(Map.of(), List.of()), Locale.ENGLISH)
                        .startsWith("Nothing"));
    }

    @Test
    void saysEachRemarkWithItsPlaceTheWorstFirst() {
        Finding hint =
                new Finding(
                        Severity.HINT, "", "", Explanation.rendered("a", "Guessed.", "", "Check."));
        Finding error =
                new Finding(
                        Severity.ERROR,
                        "",
                        "web",
                        Explanation.rendered("b", "No size.", "", "Add it."));
        assertEquals(
                List.of("Fehler \u2013 web: No size. Add it.", "Hinweis \u2013 Guessed. Check."),
                ImportWords.report(imported(Map.of(), List.of(hint, error)), Locale.GERMAN));
    }

    @Test
    void countsRemarksAsPeopleDo() {
        Finding hint =
                new Finding(Severity.HINT, "", "", Explanation.rendered("a", "Guessed.", "", ""));
        Finding error =
                new Finding(Severity.ERROR, "", "", Explanation.rendered("b", "No size.", "", ""));
        assertEquals("Everything was taken over.", remarks());
        assertEquals("One remark. Nothing else was left out.", remarks(error));
        assertEquals("2 remarks. Nothing else was left out.", remarks(hint, hint));
        assertEquals(
                "2 remarks; look at 1 of them. Nothing else was left out.", remarks(hint, error));
    }

    private static String remarks(Finding... report) {
        return ImportWords.remarks(imported(Map.of(), List.of(report)), Locale.ENGLISH);
    }

    @Test
    void aTopologyComesBackFromItsArchiMateFile() throws IOException {
        Topology topology = TopologyFactory.eINSTANCE.createTopology();
        topology.setId("8b3b8869-66e2-3769-9600-2ec35f946020");
        topology.setName("Town");
        Path file = folder.resolve("town.xml");
        assertTrue(DataExport.of("archimate").write(topology, file).isDone());
        Imported back =
                new TopologyExchange().read(List.of(file), Optional.empty()).result().orElseThrow();
        assertEquals("Town", back.topology().getName());
        for (String list : List.of("parts", "licences")) {
            Path csv = folder.resolve(list + ".csv");
            assertTrue(DataExport.of(list).write(topology, csv).isDone());
            assertTrue(Files.readString(csv).contains("kind,name"));
        }
    }
}
