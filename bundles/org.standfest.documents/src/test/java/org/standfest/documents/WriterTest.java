package org.standfest.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.standfest.documents.Document.Bar;
import org.standfest.documents.Document.Bars;
import org.standfest.documents.Document.Column;
import org.standfest.documents.Document.Fact;
import org.standfest.documents.Document.Facts;
import org.standfest.documents.Document.Note;
import org.standfest.documents.Document.PageBreak;
import org.standfest.documents.Document.Picture;
import org.standfest.documents.Document.Steps;
import org.standfest.documents.Document.Table;
import org.standfest.documents.Document.Tone;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;

class WriterTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    private static Document everything() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            rows.add(List.of("Bürgerbüro " + i, "Größe & Güte <über> \"alles\"", i + ",5"));
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB), "png", png);
        return new Document.Builder("Verfügbarkeit", "Gemeinde, 22. November 2026", Locale.GERMAN)
                .heading(1, "Überblick")
                .text("Ein Absatz, der lang genug ist, um umgebrochen zu werden. ".repeat(12))
                .add(
                        new Note(
                                Tone.WARNING,
                                "Annahme",
                                "Zahlen ohne Quelle sind so gekennzeichnet."))
                .add(new Facts(List.of(new Fact("Dienst", "Einwohnerwesen"))))
                .add(
                        new Table(
                                List.of(
                                        new Column("Dienst", false),
                                        new Column("Bemerkung", false),
                                        new Column("Minuten", true)),
                                rows))
                .add(new Bars(List.of(new Bar("Host 1", 1, "60 %"), new Bar("Netz", 0.5, "30 %"))))
                .add(new PageBreak())
                .add(new Steps(List.of("Zuerst dies.", "Dann das.")))
                .add(new Picture(png.toByteArray(), "ein Bild"))
                .build();
    }

    private static String text(byte[] pdf) throws IOException {
        try (PDDocument read = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(read);
        }
    }

    private static byte[] pdf(Document document) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PdfWriter.write(document, NOW, out);
        return out.toByteArray();
    }

    @Test
    void thePdfHasEveryTextOnNumberedSheetsAndRepeatsTheHead() throws IOException {
        byte[] bytes = pdf(everything());
        String text = text(bytes);
        for (String part :
                List.of("Überblick", "Annahme", "Einwohnerwesen", "Bürgerbüro 119", "Dann das.")) {
            assertTrue(text.contains(part), part);
        }
        try (PDDocument read = Loader.loadPDF(bytes)) {
            int pages = read.getNumberOfPages();
            assertTrue(pages >= 4, pages + " sheets");
            assertTrue(text.contains("1 / " + pages) && text.contains(pages + " / " + pages));
            assertEquals("Verfügbarkeit", read.getDocumentInformation().getTitle());
            assertEquals("de", read.getDocumentCatalog().getLanguage());
        }
        assertTrue(text.split("Bemerkung", -1).length > 3, "the head is repeated");
    }

    @Test
    void lettersThatThePdfLacksAreSeenAndTold() throws IOException {
        String text =
                text(
                        pdf(
                                new Document.Builder("Ω \u2264 5 \u2192 日本 Ł", "", Locale.ENGLISH)
                                        .text("\u0000\u0007" + "x".repeat(5_000))
                                        .build()));
        assertTrue(text.contains("Ω \u2264 5 \u2192 \u25a1\u25a1 Ł"), text.substring(0, 40));
        assertTrue(text.contains("letter that the font of these sheets does not have"));
        assertTrue(text.chars().filter(c -> c == 'x').count() >= 5_000);
    }

    @Test
    void lettersOfEasternLanguagesAreWritten() throws IOException {
        String names = "Łódź, Dvořák, Şükrü, Õunapuu, Αθήνα, Київ, 5 \u2248 5";
        String text = text(pdf(new Document.Builder(names, "", Locale.GERMAN).build()));
        assertTrue(text.contains(names), text);
        assertFalse(text.contains("Buchstaben"), text);
    }

    @Test
    void anEmptyDocumentIsOneSheet() throws IOException {
        assertTrue(text(pdf(new Document("Leer", "", Locale.GERMAN, List.of()))).contains("1 / 1"));
    }

    @Test
    void noTextBecomesMarkup() throws Exception {
        String html =
                HtmlWriter.write(
                        new Document.Builder("<script>1</script>", "a & b", Locale.ENGLISH)
                                .text("</p><img src=x onerror='y'>")
                                .add(new Facts(List.of(new Fact("<b>", "\"&amp;\""))))
                                .build());
        assertFalse(html.contains("<script") || html.contains("<img") || html.contains("<b>"));
        assertTrue(html.contains("&amp;amp;"));
    }

    @Test
    void thePageIsWellFormedAndHasEveryPart() throws Exception {
        String html = HtmlWriter.write(everything());
        assertFalse(html.contains("http"), "nothing from elsewhere");
        String body = html.substring(html.indexOf("<body>"), html.indexOf("</body>") + 7);
        // Read as XML, with the one element closed that HTML leaves open.
        Element read =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(
                                new InputSource(
                                        new StringReader(body.replaceAll("(<img [^>]*)>", "$1/>"))))
                        .getDocumentElement();
        assertEquals(122, read.getElementsByTagName("tr").getLength() - 1);
        assertEquals(
                "ein Bild",
                ((Element) read.getElementsByTagName("img").item(0)).getAttribute("alt"));
        assertTrue(html.contains("class=\"note warning\""));
        assertTrue(html.contains("<html lang=\"de\">"));
    }
}
