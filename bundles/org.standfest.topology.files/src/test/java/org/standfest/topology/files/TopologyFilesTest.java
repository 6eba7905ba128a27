package org.standfest.topology.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.results.Outcome;
import org.standfest.topology.MirrorPair;
import org.standfest.topology.Service;
import org.standfest.topology.Topology;
import org.standfest.topology.TopologyFactory;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

class TopologyFilesTest {

    private static final String ID = "00000000-0000-4000-8000-00000000000";
    private static final String OLD =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                    + "<topology xmlns=\"urn:standfest:topology\" format=\"1\" id=\""
                    + ID
                    + "0\" name=\"Old\">\n"
                    + "  <service id=\""
                    + ID
                    + "1\" name=\"Mail\" mtpdMinutes=\"480\" rpoMinutes=\"0\" rtoMinutes=\"5\"/>\n"
                    + "  <service id=\""
                    + ID
                    + "2\" name=\"Files\"/>\n"
                    + "</topology>\n";

    private final TopologyFiles files = new TopologyFiles();

    @TempDir private Path folder;

    @Test
    void version1IsMigratedWhileReading() {
        LoadedTopology loaded = read(OLD).orThrow();
        assertEquals(1, loaded.formatVersion());
        assertTrue(loaded.migrated());
        Service mail = loaded.topology().getServices().getFirst();
        assertEquals(300, mail.getRtoSeconds());
        assertEquals(0, mail.getRpoSeconds());
        assertEquals(28_800, mail.getMtpdSeconds());
        assertNull(loaded.topology().getServices().getLast().getRtoSeconds());
    }

    @Test
    void migratingKeepsTheOldFileBesideTheNew() throws IOException {
        Path file = Files.writeString(folder.resolve("a.topology"), OLD);
        assertEquals(1, files.migrate(file).orThrow());
        assertEquals(OLD, Files.readString(folder.resolve("a.topology.v1")));
        String migrated = Files.readString(file);
        assertTrue(migrated.contains("format=\"2\""), migrated);
        assertTrue(migrated.contains("rtoSeconds=\"300\""), migrated);
        assertEquals(2, files.migrate(file).orThrow());
        Files.writeString(file, OLD);
        assertEquals("topology.file.kept-exists", code(files.migrate(file)));
        assertEquals(OLD, Files.readString(file));
    }

    @Test
    void valueThatCannotBeCarriedOverIsRefused() {
        assertEquals("topology.file.unmigratable", code(read(OLD.replace("\"480\"", "\"soon\""))));
        assertEquals(
                "topology.file.unmigratable", code(read(OLD.replace("\"480\"", "\"99999999\""))));
        assertEquals(
                "topology.file.unmigratable",
                code(read(OLD.replace("rtoMinutes", "rtoSeconds=\"1\" rtoMinutes"))));
        assertEquals(
                "topology.file.unknown-attribute",
                code(read(OLD.replace("format=\"1\"", "format=\"2\""))));
    }

    @Test
    void missingTargetsAreKeptAsTheyWere() {
        String text =
                OLD.replace("format=\"1\"", "format=\"2\"")
                        .replaceAll(
                                "<service id=\"[^\"]*1\"[^>]*>",
                                "<mirrorPair id=\""
                                        + ID
                                        + "1\" firstHost=\""
                                        + ID
                                        + "8\" workloads=\""
                                        + ID
                                        + "9 "
                                        + ID
                                        + "7\"/>");
        Topology topology = read(text).orThrow().topology();
        MirrorPair pair = (MirrorPair) topology.getProtections().getFirst();
        assertTrue(pair.getFirstHost().eIsProxy());
        assertEquals(2, pair.getWorkloads().size());
        String again = new String(files.toBytes(topology).orThrow(), StandardCharsets.UTF_8);
        assertTrue(again.contains("firstHost=\"" + ID + "8\""), again);
        assertTrue(again.contains("workloads=\"" + ID + "9 " + ID + "7\""), again);
    }

