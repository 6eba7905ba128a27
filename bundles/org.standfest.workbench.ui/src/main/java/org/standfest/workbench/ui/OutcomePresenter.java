package org.standfest.workbench.ui;

import org.eclipse.jface.action.IStatusLineManager;
import org.eclipse.swt.widgets.Shell;
import org.standfest.results.Outcome;
import org.standfest.workbench.ui.internal.OutcomeDialog;
import org.standfest.workbench.ui.look.LightPainter;
import org.standfest.workbench.ui.look.Look;

import java.util.Locale;
import java.util.Optional;

/**
 * The one place that turns an outcome into something a person sees: a dialog where they asked for
 * something, the status line where it happened by itself. User interface thread only.
 */
public final class OutcomePresenter {

    private final Locale locale;

    /**
     * @param locale the reader's language
     */
    public OutcomePresenter(Locale locale) {
        this.locale = locale;
    }

    /** For the language the program was started in. */
    public OutcomePresenter() {
        this(Locale.getDefault());
    }

    /**
     * Hands over the value of a success; of anything else it tells in a dialog and returns when
     * that is closed.
     */
    public <T> Optional<T> ask(Shell parent, Outcome<T> outcome) {
        OutcomeMessage.of(outcome, locale).ifPresent(message -> show(parent, message));
        return outcome.result();
    }

    /** Whether it was a success; tells in a dialog if not. */
    public boolean check(Shell parent, Outcome<?> outcome) {
        OutcomeMessage.of(outcome, locale).ifPresent(message -> show(parent, message));
        return outcome.isDone();
    }

    /** Tells of a bug. */
    public void bug(Shell parent, Throwable bug) {
        show(parent, OutcomeMessage.ofBug(bug, locale));
    }

    /** Shows a message and waits until it is closed. */
    public void show(Shell parent, OutcomeMessage message) {
        new OutcomeDialog(parent, message, locale).open();
    }

    /** Puts the first sentence into a status line, or clears it after a success. */
    public void tell(IStatusLineManager line, Shell shell, Outcome<?> outcome) {
        Optional<OutcomeMessage> message = OutcomeMessage.of(outcome, locale);
        if (message.isEmpty()) {
            line.setErrorMessage(null);
            return;
        }
        Look look = new Look(shell);
        line.setErrorMessage(
                look.image(LightPainter.image(message.get().light(), look.shades(), 12)),
                message.get().happened());
    }
}
