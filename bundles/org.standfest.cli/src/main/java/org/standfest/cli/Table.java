package org.standfest.cli;

import org.standfest.command.Console;

import java.util.ArrayList;
import java.util.List;

/** Rows in aligned columns; columns of numbers are aligned to the right. For one thread. */
final class Table {

    private final List<List<String>> rows = new ArrayList<>();
    private final String right;

    /**
     * @param alignment one letter a column: {@code l} left, {@code r} right
     * @param heads the heads of the columns
     */
    Table(String alignment, String... heads) {
        this.right = alignment;
        rows.add(List.of(heads));
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    void print(Console out) {
        int columns = right.length();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                String blanks = " ".repeat(widths[i] - row.get(i).length());
                boolean number = right.charAt(i) == 'r';
                line.append(number ? blanks + row.get(i) : row.get(i) + blanks).append("  ");
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
