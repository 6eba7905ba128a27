package org.standfest.replication.objectives;

import org.standfest.results.Outcome;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text form of rates: {@code 2 Mbit/s}, {@code 500 kB/s}, {@code 1.5 MiB/s}, {@code unlimited},
 * {@code closed} (nothing at all). Inside, a rate is bytes in a second. Stateless, safe for any
 * thread.
 */
public final class Rates {

    /** No limit. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /** Nothing may be sent. */
    public static final long CLOSED = 0;

    /** The highest rate that is not {@link #UNLIMITED}: 1 Tbit/s. */
    public static final long HIGHEST = 125_000_000_000L;

    private static final Pattern FORM =
            Pattern.compile("(\\d{1,12}(?:\\.\\d{1,6})?)\\s*([a-z]{1,4})/s");
    private static final Map<String, BigDecimal> UNITS = units();

    private Rates() {}

    private static Map<String, BigDecimal> units() {
        Map<String, BigDecimal> units = new LinkedHashMap<>();
        units.put("gbit", BigDecimal.valueOf(125_000_000));
        units.put("mbit", BigDecimal.valueOf(125_000));
        units.put("kbit", BigDecimal.valueOf(125));
        units.put("bit", new BigDecimal("0.125"));
        units.put("gb", BigDecimal.valueOf(1_000_000_000));
        units.put("mb", BigDecimal.valueOf(1_000_000));
        units.put("kb", BigDecimal.valueOf(1000));
        units.put("gib", BigDecimal.valueOf(1 << 30));
        units.put("mib", BigDecimal.valueOf(1 << 20));
        units.put("kib", BigDecimal.valueOf(1 << 10));
        units.put("b", BigDecimal.ONE);
        return units;
    }

    /**
     * Reads a rate in bytes a second: {@link #CLOSED}, 1 to {@link #HIGHEST} or {@link #UNLIMITED}.
     */
    public static Outcome<Long> parse(String text) {
        try {
            return Outcome.done(read(text));
        } catch (TextFault fault) {
            return Outcome.refused(fault.explanation());
        }
    }

    static long read(String text) throws TextFault {
        String words = text.strip().toLowerCase(Locale.ROOT);
        if (words.equals("unlimited")) {
            return UNLIMITED;
        }
        if (words.equals("closed")) {
            return CLOSED;
        }
        Matcher form = FORM.matcher(words);
        if (!form.matches() || !UNITS.containsKey(form.group(2))) {
            throw new TextFault("objectives.rate", text.strip());
        }
        BigDecimal bytes = new BigDecimal(form.group(1)).multiply(UNITS.get(form.group(2)));
        if (bytes.signum() == 0) {
            return CLOSED;
        }
        if (bytes.compareTo(BigDecimal.ONE) < 0
                || bytes.compareTo(BigDecimal.valueOf(HIGHEST)) > 0) {
            throw new TextFault("objectives.rate", text.strip());
        }
        return bytes.setScale(0, RoundingMode.DOWN).longValueExact();
    }

    /** The text that {@link #parse} reads back exactly. */
    public static String text(long bytesPerSecond) {
        if (bytesPerSecond == UNLIMITED) {
            return "unlimited";
        }
        if (bytesPerSecond == CLOSED) {
            return "closed";
        }
        if (bytesPerSecond % 125_000_000 == 0) {
            return bytesPerSecond / 125_000_000 + " Gbit/s";
        }
        if (bytesPerSecond % 125_000 == 0) {
            return bytesPerSecond / 125_000 + " Mbit/s";
        }
        return bytesPerSecond % 125 == 0
                ? bytesPerSecond / 125 + " kbit/s"
                : bytesPerSecond + " B/s";
    }
}
