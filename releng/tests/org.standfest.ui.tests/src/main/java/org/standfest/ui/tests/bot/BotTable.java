package org.standfest.ui.tests.bot;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** A table under the bot's finger. */
public final class BotTable {

    private final Bot bot;
    private final Table table;

    /**
     * Waits until it is there.
     *
     * @param id by which the product names it
     */
    public BotTable(Bot bot, String id) {
        this.bot = bot;
        this.table = bot.table(id);
    }

    /** How many rows it has. */
    public int size() {
        return bot.ui(table::getItemCount);
    }

    /** All rows as they are now, cells beside each other with a bar between. */
    public List<String> rows() {
        return bot.ui(() -> Arrays.stream(table.getItems()).map(BotTable::words).toList());
    }

    /** Its cells beside each other with a bar between. */
    static String words(TableItem row) {
        StringBuilder words = new StringBuilder(row.getText(0));
        for (int column = 1; column < row.getParent().getColumnCount(); column++) {
            words.append(" | ").append(row.getText(column));
        }
        return words.toString();
    }

    /** Waits until a row says something. */
    public void waitFor(String what, Predicate<String> row) {
        bot.waitUntil(
                "a row: " + what,
                () -> Arrays.stream(table.getItems()).map(BotTable::words).anyMatch(row));
    }

    /** Waits until it has as many rows. */
    public void waitForSize(int rows) {
        bot.waitUntil(rows + " rows", () -> table.getItemCount() == rows);
    }

    /** Chooses a row, as a click would. */
    public void choose(int row) {
        bot.ui(
                () -> {
                    table.setSelection(row);
                    Event event = new Event();
                    event.item = table.getItem(row);
                    table.notifyListeners(SWT.Selection, event);
                    return null;
                });
    }
}
