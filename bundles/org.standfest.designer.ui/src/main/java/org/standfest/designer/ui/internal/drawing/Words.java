package org.standfest.designer.ui.internal.drawing;

import org.standfest.results.Catalog;

import java.text.NumberFormat;
import java.util.Locale;

/** The few words of a drawing: rates, sizes, intervals. Immutable. */
final class Words {

    private static final Catalog TEXTS = Catalog.beside(Words.class);
    private final Locale locale;

    Words(Locale locale) {
        this.locale = locale;
    }

    String text(String key, Object... arguments) {
        return TEXTS.text(locale, key, arguments);
    }

    String number(double value) {
        NumberFormat format = NumberFormat.getInstance(locale);
        format.setMaximumFractionDigits(value < 10 ? 1 : 0);
        return format.format(value);
    }

    /** A rate in megabits per second. */
    String rate(double mbps) {
        return mbps >= 1000 ? number(mbps / 1000) + "\u00a0Gbit/s" : number(mbps) + "\u00a0Mbit/s";
    }

    /** A capacity in gibibytes. */
    String capacity(double gib) {
        return gib >= 1024 ? number(gib / 1024) + "\u00a0TiB" : number(gib) + "\u00a0GiB";
    }

    /** An interval in seconds. */
    String interval(int seconds) {
        if (seconds % 86_400 == 0 && seconds > 0) {
            return text(seconds == 86_400 ? "every.day" : "every.days", seconds / 86_400);
        }
        if (seconds % 3_600 == 0 && seconds > 0) {
            return text(seconds == 3_600 ? "every.hour" : "every.hours", seconds / 3_600);
        }
        return seconds % 60 == 0
                ? text("every.minutes", seconds / 60)
                : text("every.seconds", seconds);
    }
}
