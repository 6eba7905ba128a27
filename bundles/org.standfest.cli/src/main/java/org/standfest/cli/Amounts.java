package org.standfest.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts as people type them: {@code 500 GiB}, {@code 20MB}, {@code 15 min}, {@code 7d}. */
final class Amounts {

    private static final Pattern FORM =
            Pattern.compile("(\\d{1,12}(?:\\.\\d{1,3})?)\\s*([A-Za-z]{0,3})");
    private static final Map<String, Long> SIZES =
            Map.ofEntries(
                    Map.entry("", 1L),
                    Map.entry("b", 1L),
                    Map.entry("kb", 1_000L),
                    Map.entry("mb", 1_000_000L),
                    Map.entry("gb", 1_000_000_000L),
                    Map.entry("tb", 1_000_000_000_000L),
                    Map.entry("kib", 1L << 10),
                    Map.entry("mib", 1L << 20),
                    Map.entry("gib", 1L << 30),
                    Map.entry("tib", 1L << 40));
    private static final Map<String, Duration> TIMES =
            Map.of(
                    "", Duration.ofSeconds(1),
                    "s", Duration.ofSeconds(1),
                    "min", Duration.ofMinutes(1),
                    "h", Duration.ofHours(1),
                    "d", Duration.ofDays(1),
                    "w", Duration.ofDays(7));

    private Amounts() {}

    /** A number of bytes; {@code none} is 0; empty if it cannot be understood. */
    static OptionalLong bytes(String typed) {
        return typed.equals("none") ? OptionalLong.of(0) : read(typed, SIZES);
    }

    /** A length of time in milliseconds; {@code none} is 0; empty if it cannot be understood. */
    static OptionalLong millis(String typed) {
        if (typed.equals("none")) {
            return OptionalLong.of(0);
        }
        Matcher form = FORM.matcher(typed.strip());
        Duration unit = form.matches() ? TIMES.get(unit(form)) : null;
        if (unit == null) {
            return OptionalLong.empty();
        }
        BigDecimal millis = new BigDecimal(form.group(1)).multiply(new BigDecimal(unit.toMillis()));
        return OptionalLong.of(millis.longValue());
    }

    private static OptionalLong read(String typed, Map<String, Long> units) {
        Matcher form = FORM.matcher(typed.strip());
        Long unit = form.matches() ? units.get(unit(form)) : null;
        if (unit == null) {
            return OptionalLong.empty();
        }
        BigDecimal amount = new BigDecimal(form.group(1)).multiply(BigDecimal.valueOf(unit));
        return amount.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
                ? OptionalLong.empty()
                : OptionalLong.of(amount.longValue());
    }

    private static String unit(Matcher form) {
        return form.group(2).toLowerCase(Locale.ROOT);
    }

    /** A whole number of at least 1; empty otherwise. */
    static OptionalLong number(String typed) {
        return typed.matches("[1-9]\\d{0,17}")
                ? OptionalLong.of(Long.parseLong(typed))
                : OptionalLong.empty();
    }
}
