package org.standfest.ui.tests.bot;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.swt.widgets.TreeItem;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A tree under the bot's finger. */
public final class BotTree {

    private final Bot bot;
    private final Tree tree;

    BotTree(Bot bot, Tree tree) {
        this.bot = bot;
        this.tree = tree;
    }

    /** Opens all nodes of a path and selects its last. */
    public void select(String... path) {
        bot.waitUntil(
                "tree path " + List.of(path),
                () -> {
                    Optional<TreeItem> item = item(path);
                    item.ifPresent(this::choose);
                    return item.isPresent();
                });
    }

    private Optional<TreeItem> item(String... path) {
        TreeItem[] items = tree.getItems();
        Optional<TreeItem> found = Optional.empty();
        for (String words : path) {
            found = Arrays.stream(items).filter(item -> item.getText().equals(words)).findFirst();
            if (found.isEmpty()) {
                return found;
            }
            open(found.get());
            items = found.get().getItems();
        }
        return found;
    }

    private void open(TreeItem item) {
        if (!item.getExpanded() && item.getItemCount() > 0) {
            Event event = new Event();
            event.item = item;
            tree.notifyListeners(SWT.Expand, event);
            item.setExpanded(true);
        }
    }

    private void choose(TreeItem item) {
        tree.setSelection(item);
        Event event = new Event();
        event.item = item;
        tree.notifyListeners(SWT.Selection, event);
    }

    /** Whether a path is there. */
    public boolean has(String... path) {
        return bot.ui(() -> item(path).isPresent());
    }

    /** How many items are selected. */
    public int selected() {
        return bot.ui(tree::getSelectionCount);
    }
}
