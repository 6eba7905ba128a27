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

    /** Clicks it as soon as it can be clicked; fails if that does not come. */
    public void click() {
        bot.waitUntil("enabled: " + bot.ui(button::getText), button::isEnabled);
        bot.send(button, SWT.Selection);
    }

    /** Whether it can be clicked. */
    public boolean isEnabled() {
        return bot.ui(button::isEnabled);
    }
}
