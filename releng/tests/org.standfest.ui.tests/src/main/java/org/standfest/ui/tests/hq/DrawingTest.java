package org.standfest.ui.tests.hq;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.swt.widgets.Display;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.ui.tests.bot.Bot;
import org.standfest.ui.tests.bot.BotDrawing;
import org.standfest.ui.tests.bot.Hand;
import org.standfest.ui.tests.bot.ScreenshotOnFailure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Draws with mouse and keys of the display. */
@ExtendWith(ScreenshotOnFailure.class)
class DrawingTest {

    private static final Path EXAMPLE = Desk.EXAMPLES.resolve("municipality.topology");
    private static final String EMPTY_SHEET =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <topology xmlns="urn:standfest:topology" format="2"
                id="8b3b8869-66e2-3769-9600-2ec35f946021" name="Sheet"/>
            """;

    private final Bot bot = new Bot(Display.getDefault());
    private final Desk desk = new Desk(bot);
    private final Hand hand = new Hand();
    private final BotDrawing drawing = new BotDrawing(bot, hand);
    @TempDir Path folder;

    @BeforeEach
    void clear() {
        desk.clear();
    }

    @AfterEach
    void close() {
        // A test that failed may have held something.
        hand.release();
        desk.close();
    }

    private Path open(Path file) {
        desk.open(file);
        drawing.still();
        return file;
    }

    private Path openACopy() throws IOException {
        return open(Files.copy(EXAMPLE, folder.resolve("town.topology")));
    }

    private void save() {
        desk.waitForChanged(true);
        bot.menu("File", "Save");
        desk.waitForChanged(false);
    }

    @Test
    void drawsTheMunicipalityFromAnEmptySheet() throws IOException {
        Path file = open(Files.writeString(folder.resolve("drawn.topology"), EMPTY_SHEET));
        SavedDrawing wanted = SavedDrawing.of(EXAMPLE);
        wanted.sites().forEach(it -> drawing.put("Site", it, Optional.empty()));
        wanted.hosts().forEach((host, site) -> drawing.put("Host", host, Optional.of(site)));
        wanted.servers()
                .forEach((it, site) -> drawing.put("Physical server", it, Optional.of(site)));
        wanted.guests()
                .forEach((guest, host) -> drawing.put("Virtual machine", guest, Optional.of(host)));
        wanted.links().forEach(ends -> drawing.connect(ends.getFirst(), ends.getLast()));
        wanted.pairs().forEach(ends -> drawing.connect(ends.getFirst(), ends.getLast()));
        save();
        assertEquals(wanted, SavedDrawing.of(file));
    }

    @Test
    void saysWhyAGuestCannotMoveToAFullHost() throws IOException {
        openACopy();
        drawing.select("avance-2");
        bot.text("property.memoryMiB").typeAndEnter("65,536");
        desk.waitForChanged(true);
        drawing.still();
        String reason = drawing.carry("mail-and-calendar", "avance-2");
        assertTrue(reason.startsWith("avance-2 has ") && reason.contains(" GiB free."), reason);
        assertTrue(reason.contains("mail-and-calendar needs "), reason);
        hand.release();
        drawing.still();
        bot.menu("Edit", "Undo");
        // Nothing but the memory had changed: the guest stayed where it was.
        desk.waitForChanged(false);
        drawing.still();
        assertTrue(
                drawing.carry("mail-and-calendar", "avance-2").startsWith("avance-2: "),
                "there is room again");
        hand.release();
        desk.waitForChanged(true);
    }

    @Test
    void undoesEverythingToTheByte() throws IOException {
        Path file = openACopy();
        byte[] before = Files.readAllBytes(file);
        drawing.put("Site", "School", Optional.empty());
        drawing.put("Host", "school-1", Optional.of("School"));
        drawing.drag("mail-and-calendar", "avance-2");
        drawing.connect("Town hall", "School");
        drawing.select("Depot");
        hand.press("Delete");
        drawing.waitUntilGone("Depot");
        save();
        assertFalse(Files.readString(file).contains("name=\"Depot\""));

        // Two for each new element: it was made and named.
        int steps = 7;
        for (int step = 0; step < steps; step++) {
            drawing.still();
            bot.menu("Edit", "Undo");
        }
        save();
        assertArrayEquals(before, Files.readAllBytes(file));
    }

    @Test
    void exportsTheDrawingAsEachDocument() throws IOException {
        openACopy();
        assertExported("town.png", "\u0089PNG");
        assertExported("town.svg", "<svg");
        assertExported("town.pdf", "%PDF");
    }

    private void assertExported(String name, String beginning) throws IOException {
        Path file = folder.resolve(name);
        desk.run("export", Map.of("file", file.toString()));
        // What is written stands beside it until it is whole.
        bot.waitUntil(name, () -> Files.exists(file));
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertTrue(bytes.substring(0, 200).contains(beginning), () -> bytes.substring(0, 200));
    }
}
