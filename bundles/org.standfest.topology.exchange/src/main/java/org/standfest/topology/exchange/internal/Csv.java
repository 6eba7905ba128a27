package org.standfest.topology.exchange.internal;

import org.standfest.topology.exchange.Source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads tables of RFC 4180 and its habits: separated by comma, semicolon or tab (whichever the head
 * has most of), quoted or not. Limits: 512 columns, 64 Ki characters in a cell. One thread.
 */
final class Csv {

    private static final int COLUMNS_MAX = 512;
    private static final int CELL_CHARACTERS_MAX = 1 << 16;

    /**
     * A row.
     *
     * @param line where it begins, 1 for the head
     * @param cells by the column's head in lower case; empty ones are not in it
     */
    record Row(int line, Map<String, String> cells) {

        /** The first of several columns that has a value; empty where none has. */
        String any(String... columns) {
            for (String column : columns) {
                String value = cells.get(column);
                if (value != null) {
                    return value;
                }
            }
            return "";
        }
    }

    private final String name;
    private final String text;
    private final char separator;
    private int position;
    private int line = 1;

    private Csv(Source source) {
        name = source.name();
        text = source.text();
        String head = text.lines().findFirst().orElse("");
        char best = ',';
        for (char candidate : new char[] {';', '\t'}) {
            if (count(head, candidate) > count(head, best)) {
                best = candidate;
            }
        }
        separator = best;
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(it -> it == wanted).count();
    }

    /** What a reader of rows does with each. */
    interface Taker {
        void take(Row row) throws Fault;
    }

    /** The heads in lower case, in order; rows go to the taker. */
    static List<String> read(Source source, Taker taker) throws Fault {
        Csv csv = new Csv(source);
        List<String> heads = new ArrayList<>();
        for (String head : csv.row()) {
            heads.add(head.strip().toLowerCase(Locale.ROOT));
        }
        while (csv.position < csv.text.length()) {
            int line = csv.line;
            List<String> cells = csv.row();
            Map<String, String> byHead = new HashMap<>();
            for (int i = 0; i < cells.size(); i++) {
                String cell = cells.get(i).strip();
                if (!cell.isEmpty()) {
                    byHead.putIfAbsent(i < heads.size() ? heads.get(i) : "#" + (i + 1), cell);
                }
            }
            if (!byHead.isEmpty()) {
                taker.take(new Row(line, byHead));
            }
        }
        return heads;
    }

    private List<String> row() throws Fault {
        List<String> cells = new ArrayList<>();
        boolean more = true;
        while (more) {
            cells.add(cell());
            if (cells.size() > COLUMNS_MAX) {
                throw Draft.fault("csv-columns", name, line, COLUMNS_MAX);
            }
            more = position < text.length() && text.charAt(position) == separator;
            if (more) {
                position++;
            }
        }
        if (position < text.length() && text.charAt(position) == '\r') {
            position++;
        }
        if (position < text.length() && text.charAt(position) == '\n') {
            position++;
        }
        line++;
        return cells;
    }

    private String cell() throws Fault {
        if (position < text.length() && text.charAt(position) == '"') {
            return quoted();
        }
        int start = position;
        while (position < text.length() && !ends(text.charAt(position))) {
            position++;
        }
        return checked(text.substring(start, position));
    }

    private boolean ends(char c) {
        return c == separator || c == '\r' || c == '\n';
    }

    private String quoted() throws Fault {
        int start = line;
        StringBuilder cell = new StringBuilder();
        position++;
        while (true) {
            if (position >= text.length()) {
                throw Draft.fault("csv-quote", name, start);
            }
            char c = text.charAt(position++);
            if (c == '"') {
                boolean twice = position < text.length() && text.charAt(position) == '"';
                if (!twice) {
                    break;
                }
                position++;
            }
            if (c == '\n') {
                line++;
            }
            cell.append(c);
        }
        while (position < text.length() && !ends(text.charAt(position))) {
            cell.append(text.charAt(position++));
        }
        return checked(cell.toString());
    }

    private String checked(String cell) throws Fault {
        if (cell.length() > CELL_CHARACTERS_MAX) {
            throw Draft.fault("csv-cell", name, line, CELL_CHARACTERS_MAX);
        }
        return cell;
    }
}
