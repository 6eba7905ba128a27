package org.standfest.documents;

import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.standfest.documents.Document.Bar;
import org.standfest.documents.Document.Bars;
import org.standfest.documents.Document.Block;
import org.standfest.documents.Document.Facts;
import org.standfest.documents.Document.Heading;
import org.standfest.documents.Document.Note;
import org.standfest.documents.Document.PageBreak;
import org.standfest.documents.Document.Paragraph;
import org.standfest.documents.Document.Picture;
import org.standfest.documents.Document.Steps;
import org.standfest.documents.Document.Table;
import org.standfest.results.Catalog;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.GregorianCalendar;
import java.util.List;

/**
 * Writes a document as PDF on A4 sheets. Its font has Latin, Greek and Cyrillic letters and goes
 * into the file; a letter that it lacks appears as an empty box, and the last sheet says so.
 * Stateless; one call uses one thread.
 */
public final class PdfWriter {

    private static final float LINE = 1.35f;
    private static final float TEXT = 10;
    private static final float SMALL = 9;
    private static final float GAP = 5;

    private static final Catalog TEXTS = Catalog.beside(PdfWriter.class);

    private final Sheet sheet;

    private PdfWriter(Sheet sheet) {
        this.sheet = sheet;
    }

    /**
     * Writes the document.
     *
     * @param out not closed
     * @param madeAt put into the file, so that the same document gives the same sheets
     * @throws IOException the stream could not be written, or a picture is none
     */
    public static void write(Document document, Instant madeAt, OutputStream out)
            throws IOException {
        try (PDDocument pdf = new PDDocument()) {
            PDDocumentInformation about = pdf.getDocumentInformation();
            about.setTitle(document.title());
            about.setCreator("Standfest");
            about.setCreationDate(GregorianCalendar.from(madeAt.atZone(ZoneId.of("UTC"))));
            pdf.getDocumentCatalog().setLanguage(document.language().toLanguageTag());
            try (Sheet sheet = new Sheet(pdf)) {
                PdfWriter writer = new PdfWriter(sheet);
                writer.paragraph(document.title(), Sheet.Face.BOLD, 20, Sheet.INK);
                if (!document.subtitle().isEmpty()) {
                    writer.paragraph(document.subtitle(), Sheet.Face.PLAIN, TEXT, Sheet.SOFT);
                }
                sheet.down(2 * GAP);
                for (Block block : document.blocks()) {
                    writer.block(block);
                }
                if (sheet.lackedLetters()) {
                    writer.paragraph(
                            TEXTS.text(document.language(), "letters.lacking", Letters.LACKING),
                            Sheet.Face.PLAIN,
                            SMALL,
                            Sheet.SOFT);
                }
                sheet.number(document.title());
            }
            pdf.save(out);
        }
    }

    private void block(Block block) throws IOException {
        switch (block) {
            case Heading heading -> heading(heading);
            case Paragraph text -> paragraph(text.text(), Sheet.Face.PLAIN, TEXT, Sheet.INK);
            case Note note -> note(note);
            case Facts facts -> new TableLayout(sheet, SMALL).facts(facts.pairs());
            case Table table -> new TableLayout(sheet, SMALL).table(table);
            case Steps steps -> steps(steps.items());
            case Picture picture -> sheet.picture(picture.png());
            case Bars bars -> bars(bars.bars());
            case PageBreak _ -> sheet.newPage();
        }
        sheet.down(GAP);
    }

    private void heading(Heading heading) throws IOException {
        float size = heading.level() == 1 ? 15 : heading.level() == 2 ? 12.5f : 11;
        // A heading does not stand alone at the foot of a page.
        sheet.need(size * LINE + 4 * TEXT * LINE);
        if (!sheet.atTop()) {
            sheet.down(2 * GAP);
        }
        paragraph(heading.text(), Sheet.Face.BOLD, size, Sheet.INK);
    }

    private void paragraph(String text, Sheet.Face face, float size, float[] colour)
            throws IOException {
        for (String line : sheet.wrapped(text, face, size, sheet.width())) {
            sheet.need(size * LINE);
            sheet.down(size * LINE);
            sheet.text(line, 0, face, size, colour);
        }
    }

    private void note(Note note) throws IOException {
        List<String> lines =
                new ArrayList<>(
                        sheet.wrapped(note.label(), Sheet.Face.BOLD, TEXT, sheet.width() - 16));
        int bold = lines.size();
        lines.addAll(sheet.wrapped(note.text(), Sheet.Face.PLAIN, TEXT, sheet.width() - 16));
        float[] colour =
                switch (note.tone()) {
                    case PLAIN -> Sheet.ACCENT;
                    case GOOD -> Sheet.GOOD;
                    case WARNING -> Sheet.WARNING;
                    case BAD -> Sheet.BAD;
                };
        for (int i = 0; i < lines.size(); i++) {
            sheet.need(TEXT * LINE);
            sheet.down(TEXT * LINE);
            sheet.box(0, -3.5f, 3, TEXT * LINE, colour);
            sheet.text(
                    lines.get(i),
                    12,
                    i < bold ? Sheet.Face.BOLD : Sheet.Face.PLAIN,
                    TEXT,
                    Sheet.INK);
        }
    }

    private void steps(List<String> items) throws IOException {
        for (int i = 0; i < items.size(); i++) {
            List<String> lines =
                    sheet.wrapped(items.get(i), Sheet.Face.PLAIN, TEXT, sheet.width() - 22);
            for (int line = 0; line < lines.size(); line++) {
                sheet.need(TEXT * LINE);
                sheet.down(TEXT * LINE);
                if (line == 0) {
                    sheet.text(i + 1 + ".", 0, Sheet.Face.BOLD, TEXT, Sheet.INK);
                }
                sheet.text(lines.get(line), 22, Sheet.Face.PLAIN, TEXT, Sheet.INK);
            }
        }
    }

    private void bars(List<Bar> bars) throws IOException {
        float names = sheet.width() * 0.32f;
        float length = sheet.width() * 0.48f;
        // The first bars stay together: the longest is what the others are compared with.
        sheet.need(Math.min(5, bars.size()) * (SMALL * LINE + 2));
        for (Bar bar : bars) {
            sheet.need(SMALL * LINE + 2);
            sheet.down(SMALL * LINE + 2);
            sheet.text(
                    sheet.shortened(bar.name(), Sheet.Face.PLAIN, SMALL, names - 8),
                    0,
                    Sheet.Face.PLAIN,
                    SMALL,
                    Sheet.INK);
            sheet.box(names, -2, Math.max(0.5f, (float) bar.share() * length), SMALL, Sheet.ACCENT);
            float wide = sheet.widthOf(bar.value(), Sheet.Face.PLAIN, SMALL);
            sheet.text(bar.value(), sheet.width() - wide, Sheet.Face.PLAIN, SMALL, Sheet.INK);
        }
    }
}
