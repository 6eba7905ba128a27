package org.standfest.standby.paper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.documents.Document;
import org.standfest.documents.HtmlWriter;
import org.standfest.management.Contact;
import org.standfest.management.guide.GuideKind;
import org.standfest.management.guide.GuideStep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

class SheetShelfTest {

    @TempDir private Path folder;
    private Instant now = Instant.parse("2026-11-22T18:00:00Z");

    @Test
    void saysTheWindowsStepsWithTheWindowsNumbersInEveryLanguage() {
        for (Locale language : SheetShelf.LANGUAGES) {
            EmergencySheet sheet =
                    new EmergencySheet(
                            facts("030 23125 000"), language, ZoneId.of("Europe/Berlin"));
            Document document = sheet.document(now);
            assertTrue(HtmlWriter.write(document).contains("030 23125 000"));
            assertTrue(HtmlWriter.write(document).contains("standfest recover activate ledger"));
            assertTrue(HtmlWriter.write(document).contains("recover return ledger --agent AGENT"));
            List<Document.Steps> guides =
                    document.blocks().stream()
                            .filter(Document.Steps.class::isInstance)
                            .map(Document.Steps.class::cast)
                            .toList();
            for (GuideStep step : GuideKind.RESTORE.steps()) {
                String title = step.title(language, "Ledger");
                String item = guides.getFirst().items().get(step.number() - 1);
                assertTrue(item.startsWith(title), () -> item + " is not " + title);
            }
            assertEquals(GuideKind.RETURN.steps().size(), guides.getLast().items().size());
        }
    }

    @Test
    void writesOneSheetForEachLanguage() {
        shelf().keep(facts("030 23125 000")).orThrow();
        for (Locale language : SheetShelf.LANGUAGES) {
            assertTrue(Files.exists(sheet(language)));
        }
    }

    @Test
    void replacesASheetOnlyWhenItSaysSomethingElse() throws IOException {
        SheetShelf shelf = shelf();
        shelf.keep(facts("030 23125 000")).orThrow();
        byte[] first = Files.readAllBytes(sheet(Locale.GERMAN));
        now = now.plusSeconds(3600);
        shelf.keep(facts("030 23125 000")).orThrow();
        assertArrayEquals(first, Files.readAllBytes(sheet(Locale.GERMAN)));
        shelf.keep(facts("030 23125 001")).orThrow();
        assertFalse(Arrays.equals(first, Files.readAllBytes(sheet(Locale.GERMAN))));
    }

    @Test
    void writesASheetAgainThatSomebodyRemoved() throws IOException {
        SheetShelf shelf = shelf();
        shelf.keep(facts("030 23125 000")).orThrow();
        Files.delete(sheet(Locale.ENGLISH));
        shelf.keep(facts("030 23125 000")).orThrow();
        assertTrue(Files.exists(sheet(Locale.ENGLISH)));
    }

    @Test
    void saysWhyASheetCannotBeWritten() throws IOException {
        Files.writeString(folder.resolve("sheets"), "in the way");
        assertEquals(
                "paper.unwritable",
                shelf().keep(facts("030 23125 000")).problem().orElseThrow().code());
    }

    private SheetShelf shelf() {
        return new SheetShelf(folder.resolve("sheets"), () -> now, ZoneId.of("Europe/Berlin"));
    }

    private Path sheet(Locale language) {
        return folder.resolve("sheets").resolve("ledger." + language.getLanguage() + ".pdf");
    }

    private static SheetFacts facts(String phone) {
        return new SheetFacts(
                "ledger",
                "Ledger",
                "standby-townhall",
                "standby.example:7443",
                List.of(new Contact("Help desk", "looks after the standby", phone)),
                "http://192.0.2.10:80/health",
                List.of("192.0.2.10"),
                "agent-townhall",
                Optional.of(Instant.parse("2026-11-22T02:12:00Z")),
                List.of(
                        new SheetFacts.InOrder("Directory", "directory", List.of()),
                        new SheetFacts.InOrder("Ledger", "ledger", List.of("Directory"))),
                Map.of(GuideKind.RESTORE, Duration.ofSeconds(74)));
    }
}
