package org.standfest.workbench.ui;

import org.standfest.results.Catalog;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;
import org.standfest.workbench.ui.look.Light;

import java.util.Locale;
import java.util.Optional;

/**
 * What a person is told about an outcome that was not a success. Plain, without a window system.
 *
 * @param light how bad it is
 * @param title the window's title
 * @param happened what happened
 * @param meaning what it means for the reader
 * @param next what the reader can do now
 * @param code a code to read out on the phone
 * @param details for the person at the other end of the phone; empty if there is no more
 */
public record OutcomeMessage(
        Light light,
        String title,
        String happened,
        String meaning,
        String next,
        String code,
        String details) {

    private static final Catalog TEXTS = Catalog.beside(OutcomeMessage.class);

    /** The message of an outcome; empty for a success. */
    public static Optional<OutcomeMessage> of(Outcome<?> outcome, Locale locale) {
        return switch (outcome) {
            case Outcome.Done<?> _ -> Optional.empty();
            case Outcome.Refused<?>(Explanation why) ->
                    Optional.of(
                            of(Light.ATTENTION, TEXTS.text(locale, "refused"), why, null, locale));
            case Outcome.Failed<?>(Explanation why, Throwable cause) ->
                    Optional.of(of(Light.DOWN, TEXTS.text(locale, "failed"), why, cause, locale));
        };
    }

    /** The message of a bug: an exception that nobody expected. */
    public static OutcomeMessage ofBug(Throwable bug, Locale locale) {
        return of(
                Light.DOWN,
                TEXTS.text(locale, "bug"),
                TEXTS.explain("workbench.bug", bug.getClass().getSimpleName()),
                bug,
                locale);
    }

    private static OutcomeMessage of(
            Light light, String title, Explanation why, Throwable cause, Locale locale) {
        return new OutcomeMessage(
                light,
                title,
                why.happened(locale),
                why.meaning(locale),
                why.next(locale),
                why.code(),
                details(cause));
    }

    /** All of it as text, for an e-mail to those who help. */
    public String asText(Locale locale) {
        return String.join(
                System.lineSeparator(),
                title,
                happened,
                meaning,
                next,
                TEXTS.text(locale, "code", code),
                details);
    }

    private static String details(Throwable cause) {
        StringBuilder text = new StringBuilder();
        for (Throwable at = cause; at != null; at = at.getCause()) {
            text.append(at).append('\n');
            for (StackTraceElement frame : at.getStackTrace()) {
                text.append("    at ").append(frame).append('\n');
            }
        }
        return text.toString();
    }
}
