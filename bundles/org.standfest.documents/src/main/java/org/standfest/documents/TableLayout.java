package org.standfest.documents;

import org.standfest.documents.Document.Column;
import org.standfest.documents.Document.Fact;
import org.standfest.documents.Document.Table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Tables on sheets: columns get what their cells need, and where that is too much the wide ones
 * share what is left; rows stay together, the head is repeated on every page.
 */
final class TableLayout {

    private static final float PAD = 4;
    private static final float LINE = 1.35f;

    private final Sheet sheet;
    private final float size;

    TableLayout(Sheet sheet, float size) {
        this.sheet = sheet;
        this.size = size;
    }

    void facts(List<Fact> pairs) throws IOException {
        List<List<String>> rows =
                pairs.stream().map(pair -> List.of(pair.name(), pair.value())).toList();
        List<Column> columns = List.of(new Column("", false), new Column("", false));
        float[] widths = widths(columns, rows);
        for (List<String> row : rows) {
            row(row, columns, widths, Sheet.Face.PLAIN, false);
        }
    }

    void table(Table table) throws IOException {
        float[] widths = widths(table.columns(), table.rows());
        List<String> head = table.columns().stream().map(Column::title).toList();
        row(head, table.columns(), widths, Sheet.Face.BOLD, true);
        for (List<String> cells : table.rows()) {
            if (!sheet.fits(height(cells, widths, Sheet.Face.PLAIN))) {
                sheet.newPage();
                row(head, table.columns(), widths, Sheet.Face.BOLD, true);
            }
            row(cells, table.columns(), widths, Sheet.Face.PLAIN, true);
        }
    }

    private float[] widths(List<Column> columns, List<List<String>> rows) throws IOException {
        float[] wanted = new float[columns.size()];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = sheet.widthOf(columns.get(i).title(), Sheet.Face.BOLD, size) + 2 * PAD;
            for (List<String> row : rows) {
                float cell = sheet.widthOf(row.get(i), Sheet.Face.PLAIN, size) + 2 * PAD;
                wanted[i] = Math.max(wanted[i], cell);
            }
        }
        // Whoever asks for less than a fair share gets it; the others share the rest.
        float left = sheet.width();
        boolean[] settled = new boolean[wanted.length];
        for (int open = wanted.length; open > 0; ) {
            float fair = left / open;
            boolean changed = false;
            for (int i = 0; i < wanted.length; i++) {
                if (!settled[i] && wanted[i] <= fair) {
                    settled[i] = true;
                    left -= wanted[i];
                    open--;
                    changed = true;
                }
            }
            if (!changed) {
                for (int i = 0; i < wanted.length; i++) {
                    if (!settled[i]) {
                        wanted[i] = fair;
                    }
                }
                break;
            }
        }
        return wanted;
    }

    private float height(List<String> cells, float[] widths, Sheet.Face face) throws IOException {
        int lines = 1;
        for (int i = 0; i < widths.length; i++) {
            lines =
                    Math.max(
                            lines,
                            sheet.wrapped(cells.get(i), face, size, widths[i] - 2 * PAD).size());
        }
        return lines * size * LINE + PAD;
    }

    private void row(
            List<String> cells, List<Column> columns, float[] widths, Sheet.Face face, boolean rule)
            throws IOException {
        List<List<String>> lines = new ArrayList<>();
        int most = 1;
        for (int i = 0; i < widths.length; i++) {
            lines.add(sheet.wrapped(cells.get(i), face, size, widths[i] - 2 * PAD));
            most = Math.max(most, lines.get(i).size());
        }
        sheet.need(Math.min(most * size * LINE + PAD, sheet.fullHeight()));
        for (int line = 0; line < most; line++) {
            sheet.need(size * LINE);
            sheet.down(size * LINE);
            float x = 0;
            for (int i = 0; i < widths.length; i++) {
                if (line < lines.get(i).size()) {
                    String text = lines.get(i).get(line);
                    float indent =
                            columns.get(i).number()
                                    ? widths[i] - PAD - sheet.widthOf(text, face, size)
                                    : PAD;
                    boolean name = !rule && i == 0;
                    sheet.text(text, x + indent, face, size, name ? Sheet.SOFT : Sheet.INK);
                }
                x += widths[i];
            }
        }
        sheet.down(PAD);
        if (rule) {
            sheet.box(0, 1, total(widths), face == Sheet.Face.BOLD ? 0.9f : 0.4f, Sheet.RULE);
        }
    }

    private static float total(float[] widths) {
        float sum = 0;
        for (float width : widths) {
            sum += width;
        }
        return sum;
    }
}
