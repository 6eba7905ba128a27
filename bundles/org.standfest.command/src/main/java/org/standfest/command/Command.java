package org.standfest.command;

import java.util.List;
import java.util.Locale;

/**
 * One verb of the command line ({@code standfest <verb> …}). A bundle adds a verb by registering an
 * OSGi service of this type; nothing else is needed.
 *
 * <p>{@link #run} is called once, on the main thread, and may block as long as the work takes.
 * Anticipated faults are written to {@link Invocation#err()} and answered by an exit code, never
 * thrown.
 */
public interface Command {

    /** The word behind {@code standfest}; lower case, unique. */
    String verb();

    /** One line for {@code standfest help}. */
    String summary(Locale locale);

    /**
     * How it is called, one line per form, for {@code standfest help VERB} and after a usage error.
     */
    String usage(Locale locale);

    /**
     * How a part of it is called, for verbs that have several.
     *
     * @param words what followed the verb; words that name no part are ignored
     */
    default String usage(Locale locale, List<String> words) {
        return usage(locale);
    }

    /** Does it. One of the codes of {@link ExitCode}. */
    int run(Invocation invocation);
}
