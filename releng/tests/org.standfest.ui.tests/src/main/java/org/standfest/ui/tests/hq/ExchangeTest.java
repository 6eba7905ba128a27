package org.standfest.ui.tests.hq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.swt.widgets.Display;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.ui.tests.bot.Bot;
import org.standfest.ui.tests.bot.ScreenshotOnFailure;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Files of other programs, and reports. */
@ExtendWith(ScreenshotOnFailure.class)
class ExchangeTest {

    private static final String REPORT = "Files of another program";
    private static final String REFUSED = "Not possible at the moment";

    private final Bot bot = new Bot(Display.getDefault());
    private final Desk desk = new Desk(bot);
    @TempDir Path folder;

    @BeforeEach
    void clear() {
        desk.clear();
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private Path written(String name, String words) throws IOException {
        return Files.writeString(folder.resolve(name), words);
    }

    private void read(Path file) {
        desk.run("import", Map.of("files", file.toString()));
    }

    @Test
    void tablesAreReadWithAReportAndOpenWhenWanted() throws IOException {
        Path tables =
                written(
                        "vInfo.csv",
                        """
                        VM,Powerstate,CPUs,Memory,Host,Datacenter,Colour
                        web,poweredOn,2,4096,esx-1,North,red
                        db,poweredOn,4,8192,esx-1,North,blue
                        """);
        read(tables);
        bot.shell(REPORT);
        assertTrue(desk.label("import.taken").contains("Virtual machine: 2"));
        assertTrue(
                desk.label("import.report").contains("vInfo.csv: colour"),
                desk.label("import.report"));
        bot.button("Discard").click();
        assertEquals(0, desk.editors());

        read(tables);
        bot.button("Open the topology").click();
        bot.waitUntil("the topology", () -> desk.editors() == 1);
        desk.waitForChanged(true);
    }

    @Test
    void eachFormatIsRead() throws IOException {
        opens(
                written(
                        "web.xml",
                        "<domain type='kvm'><name>web</name><memory unit='GiB'>4</memory>"
                                + "<vcpu>2</vcpu></domain>"));
        opens(
                written(
                        "devices.json",
                        "{\"results\":[{\"id\":1,\"name\":\"esx-1\",\"site\":{\"name\":\"North\"},"
                                + "\"role\":{\"name\":\"Server\",\"slug\":\"server\"}}]}"));
        desk.open(Desk.EXAMPLES.resolve("municipality.topology"));
        Path exchanged = folder.resolve("town.xml");
        desk.run("exportData", Map.of("kind", "archimate", "file", exchanged.toString()));
        bot.waitUntil("the exchange file", () -> Files.exists(exchanged));
        opens(exchanged);
    }

    private void opens(Path file) {
        desk.close();
        read(file);
        bot.shell(REPORT);
        bot.button("Open the topology").click();
        bot.waitUntil("a topology of " + file.getFileName(), () -> desk.editors() == 1);
    }

    @Test
    void whatCannotBeReadIsToldAndChangesNothing() throws IOException {
        desk.open(Desk.EXAMPLES.resolve("municipality.topology"));
        refuses(written("damaged.xml", "<domain><name>web"));
        refuses(written("letter.csv", "Dear Sir or Madam"));
        refuses(Files.write(folder.resolve("picture.json"), new byte[] {(byte) 0x89, 'P', 'N', 0}));
        refuses(folder.resolve("gone.csv"));
        Path huge = folder.resolve("huge.csv");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength((64L << 20) + 1);
        }
        refuses(huge);
        assertEquals(1, desk.editors());
        desk.waitForChanged(false);
    }

    private void refuses(Path file) {
        read(file);
        bot.shell(REFUSED);
        bot.button("Close").click();
    }

    @Test
    void dataAndReportsAreWritten() throws IOException {
        desk.open(Desk.EXAMPLES.resolve("municipality.topology"));
        assertExported("exportData", Map.of("kind", "archimate"), "town.xml", "<model");
        assertExported("exportData", Map.of("kind", "parts"), "parts.csv", "kind,name");
        assertExported("exportData", Map.of("kind", "licences"), "licences.csv", ",");
        assertExported("designReport", Map.of(), "town.pdf", "%PDF");
        assertExported("designReport", Map.of(), "town.html", "<html");
    }

    private void assertExported(
            String command, Map<String, String> parameters, String name, String beginning)
            throws IOException {
        Path file = folder.resolve(name);
        Map<String, String> all = new HashMap<>(parameters);
        all.put("file", file.toString());
        desk.run(command, all);
        bot.waitUntil(name, () -> Files.exists(file));
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertTrue(bytes.substring(0, Math.min(400, bytes.length())).contains(beginning), name);
    }

    @Test
    void aReportThatCannotBeWrittenIsToldAndLeavesNothingHalf() throws IOException {
        desk.open(Desk.EXAMPLES.resolve("municipality.topology"));
        Path notAFolder = written("not-a-folder", "");
        desk.run("designReport", Map.of("file", notAFolder.resolve("town.pdf").toString()));
        bot.button("Close").click();
        desk.run(
                "exportData",
                Map.of("kind", "parts", "file", notAFolder.resolve("parts.csv").toString()));
        bot.button("Close").click();
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(1, left.count());
        }
    }
}
