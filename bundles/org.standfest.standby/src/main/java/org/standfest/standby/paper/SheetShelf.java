package org.standfest.standby.paper;

import org.standfest.documents.PdfWriter;
import org.standfest.recovery.DurableFile;
import org.standfest.results.Outcome;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Keeps the emergency sheets of all systems in a folder, one PDF for each language, and replaces
 * one only when what it says has changed. Safe for any thread.
 */
public final class SheetShelf {

    /** The languages that sheets are written in. */
    public static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.GERMAN);

    private final Path folder;
    private final InstantSource clock;
    private final ZoneId zone;
    private final Map<String, SheetFacts> written = new HashMap<>();

    /**
     * @param folder where the sheets lie; made when the first one is written
     * @param zone of the clock on the reader's wall
     */
    public SheetShelf(Path folder, InstantSource clock, ZoneId zone) {
        this.folder = Objects.requireNonNull(folder);
        this.clock = Objects.requireNonNull(clock);
        this.zone = Objects.requireNonNull(zone);
    }

    /** Writes a system's sheets if they say something else than before. */
    public synchronized Outcome<Void> keep(SheetFacts facts) {
        boolean same =
                facts.equals(written.get(facts.systemId()))
                        && LANGUAGES.stream().allMatch(it -> Files.exists(file(facts, it)));
        if (same) {
            return Outcome.done();
        }
        for (Locale language : LANGUAGES) {
            Outcome<Path> kept = write(facts, language);
            if (!kept.isDone()) {
                return kept.map(_ -> null);
            }
        }
        written.put(facts.systemId(), facts);
        return Outcome.done();
    }

    /** Writes the sheet in one language now, whatever it said before. */
    public synchronized Outcome<Path> write(SheetFacts facts, Locale wanted) {
        Locale language =
                LANGUAGES.stream()
                        .filter(it -> it.getLanguage().equals(wanted.getLanguage()))
                        .findFirst()
                        .orElse(Locale.ENGLISH);
        Path file = file(facts, language);
        try {
            ByteArrayOutputStream pdf = new ByteArrayOutputStream();
            var now = clock.instant();
            PdfWriter.write(new EmergencySheet(facts, language, zone).document(now), now, pdf);
            Files.createDirectories(folder);
            DurableFile.write(file, pdf.toByteArray());
            return Outcome.done(file);
        } catch (IOException fault) {
            return Outcome.failed(
                    EmergencySheet.TEXTS.explain("paper.unwritable", file, fault.getMessage()),
                    fault);
        }
    }

    private Path file(SheetFacts facts, Locale language) {
        return folder.resolve(facts.systemId() + "." + language.getLanguage() + ".pdf");
    }
}
