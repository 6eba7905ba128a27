package org.standfest.designer.ui.internal.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class ExportFileTest {

    private static final ExportFile PICTURES =
            new ExportFile(
                    "Export",
                    List.of(
                            new ExportFile.Kind(".png", "Picture"),
                            new ExportFile.Kind(".svg", "Drawing"),
                            new ExportFile.Kind(".pdf", "Sheet")));

    @TempDir Path folder;

    @Test
    void theEndingBelowIsAddedWhereNoneWasTyped() {
        assertEquals(Path.of("plan.pdf"), PICTURES.named("plan", 2));
        assertEquals(Path.of("plan.SVG"), PICTURES.named("plan.SVG", 0));
        assertEquals(Path.of("plan.png"), PICTURES.named("plan", -1));
    }

    @Test
    void aFileThatTheDialogDidNotAskAboutIsAskedAbout() throws IOException {
        String typed = folder.resolve("plan").toString();
        Path file = PICTURES.named(typed, 0);
        assertFalse(ExportFile.unasked(typed, file), "nothing there");
        Files.createFile(file);
        assertTrue(ExportFile.unasked(typed, file));
        assertFalse(ExportFile.unasked(file.toString(), file), "the dialog asked already");
    }

    @Test
    void whatWasThereStaysWhenTheNewContentCannotBeMade() throws IOException {
        Path file = Files.writeString(folder.resolve("plan.svg"), "old");
        assertFalse(
                ExportFile.write(
                                file,
                                () -> {
                                    throw new IOException("disk full");
                                })
                        .isDone());
        assertEquals("old", Files.readString(file));
        assertTrue(ExportFile.write(file, () -> "new".getBytes(StandardCharsets.UTF_8)).isDone());
        assertEquals("new", Files.readString(file));
        try (var left = Files.list(folder)) {
            assertEquals(1, left.count());
        }
    }
}
