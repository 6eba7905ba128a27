package org.standfest.designer.ui.internal.help;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of help as it is shown: its text, and what of it looks otherwise. It is written in a few
 * marks: {@code # title}, {@code @ parts of the window it explains}, {@code ## heading}, {@code *
 * item}, {@code | key | what it does |}, {@code **strong**}, {@code `key`} and {@code
 * [text](target)}, where a target is another page or {@code command:} with a command's identity.
 *
 * @param id its file without the ending
 * @param title what it is about
 * @param parts the last words of the identities of the views and editors that it explains
 * @param text whole, with line breaks
 * @param spans in the order of the text
 */
record HelpPage(String id, String title, List<String> parts, String text, List<Span> spans) {

    private static final Pattern MARK =
            Pattern.compile("\\*\\*(.+?)\\*\\*|`(.+?)`|\\[(.+?)]\\((.+?)\\)");

    /** How a part of the text looks. */
    enum Kind {
        TITLE,
        HEADING,
        STRONG,
        KEYS,
        LINK,
        /** A whole line that hangs behind its first word. */
        ITEM,
        /** A whole line with two columns. */
        ROW
    }

    /**
     * A part of the text.
     *
     * @param target of a link, else empty
     */
    record Span(int start, int length, Kind kind, String target) {}

    /** Copies. */
    HelpPage {
        parts = List.copyOf(parts);
        spans = List.copyOf(spans);
    }

    /** Whether every word is in it, in any case. */
    boolean has(String words, Locale locale) {
        String all = text.toLowerCase(locale);
        return Pattern.compile("\\s+")
                .splitAsStream(words.strip().toLowerCase(locale))
                .allMatch(all::contains);
    }

    /** Where a part of the text leads to; empty where there is no link. */
    String targetAt(int offset) {
        return spans.stream()
                .filter(it -> it.kind() == Kind.LINK)
                .filter(it -> it.start() <= offset && offset < it.start() + it.length())
                .map(Span::target)
                .findFirst()
                .orElse("");
    }

    /** Reads a page. */
    static HelpPage of(String id, String source) {
        Writer writer = new Writer();
        String title = id;
        List<String> parts = List.of();
        StringBuilder block = new StringBuilder();
        for (String line : (source + "\n").split("\n", -1)) {
            if (line.startsWith("# ")) {
                title = line.substring(2).strip();
                writer.line(title, Kind.TITLE);
            } else if (line.startsWith("@ ")) {
                parts = List.of(line.substring(2).strip().split(" +"));
            } else if (line.isBlank() || line.startsWith("* ") || line.startsWith("|")) {
                writer.block(block);
                block.append(line.strip());
            } else if (line.startsWith("## ")) {
                writer.block(block);
                writer.line(line.substring(3).strip(), Kind.HEADING);
            } else {
                block.append(block.isEmpty() ? "" : " ").append(line.strip());
            }
        }
        writer.block(block);
        return new HelpPage(id, title, parts, writer.text.toString().stripTrailing(), writer.spans);
    }

    /** Puts a page together. */
    private static final class Writer {

        private final StringBuilder text = new StringBuilder();
        private final List<Span> spans = new ArrayList<>();
        private boolean listed;

        void line(String words, Kind kind) {
            gap(false);
            spans.add(new Span(text.length(), words.length(), kind, ""));
            text.append(words).append('\n');
        }

        /** A paragraph, an item or a row; what was in it is taken out. */
        void block(StringBuilder block) {
            String words = block.toString();
            block.setLength(0);
            if (words.isEmpty()) {
                return;
            }
            boolean item = words.startsWith("* ");
            boolean row = words.startsWith("|");
            gap(item || row);
            int start = text.length();
            if (row) {
                String[] cells = words.substring(1).split("\\|");
                marked(cells[0].strip());
                text.append('\t');
                marked(cells.length > 1 ? cells[1].strip() : "");
            } else {
                text.append(item ? "\u2022\t" : "");
                marked(item ? words.substring(2) : words);
            }
            if (item || row) {
                spans.add(new Span(start, text.length() - start, row ? Kind.ROW : Kind.ITEM, ""));
            }
            text.append('\n');
        }

        /** Items stand close together; everything else has room. */
        private void gap(boolean list) {
            if (!text.isEmpty() && !(list && listed)) {
                text.append('\n');
            }
            listed = list;
        }

        private void marked(String words) {
            Matcher marks = MARK.matcher(words);
            int end = 0;
            while (marks.find()) {
                text.append(words, end, marks.start());
                end = marks.end();
                if (marks.group(1) != null) {
                    span(marks.group(1), Kind.STRONG, "");
                } else if (marks.group(2) != null) {
                    span(marks.group(2), Kind.KEYS, "");
                } else {
                    span(marks.group(3), Kind.LINK, marks.group(4));
                }
            }
            text.append(words.substring(end));
        }

        private void span(String words, Kind kind, String target) {
            spans.add(new Span(text.length(), words.length(), kind, target));
            text.append(words);
        }
    }
}
