package org.standfest.cli;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonSerializationContext;
import com.google.gson.JsonSerializer;

import org.standfest.command.Invocation;
import org.standfest.management.FindingInfo;
import org.standfest.management.OperationStatus;
import org.standfest.management.Reason;
import org.standfest.management.StepStatus;
import org.standfest.management.TaskStatus;
import org.standfest.results.Catalog;

import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How values look on a terminal and as JSON. */
final class Shown {

    private static final Catalog TEXTS = Catalog.beside(Shown.class);

    private static final Gson GSON =
            new GsonBuilder()
                    .setPrettyPrinting()
                    .disableHtmlEscaping()
                    .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
                    .registerTypeAdapter(Instant.class, new InstantAsText())
                    .registerTypeAdapter(Optional.class, new OptionalAsValue())
                    .create();

    private Shown() {}

    /**
     * As JSON: instants in ISO 8601, what is not there as nothing, names in lower case with
     * underscores.
     */
    static String json(Object value) {
        return GSON.toJson(value);
    }

    /** A length of time as people say it: the two largest units. */
    static String duration(Duration duration, Locale locale) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return TEXTS.text(locale, "duration.seconds", seconds);
        }
        if (seconds < 3600) {
            return parts(locale, "minutes", seconds / 60, seconds % 60);
        }
        if (seconds < 86_400) {
            return parts(locale, "hours", seconds / 3600, seconds % 3600 / 60);
        }
        return parts(locale, "days", seconds / 86_400, seconds % 86_400 / 3600);
    }

    /** "7 d", not "7 d 0 h". */
    private static String parts(Locale locale, String unit, long whole, long rest) {
        return rest == 0
                ? TEXTS.text(locale, "duration.full-" + unit, whole)
                : TEXTS.text(locale, "duration." + unit, whole, rest);
    }

    /** A moment in the reader's notation and time zone. */
    static String instant(Instant instant, Locale locale) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.SHORT, FormatStyle.MEDIUM)
                .withLocale(locale)
                .withZone(ZoneId.systemDefault())
                .format(instant);
    }

    /** A number of bytes in powers of 1024. */
    static String bytes(long bytes, Locale locale) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(locale, "%.1f %s", value, units[unit]);
    }

    /** Where a running operation is. */
    static String progress(OperationStatus status, Locale locale) {
        String step =
                TEXTS.text(
                        locale,
                        "progress.step",
                        status.stepNumber(),
                        status.stepCount(),
                        status.stepName());
        if (status.doneBytes() < 0 || status.totalBytes() <= 0) {
            return step;
        }
        return TEXTS.text(
                locale,
                "progress.bytes",
                step,
                bytes(status.doneBytes(), locale),
                bytes(status.totalBytes(), locale));
    }

    /** Where a long work is: what, bytes, rate and remaining time. */
    static String progress(TaskStatus status, Locale locale) {
        String what = status.kind().text(locale);
        if (status.doneBytes() < 0) {
            return what + " \u2026";
        }
        String done = bytes(status.doneBytes(), locale);
        if (status.totalBytes() <= 0) {
            return what + " \u00b7 " + done;
        }
        String line =
                TEXTS.text(
                        locale, "progress.bytes", what, done, bytes(status.totalBytes(), locale));
        return status.remainingMillis().map(left -> line + left(left, locale)).orElse(line);
    }

    private static String left(long millis, Locale locale) {
        return TEXTS.text(locale, "progress.left", duration(Duration.ofMillis(millis), locale));
    }

    /** How a long work ended: its facts, what it found, the reason if it did not succeed. */
    static void end(TaskStatus status, Invocation call) {
        Locale locale = call.locale();
        call.out()
                .println(
                        status.kind().text(locale)
                                + (status.systemId().isEmpty() ? "" : " " + status.systemId())
                                + ": "
                                + TEXTS.text(locale, "task." + status.state().name()));
        Map<String, String> facts = new TreeMap<>(status.facts());
        // What is there a second time for programs is not read out.
        facts.keySet().removeIf(name -> name.endsWith("AtMillis") || name.equals("comparison"));
        facts.forEach((name, value) -> call.out().println("  " + fact(name, value, locale)));
        for (FindingInfo finding : status.findings()) {
            call.out().println("  " + finding.reason().happened());
            call.out().println("    " + finding.reason().meaning());
            call.out().println("    " + finding.reason().next());
        }
        status.reason().ifPresent(reason -> tell(reason, call));
    }

    private static void tell(Reason reason, Invocation call) {
        call.err().println(reason.happened());
        call.err().println(reason.meaning());
        call.err().println(reason.next());
        call.err().println("[" + reason.code() + "]");
    }

    private static String fact(String name, String value, Locale locale) {
        String shown =
                (name.endsWith("Bytes") || name.startsWith("bytes")) && value.matches("\\d{1,18}")
                        ? bytes(Long.parseLong(value), locale)
                        : name.endsWith("At") ? at(value, locale) : value;
        String words = TEXTS.text(locale, "fact." + name);
        return (words.startsWith("!") ? name : words) + ": " + shown;
    }

    private static String at(String value, Locale locale) {
        try {
            return instant(Instant.parse(value), locale);
        } catch (DateTimeException _) {
            return value;
        }
    }

    /** How an operation ended: its steps, then the reason if it did not succeed. */
    static void end(OperationStatus status, Invocation call) {
        Locale locale = call.locale();
        for (StepStatus step : status.steps()) {
            call.out()
                    .printf(
                            "  %-7s %8s  %s%n",
                            TEXTS.text(locale, "step." + step.state().name()),
                            duration(Duration.ofMillis(step.tookMillis()), locale),
                            step.name());
        }
        status.reason().ifPresent(reason -> tell(reason, call));
        call.out().println(TEXTS.text(locale, "operation." + status.state().name()));
    }

    private static final class InstantAsText implements JsonSerializer<Instant> {
        @Override
        public JsonElement serialize(Instant instant, Type type, JsonSerializationContext context) {
            return context.serialize(instant.toString());
        }
    }

    private static final class OptionalAsValue implements JsonSerializer<Optional<?>> {
        @Override
        public JsonElement serialize(
                Optional<?> optional, Type type, JsonSerializationContext context) {
            return context.serialize(optional.orElse(null));
        }
    }
}
