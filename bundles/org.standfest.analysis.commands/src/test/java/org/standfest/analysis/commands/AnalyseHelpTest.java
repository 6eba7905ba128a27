package org.standfest.analysis.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.standfest.analysis.availability.Library;
import org.standfest.command.Console;
import org.standfest.command.ExitCode;
import org.standfest.command.Invocation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

class AnalyseHelpTest {

    @TempDir Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private int run(String... words) {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Console console = new Console(stream);
        return new AnalyseCommand()
                .run(
                        new Invocation(
                                List.of(words), console, console, Locale.GERMAN, folder, false));
    }

    @Test
    void theHelpNamesEveryOptionInBothLanguages() {
        for (Locale locale : List.of(Locale.ENGLISH, Locale.GERMAN)) {
            String help = new AnalyseCommand().usage(locale);
            for (String option :
                    List.of(
                            "--service",
                            "--cut-sets",
                            "--what-if",
                            "--uncertainty",
                            "--seconds",
                            "--report",
                            "--library",
                            "--write-library",
                            "--json")) {
                assertTrue(help.contains(option), locale + " " + option);
            }
            assertTrue(new FtaCommand().usage(locale).contains("--json"));
        }
    }

    @Test
    void aLibraryIsWrittenAndWhatIsWrongInItIsRefused() throws IOException {
        Path library = folder.resolve("library");
        assertEquals(ExitCode.DONE, run("--write-library", library.toString()));
        for (String file : Library.FILES) {
            assertTrue(Files.isRegularFile(library.resolve(file)), file);
        }
        assertEquals(ExitCode.REFUSED, run("--write-library", library.toString()));
        String example = "../../examples/municipality.topology";
        Files.writeString(library.resolve("costs.csv"), "head\nSTANDBY;0;1;-5;\n");
        out.reset();
        assertEquals(ExitCode.REFUSED, run(example, "--library", library.toString()));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("Zeile 2"), out.toString());
        Files.writeString(library.resolve("costs.csv"), "head\nSECOND_SWITCH;70;7;5;Angebot 12\n");
        out.reset();
        assertEquals(ExitCode.DONE, run(example, "--library", library.toString()));
        String said = out.toString(StandardCharsets.UTF_8);
        assertTrue(said.contains("Kosten: Angebot 12"), said);
        assertTrue(said.contains("angenommene Kosten ohne Quelle"), said);
    }
}
