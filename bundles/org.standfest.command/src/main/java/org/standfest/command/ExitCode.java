package org.standfest.command;

import org.standfest.results.Outcome;

/** What a command's exit code says; the same for every verb. */
public final class ExitCode {

    /** It happened. */
    public static final int DONE = 0;

    /** It was refused, or an analysis found something. */
    public static final int REFUSED = 1;

    /** The arguments are wrong; nothing was tried. */
    public static final int USAGE = 2;

    /** It was begun and failed. */
    public static final int FAILED = 3;

    private ExitCode() {}

    /** The code that stands for an outcome. */
    public static int of(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Done<?> _ -> DONE;
            case Outcome.Refused<?> _ -> REFUSED;
            case Outcome.Failed<?> _ -> FAILED;
        };
    }
}
