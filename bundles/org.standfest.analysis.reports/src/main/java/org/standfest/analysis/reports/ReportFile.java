package org.standfest.analysis.reports;

import org.standfest.documents.Document;
import org.standfest.documents.HtmlWriter;
import org.standfest.documents.PdfWriter;
import org.standfest.results.Catalog;
import org.standfest.results.Outcome;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Locale;

/** Writes a report where somebody wants it: a web page or sheets, by the ending of the name. */
public final class ReportFile {

    private static final Catalog TEXTS = Catalog.beside(ReportFile.class);

    private ReportFile() {}

    /** Whether a name ends as one of the formats does. */
    public static boolean hasFormat(Path place) {
        String name = name(place);
        return name.endsWith(".html") || name.endsWith(".htm") || name.endsWith(".pdf");
    }

    /**
     * Writes; what stood there is replaced when the new report is complete, not before.
     *
     * @param made the instant that the sheets carry
     * @return the place; refused if the ending names no format; failed if it cannot be written
     */
    public static Outcome<Path> write(Document document, Path place, Instant made) {
        if (!hasFormat(place)) {
            return Outcome.refused(TEXTS.explain("report.format", place.getFileName()));
        }
        Path beside = place.resolveSibling("." + place.getFileName() + ".new");
        try {
            Files.write(beside, bytes(document, place, made));
            Files.move(beside, place, StandardCopyOption.REPLACE_EXISTING);
            return Outcome.done(place);
        } catch (IOException broken) {
            remove(beside);
            return Outcome.failed(TEXTS.explain("report.unwritable", place), broken);
        }
    }

    private static byte[] bytes(Document document, Path place, Instant made) throws IOException {
        if (name(place).endsWith(".pdf")) {
            ByteArrayOutputStream sheets = new ByteArrayOutputStream();
            PdfWriter.write(document, made, sheets);
            return sheets.toByteArray();
        }
        return HtmlWriter.write(document).getBytes(StandardCharsets.UTF_8);
    }

    private static void remove(Path half) {
        try {
            Files.deleteIfExists(half);
        } catch (IOException left) {
            // The first failure is what is told; a left-over file begins with a dot.
            return;
        }
    }

    private static String name(Path place) {
        return String.valueOf(place.getFileName()).toLowerCase(Locale.ROOT);
    }
}
