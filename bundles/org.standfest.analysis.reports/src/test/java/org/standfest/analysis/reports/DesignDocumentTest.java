package org.standfest.analysis.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.documents.Document;
import org.standfest.documents.HtmlWriter;
import org.standfest.results.Explanation;
import org.standfest.results.Finding;
import org.standfest.results.Severity;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyFactory;
import org.standfest.topology.files.TopologyFiles;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

class DesignDocumentTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    private static Document document(Topology topology, Locale locale) {
        Finding finding =
                new Finding(
                        Severity.WARNING, "", "", Explanation.rendered("x.y", "Uh.", "Oh.", "Ah."));
        return DesignDocument.of(
                topology, List.of(finding), Optional.empty(), NOW, locale, ZoneOffset.UTC);
    }

    private static Topology municipality() {
        return new TopologyFiles()
                .read(Path.of("..", "..", "examples", "municipality.topology"))
                .orThrow()
                .topology();
    }

    @Test
    void saysSitesSystemsObjectivesFindingsAndAssumptions() {
        String english = HtmlWriter.write(document(municipality(), Locale.ENGLISH));
        for (String part :
                List.of("Town hall", "avance-1", "Civil register", "2\u00a0min", "Uh.", "MTBF")) {
            assertTrue(english.contains(part), part);
        }
        String german = HtmlWriter.write(document(municipality(), Locale.GERMAN));
        assertTrue(german.contains("Läuft auf") && german.contains("WAZ"));
        assertFalse(german.contains("!design") || german.contains("{0}"));
        assertFalse(english.contains("!design") || english.contains("{0}"));
    }

    @Test
    void anEmptySheetHasAReportToo() {
        Topology empty = TopologyFactory.eINSTANCE.createTopology();
        empty.setName("Empty");
        assertTrue(HtmlWriter.write(document(empty, Locale.ENGLISH)).contains("There are none."));
    }

    @Test
    void isWrittenAsPdfToo(@TempDir Path folder) throws Exception {
        Path pdf = folder.resolve("design.pdf");
        assertTrue(ReportFile.write(document(municipality(), Locale.GERMAN), pdf, NOW).isDone());
        assertEquals("%PDF", new String(Files.readAllBytes(pdf), 0, 4, "US-ASCII"));
    }
}
