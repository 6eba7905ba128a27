package org.standfest.cli;

import org.standfest.command.Arguments;
import org.standfest.management.ReturnWindow;

import java.time.Instant;
import java.util.Optional;

/** Reads a window of time from {@code --from} and {@code --until}. */
final class WindowWords {

    private WindowWords() {}

    /** Whether anything of a window was said. */
    static boolean said(Arguments arguments) {
        return arguments.option("from").isPresent() || arguments.option("until").isPresent();
    }

    /** The window; empty if there is none or it cannot be understood. */
    static Optional<ReturnWindow> read(Arguments arguments) {
        Optional<Instant> from = arguments.option("from").flatMap(TypedTimes::instant);
        Optional<Instant> until = arguments.option("until").flatMap(TypedTimes::instant);
        return from.isPresent() && until.filter(from.get()::isBefore).isPresent()
                ? Optional.of(new ReturnWindow(from.get(), until.get()))
                : Optional.empty();
    }
}
