package org.standfest.documents;

import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The sheet that is being written on, and where on it: positions are points from the left margin
 * and from the line reached so far. A new sheet follows when one is full. One thread.
 */
final class Sheet implements AutoCloseable {

    static final float[] INK = {0.11f, 0.15f, 0.2f};
    static final float[] SOFT = {0.35f, 0.41f, 0.46f};
    static final float[] RULE = {0.72f, 0.76f, 0.8f};
    static final float[] ACCENT = {0.12f, 0.44f, 0.92f};
    static final float[] GOOD = {0.1f, 0.5f, 0.22f};
    static final float[] WARNING = {0.75f, 0.5f, 0};
    static final float[] BAD = {0.78f, 0.16f, 0.16f};

    private static final PDRectangle PAPER = PDRectangle.A4;

    /** 20 mm. */
    private static final float MARGIN = 56.7f;

    private static final float BOTTOM = MARGIN + 14;

    /** How thick the outline is that makes a letter bold, for a letter of 1 point. */
    private static final float BOLD_LINE = 0.035f;

    /** The two cuts of the font. */
    enum Face {
        PLAIN,
        BOLD
    }

    private final PDDocument pdf;
    private final Letters letters;
    private PDPageContentStream stream;
    private float y;

    Sheet(PDDocument pdf) throws IOException {
        this.pdf = pdf;
        letters = new Letters(pdf);
        newPage();
    }

    void newPage() throws IOException {
        close();
        PDPage page = new PDPage(PAPER);
        pdf.addPage(page);
        stream = new PDPageContentStream(pdf, page);
        y = PAPER.getHeight() - MARGIN;
    }

    /** Whether a letter that the font lacks was replaced by a sign. */
    boolean lackedLetters() {
        return letters.lacked();
    }

    float width() {
        return PAPER.getWidth() - 2 * MARGIN;
    }

    float fullHeight() {
        return PAPER.getHeight() - MARGIN - BOTTOM;
    }

    boolean atTop() {
        return y == PAPER.getHeight() - MARGIN;
    }

    boolean fits(float height) {
        return y - height >= BOTTOM;
    }

    /** Makes sure that a height is left, if need be on a new sheet. */
    void need(float height) throws IOException {
        if (!fits(height) && !atTop()) {
            newPage();
        }
    }

    void down(float points) {
        y -= points;
    }

    void text(String line, float x, Face face, float size, float[] colour) throws IOException {
        stream.beginText();
        stream.setFont(letters.font(), size);
        stream.setNonStrokingColor(colour[0], colour[1], colour[2]);
        if (face == Face.BOLD) {
            stream.setRenderingMode(RenderingMode.FILL_STROKE);
            stream.setStrokingColor(colour[0], colour[1], colour[2]);
            stream.setLineWidth(size * BOLD_LINE);
        } else {
            stream.setRenderingMode(RenderingMode.FILL);
        }
        stream.newLineAtOffset(MARGIN + x, y);
        stream.showText(line);
        stream.endText();
    }

    void box(float x, float below, float width, float height, float[] colour) throws IOException {
        stream.setNonStrokingColor(colour[0], colour[1], colour[2]);
        stream.addRect(MARGIN + x, y + below, width, height);
        stream.fill();
    }

    void picture(byte[] png) throws IOException {
        PDImageXObject image = PDImageXObject.createFromByteArray(pdf, png, null);
        float scale =
                Math.min(
                        Math.min(0.75f, width() / image.getWidth()),
                        fullHeight() / image.getHeight());
        float height = image.getHeight() * scale;
        need(height);
        down(height);
        stream.drawImage(image, MARGIN, y, image.getWidth() * scale, height);
    }

    float widthOf(String text, Face face, float size) throws IOException {
        float bold = face == Face.BOLD ? BOLD_LINE : 0;
        return letters.width(letters.writable(text)) * size + bold * size;
    }

    /** Cut to a width, with a sign that something is missing. */
    String shortened(String text, Face face, float size, float width) throws IOException {
        String whole = letters.writable(text);
        if (widthOf(whole, face, size) <= width) {
            return whole;
        }
        String sign = "\u2026";
        int end = letters.fitting(whole, (width - widthOf(sign, face, size)) / size);
        return whole.substring(0, end).stripTrailing() + sign;
    }

    /** Lines that fit; a word that is too long is cut. Never empty. */
    List<String> wrapped(String text, Face face, float size, float width) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String part : text.split("\n", -1)) {
            StringBuilder line = new StringBuilder();
            for (String word : letters.writable(part).strip().split(" +")) {
                String longer = line.isEmpty() ? word : line + " " + word;
                if (widthOf(longer, face, size) <= width) {
                    line.setLength(0);
                    line.append(longer);
                    continue;
                }
                if (!line.isEmpty()) {
                    lines.add(line.toString());
                }
                line.setLength(0);
                line.append(cut(word, face, size, width, lines));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private String cut(String word, Face face, float size, float width, List<String> lines)
            throws IOException {
        String rest = word;
        while (widthOf(rest, face, size) > width) {
            int end = Math.max(rest.offsetByCodePoints(0, 1), letters.fitting(rest, width / size));
            if (end >= rest.length()) {
                break;
            }
            lines.add(rest.substring(0, end));
            rest = rest.substring(end);
        }
        return rest;
    }

    /** Ends the last sheet, and puts title and page number at the foot of every one. */
    void number(String title) throws IOException {
        close();
        int count = pdf.getNumberOfPages();
        for (int i = 0; i < count; i++) {
            try (PDPageContentStream foot =
                    new PDPageContentStream(pdf, pdf.getPage(i), AppendMode.APPEND, true, true)) {
                String page = i + 1 + " / " + count;
                float wide = letters.width(page) * 8;
                foot.setNonStrokingColor(SOFT[0], SOFT[1], SOFT[2]);
                line(foot, letters.writable(title), MARGIN);
                line(foot, page, PAPER.getWidth() - MARGIN - wide);
            }
        }
    }

    private void line(PDPageContentStream foot, String text, float x) throws IOException {
        foot.beginText();
        foot.setFont(letters.font(), 8);
        foot.newLineAtOffset(x, MARGIN - 14);
        foot.showText(text);
        foot.endText();
    }

    @Override
    public void close() throws IOException {
        if (stream != null) {
            stream.close();
            stream = null;
        }
    }
}
