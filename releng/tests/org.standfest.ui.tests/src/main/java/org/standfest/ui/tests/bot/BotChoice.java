package org.standfest.ui.tests.bot;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Event;

import java.util.List;

/** A list that drops down, under the bot's finger. */
public final class BotChoice {

    private final Bot bot;
    private final Combo combo;

    /**
     * Waits until it is there.
     *
     * @param id by which the product names it
     */
    public BotChoice(Bot bot, String id) {
        this.bot = bot;
        this.combo = (Combo) bot.widget(id);
    }

    /** What can be chosen. */
    public List<String> items() {
        return bot.ui(() -> List.of(combo.getItems()));
    }

    /** What is chosen. */
    public String chosen() {
        return bot.ui(combo::getText);
    }

    /** Chooses an entry; fails where it is not offered. */
    public void choose(String words) {
        bot.ui(
                () -> {
                    int at = combo.indexOf(words);
                    if (at < 0) {
                        throw new AssertionError(words + " is not in " + items());
                    }
                    combo.select(at);
                    combo.notifyListeners(SWT.Selection, new Event());
                    return null;
                });
    }
}
