package org.standfest.topology.exchange.internal;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers as foreign programs write them. */
final class Figure {

    private static final Pattern GROUPED =
            Pattern.compile("\\d{1,3}(?:([.,'\\u00a0\\u202f ])\\d{3})(?:\\1\\d{3})*");
    private static final Pattern DECIMAL = Pattern.compile("(\\d{1,12})[.,]\\d{1,9}");

    private Figure() {}

    /** A whole number, with or without separators of thousands; decimals are rounded up. */
    static OptionalLong whole(String text) {
        String plain = text.strip();
        if (plain.matches("\\d{1,15}")) {
            return OptionalLong.of(Long.parseLong(plain));
        }
        if (GROUPED.matcher(plain).matches()) {
            String digits = plain.replaceAll("\\D", "");
            return digits.length() > 15
                    ? OptionalLong.empty()
                    : OptionalLong.of(Long.parseLong(digits));
        }
        Matcher decimal = DECIMAL.matcher(plain);
        return decimal.matches()
                ? OptionalLong.of((long) Math.ceil(Double.parseDouble(plain.replace(',', '.'))))
                : OptionalLong.empty();
    }

    /** A number that the model can hold, which is an int; what is beyond becomes the limit. */
    static int fitting(long value, int least, int most) {
        return (int) Math.clamp(value, least, most);
    }
}
