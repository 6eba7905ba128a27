package org.standfest.ui.tests.bot;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Text;

/** A text field under the bot's fingers. */
public final class BotText {

    private final Bot bot;
    private final Text text;

    BotText(Bot bot, Text text) {
        this.bot = bot;
        this.text = text;
    }

    /** Replaces what is written, without Enter. */
    public void setText(String words) {
        bot.ui(
                () -> {
                    text.setFocus();
                    text.setText(words);
                    return null;
                });
    }

    /** Replaces what is written and presses Enter. */
    public void typeAndEnter(String words) {
        setText(words);
        bot.ui(
                () -> {
                    text.notifyListeners(SWT.DefaultSelection, new Event());
                    return null;
                });
    }

    /** What is written. */
    public String getText() {
        return bot.ui(() -> text.isDisposed() ? "" : text.getText());
    }
}