    @Test
    void everyCharacterThatXmlCanHoldSurvives() {
        Topology topology = topology();
        String text = "<&>\"'\t\n\r äöü 😀 \u00a0";
        topology.setName(text);
        topology.setNote("line 1\nline 2");
        byte[] bytes = files.toBytes(topology).orThrow();
        Topology again = files.read(new ByteArrayInputStream(bytes), "x").orThrow().topology();
        assertEquals(text, again.getName());
        assertEquals("line 1\nline 2", again.getNote());
        assertArrayEquals(bytes, files.toBytes(again).orThrow());
    }

    @Test
    void whatNoFileCanHoldIsRefusedBeforeWriting() throws IOException {
        Path file = Files.writeString(folder.resolve("a.topology"), "before");
        Topology topology = topology();
        topology.setName("a\u0001b");
        assertEquals("topology.file.unwritable-value", code(files.write(topology, file)));
        topology.setName("half \ud83d");
        assertEquals("topology.file.unwritable-value", code(files.write(topology, file)));
        topology.setName("good");
        topology.setAnnualGrowthPercent(Double.NaN);
        assertEquals("topology.file.unwritable-value", code(files.write(topology, file)));
        topology.setAnnualGrowthPercent(1);
        topology.getSites().add(TopologyFactory.eINSTANCE.createSite());
        assertEquals("topology.file.write-id", code(files.write(topology, file)));
        assertEquals("before", Files.readString(file));
    }

    @Test
    void savingReplacesInOneStepAndLeavesNothingBehind() throws IOException {
        Path file = folder.resolve("a.topology");
        Topology topology = topology();
        String first = files.write(topology, file).orThrow();
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        }
        topology.setName("second");
        files.writeIfUnchanged(topology, file, first).orThrow();
        assertEquals("second", files.read(file).orThrow().topology().getName());
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            assertEquals(
                    "rw-r-----",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
        assertEquals("topology.file.changed", code(files.writeIfUnchanged(topology, file, first)));
        try (Stream<Path> all = Files.list(folder)) {
            assertEquals(1, all.count());
        }
    }

    @Test
    void symbolicLinkStaysOne() throws IOException {
        Path real = folder.resolve("real.topology");
        files.write(topology(), real).orThrow();
        Path link = Files.createSymbolicLink(folder.resolve("link.topology"), real);
        Topology changed = topology();
        changed.setName("through the link");
        files.write(changed, link).orThrow();
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("through the link", files.read(real).orThrow().topology().getName());
    }

    @Test
    void writingWhereNothingCanBeWrittenFailsWithItsReason() {
        Path nowhere = folder.resolve("missing").resolve("a.topology");
        Outcome<String> outcome = files.write(topology(), nowhere);
        assertInstanceOf(Outcome.Failed.class, outcome);
        assertEquals("topology.file.unwritable", code(outcome));
    }

    @Test
    void leftOverOfACrashDoesNotDisturb() throws IOException {
        Path file = folder.resolve("a.topology");
        Files.writeString(folder.resolve(".a.topology.draft1"), "half");
        files.write(topology(), file).orThrow();
        assertTrue(files.read(file).isDone());
    }

    @Test
    void defaultsAreLeftOut() {
        String text = new String(files.toBytes(topology()).orThrow(), StandardCharsets.UTF_8);
        assertFalse(text.contains("staff"), text);
        assertEquals(3, text.lines().count(), text);
    }

    private static Topology topology() {
        Topology topology = TopologyFactory.eINSTANCE.createTopology();
        topology.setId(ID + "0");
        topology.setName("first");
        return topology;
    }

    private Outcome<LoadedTopology> read(String text) {
        return files.read(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "a.topology");
    }

    private static String code(Outcome<?> outcome) {
        return outcome.problem().orElseThrow().code();
    }
}
