package org.standfest.analysis.availability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.standfest.results.Outcome;
import org.standfest.topology.Confidence;
import org.standfest.topology.Network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

class LibraryTest {

    private static final String COST_HEAD = "kind;investEuro;yearsOfUse;euroPerYear;source\n";

    @TempDir Path folder;

    @Test
    void whatIsWrittenReadsAsDelivered() {
        assertTrue(Library.write(folder).isDone());
        Assumptions read = Library.read(folder).orThrow();
        Assumptions standard = Assumptions.standard();
        assertEquals(standard.commonCauseBeta(), read.commonCauseBeta());
        assertEquals(standard.repairStages(), read.repairStages());
        assertEquals(
                standard.defaults().all().stream().toList(),
                read.defaults().all().stream().toList());
        assertEquals(
                standard.costs().all().stream().toList(), read.costs().all().stream().toList());
        assertTrue(Library.write(folder) instanceof Outcome.Refused<Path>);
    }

    @Test
    void oneLineReplacesOneFigure() throws IOException {
        Files.writeString(
                folder.resolve("components.csv"),
                "key;english;german;mtbfHours;mttrHours;confidence;source\n"
                        + "network;Our switch;Unser Switch;50000;4.5;measured;our records 2024\n");
        Files.writeString(
                folder.resolve("costs.csv"), COST_HEAD + "SECOND_SWITCH;900;6;50;offer 17\n");
        Assumptions read = Library.read(folder).orThrow();
        ComponentDefault network = read.defaults().of("network");
        assertEquals(4.5, network.mttrHours());
        assertEquals("Unser Switch", network.name(Locale.GERMAN));
        assertEquals(Confidence.MEASURED, network.confidence());
        assertEquals(109_500, read.defaults().of("host").mtbfHours());
        assertEquals(200, read.costs().euroPerYear(Improvement.Kind.SECOND_SWITCH), 1e-12);
        Drawing drawing = new Drawing();
        Network drawn = drawing.named(Drawing.MAKE.createNetwork());
        drawing.topology.getNetworks().add(drawn);
        drawing.needs(1, drawn);
        Improvement second =
                drawing.analysed(read).improvements().stream()
                        .filter(it -> it.kind() == Improvement.Kind.SECOND_SWITCH)
                        .findFirst()
                        .orElseThrow();
        assertFalse(second.costAssumed());
        assertEquals("offer 17", second.costSource());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "components.csv|nothing;a;b;1;1;assumed;",
                "components.csv|host;a;b;0;1;assumed;",
                "components.csv|host;a;b;1;-1;assumed;",
                "components.csv|host;a;b;1,5;1;assumed;",
                "components.csv|host;a;b;NaN;1;assumed;",
                "components.csv|host;a;b;5;1;certain;x",
                "components.csv|host;a;b;5;1;verified;",
                "components.csv|host;a;b",
                "costs.csv|SECOND_SWITCH;0;1;0;",
                "costs.csv|SECOND_SWITCH;-1;1;5;",
                "costs.csv|SECOND_SWITCH;1;0;5;",
                "costs.csv|A_MIRACLE;1;1;5;",
                "assumptions.csv|common-cause-beta;a;b;x;;assumed;",
                "assumptions.csv|luck;a;b;1;;assumed;"
            })
    void aLineThatCannotBeUsedIsRefusedByNumber(String file, String line) throws IOException {
        Files.writeString(folder.resolve(file), "head\n\n" + line + "\n");
        Outcome<Assumptions> outcome = Library.read(folder);
        assertEquals("library.line", outcome.problem().orElseThrow().code());
        String said = outcome.problem().orElseThrow().happened(Locale.ENGLISH);
        assertTrue(said.contains("Line 3"), said);
    }

    @Test
    void assumptionsOutOfRangeAreRefused() throws IOException {
        Files.writeString(
                folder.resolve("assumptions.csv"), "head\ncommon-cause-beta;a;b;1.5;;assumed;\n");
        assertEquals("library.range", Library.read(folder).problem().orElseThrow().code());
    }

    @Test
    void anEmptyFolderAndAHugeFileAreRefused() throws IOException {
        assertEquals("library.none", Library.read(folder).problem().orElseThrow().code());
        Files.writeString(folder.resolve("costs.csv"), "x".repeat(2 << 20));
        assertEquals("library.large", Library.read(folder).problem().orElseThrow().code());
    }
}
