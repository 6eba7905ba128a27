package org.standfest.ui.tests.bot;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;

/** A button under the bot's finger. */
public final class BotButton {

    private final Bot bot;
    private final Button button;

    BotButton(Bot bot, Button button) {
        this.bot = bot;
        this.button = button;
    }

    /** Clicks it; fails if it cannot be clicked. */
    public void click() {
        if (!isEnabled()) {
            throw new AssertionError("button is not enabled: " + bot.ui(button::getText));
        }
        bot.send(button, SWT.Selection);
    }

    /** Whether it can be clicked. */
    public boolean isEnabled() {
        return bot.ui(button::isEnabled);
    }
}
