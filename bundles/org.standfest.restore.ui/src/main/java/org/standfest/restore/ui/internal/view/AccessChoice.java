package org.standfest.restore.ui.internal.view;

import org.standfest.restore.ui.internal.access.EnrolledAccess;
import org.standfest.restore.ui.internal.access.RehearsedAccess;
import org.standfest.restore.ui.internal.access.StandbyAccess;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;

/** Which standby is looked at: the one it is enrolled with, or one for looking around. */
final class AccessChoice {

    private final Locale locale;
    private final InstantSource clock;

    AccessChoice(Locale locale, InstantSource clock) {
        this.locale = locale;
        this.clock = clock;
    }

    /** At the start; the system property {@code standfest.rehearsed} asks for the example. */
    StandbyAccess first() {
        return Boolean.getBoolean("standfest.rehearsed") ? rehearsed() : real();
    }

    /** The standby whose identity lies in the person's own folder. */
    StandbyAccess real() {
        return new EnrolledAccess(home().resolve("operator"), locale);
    }

    /** Where emergency sheets are kept for the day when the standby does not answer. */
    Path sheets() {
        return home().resolve("sheets");
    }

    private static Path home() {
        String named = System.getProperty("standfest.home", System.getenv("STANDFEST_HOME"));
        return named == null
                ? Path.of(System.getProperty("user.home"), ".standfest")
                : Path.of(named, "branch");
    }

    StandbyAccess rehearsed() {
        return new RehearsedAccess(locale, clock);
    }
}
