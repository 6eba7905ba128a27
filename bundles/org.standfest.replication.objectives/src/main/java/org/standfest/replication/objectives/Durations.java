package org.standfest.replication.objectives;

import org.standfest.results.Outcome;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text form of spans of time: a whole number and {@code s}, {@code min}, {@code h} or {@code d}
 * ({@code 90 s}, {@code 15 min}); a number alone counts seconds. Stateless, safe for any thread.
 */
public final class Durations {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\s*(s|sec|m|min|h|d)?");

    /** The longest span: ten years. */
    public static final Duration LONGEST = Duration.ofDays(3660);

    private Durations() {}

    /** Reads a span of 0 to {@link #LONGEST}; a refusal says what was expected. */
    public static Outcome<Duration> parse(String text) {
        try {
            return Outcome.done(read(text));
        } catch (TextFault fault) {
            return Outcome.refused(fault.explanation());
        }
    }

    static Duration read(String text) throws TextFault {
        Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            throw new TextFault("objectives.duration", text.strip());
        }
        long number = Long.parseLong(form.group(1));
        Duration span =
                switch (form.group(2) == null ? "s" : form.group(2)) {
                    case "m", "min" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    case "d" -> Duration.ofDays(number);
                    default -> Duration.ofSeconds(number);
                };
        if (span.compareTo(LONGEST) > 0) {
            throw new TextFault("objectives.duration", text.strip());
        }
        return span;
    }

    /** The shortest text that {@link #parse} reads back; whole seconds, the rest is cut off. */
    public static String text(Duration span) {
        long seconds = span.toSeconds();
        if (seconds != 0 && seconds % 86_400 == 0) {
            return seconds / 86_400 + " d";
        }
        if (seconds != 0 && seconds % 3600 == 0) {
            return seconds / 3600 + " h";
        }
        return seconds != 0 && seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }
}
