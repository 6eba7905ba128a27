package org.standfest.cli;

import org.standfest.command.Invocation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How single values look in the tables and lists of a call. Stateless. */
final class Cells {

    /** What stands where there is nothing. */
    static final String NONE = "-";

    private Cells() {}

    static String text(Invocation call, String key, Object... arguments) {
        return Talk.text(call, key, arguments);
    }

    static String bytes(Invocation call, long bytes) {
        return bytes < 0 ? NONE : Shown.bytes(bytes, call.locale());
    }

    /** Bytes of which 0 means that there is no limit, or nothing. */
    static String amount(Invocation call, long bytes) {
        return bytes == 0 ? NONE : bytes(call, bytes);
    }

    static String instant(Invocation call, Instant at) {
        return Shown.instant(at, call.locale());
    }

    static String instant(Invocation call, Optional<Instant> at) {
        return at.map(one -> instant(call, one)).orElse(NONE);
    }

    /** A length of time in milliseconds; none for 0. */
    static String time(Invocation call, long millis) {
        return millis <= 0 ? NONE : Shown.duration(Duration.ofMillis(millis), call.locale());
    }
}
