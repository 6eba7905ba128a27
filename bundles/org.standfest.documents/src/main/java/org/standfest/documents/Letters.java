package org.standfest.documents;

import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * The font of the sheets: Liberation Sans, as PDFBox brings it along, for Latin, Greek and Cyrillic
 * letters and the signs of mathematics. The letters that a document uses become a part of it. What
 * the font lacks is replaced by a sign that is seen. One thread.
 */
final class Letters {

    /** Stands for a letter that the font lacks. */
    static final String LACKING = "\u25a1";

    private static final String FONT =
            "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    private final PDFont font;
    private final Map<Integer, Float> widths = new HashMap<>();
    private boolean lacked;

    Letters(PDDocument pdf) throws IOException {
        try (InputStream in = PDFont.class.getResourceAsStream(FONT)) {
            if (in == null) {
                throw new IOException("PDFBox does not bring " + FONT);
            }
            font = PDType0Font.load(pdf, in, true);
        }
    }

    PDFont font() {
        return font;
    }

    /** Whether something was replaced. */
    boolean lacked() {
        return lacked;
    }

    /** The text with what the font lacks replaced. */
    String writable(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints()
                .forEach(
                        letter -> {
                            switch (letter) {
                                case '\u00ad', '\u200b' -> {
                                    // Says where a word may be broken; nothing to see.
                                }
                                case '\u202f', '\u2009' -> safe.append('\u00a0');
                                case '\u2011' -> safe.append('-');
                                case '\t' -> safe.append(' ');
                                default -> {
                                    if (widthOf(letter) >= 0) {
                                        safe.appendCodePoint(letter);
                                    } else {
                                        lacked = true;
                                        safe.append(LACKING);
                                    }
                                }
                            }
                        });
        return safe.toString();
    }

    /**
     * The width of a writable text at a size of 1 point, in points.
     *
     * @param text as {@link #writable} gives it
     */
    float width(String text) {
        float sum = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            sum += Math.max(0, widthOf(text.codePointAt(i)));
        }
        return sum;
    }

    /** How much of the beginning of a writable text fits a width at a size of 1 point. */
    int fitting(String text, float width) {
        float sum = 0;
        int end = 0;
        while (end < text.length()) {
            int letter = text.codePointAt(end);
            sum += Math.max(0, widthOf(letter));
            if (sum > width) {
                break;
            }
            end += Character.charCount(letter);
        }
        return end;
    }

    /** Negative for a letter that the font lacks. */
    private float widthOf(int letter) {
        return widths.computeIfAbsent(letter, this::measured);
    }

    private float measured(int letter) {
        if (Character.isISOControl(letter)) {
            return -1;
        }
        try {
            return font.getStringWidth(Character.toString(letter)) / 1000;
        } catch (IllegalArgumentException | IOException lacking) {
            return -1;
        }
    }
}
