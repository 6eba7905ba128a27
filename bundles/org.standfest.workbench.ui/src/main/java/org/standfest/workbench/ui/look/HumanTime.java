package org.standfest.workbench.ui.look;

import org.standfest.results.Catalog;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/**
 * Durations and instants as people say them ("4 min 10 s ago", "at 03:12"). Immutable.
 *
 * @param locale the reader's language
 * @param zone the reader's time zone
 */
public record HumanTime(Locale locale, ZoneId zone) {

    private static final Catalog WORDS = Catalog.beside(HumanTime.class);

    /** A duration in at most two units; negative ones count as nothing. */
    public String duration(Duration length) {
        long seconds = Math.max(0, length.toSeconds());
        if (seconds < 60) {
            return word("seconds", seconds);
        }
        if (seconds < 600) {
            long rest = seconds % 60;
            return word("minutes.short", seconds / 60)
                    + (rest == 0 ? "" : " " + word("seconds", rest));
        }
        if (seconds < 3600) {
            return word("minutes", seconds / 60);
        }
        if (seconds < 86_400) {
            long rest = seconds % 3600 / 60;
            return word("hours", seconds / 3600)
                    + (rest == 0 ? "" : " " + word("minutes.short", rest));
        }
        return seconds < 172_800 ? word("day.one") : word("days", seconds / 86_400);
    }

    /** How long ago something was; the first ten seconds are "just now". */
    public String ago(Duration age) {
        if (age.toSeconds() < 10) {
            return word("now");
        }
        return age.toDays() < 2 ? word("ago", duration(age)) : word("ago.days", age.toDays());
    }

    /** How old something is, as part of a sentence: "12 minutes", "4 days". */
    public String age(Duration age) {
        return duration(age);
    }

    /** An instant as seen from another: the time today, else the day too. */
    public String moment(Instant instant, Instant now) {
        ZonedDateTime there = instant.atZone(zone);
        LocalDate today = now.atZone(zone).toLocalDate();
        String time = clock(instant);
        if (there.toLocalDate().equals(today)) {
            return word("today", time);
        }
        if (there.toLocalDate().equals(today.minusDays(1))) {
            return word("yesterday", time);
        }
        return word("day", day(there), time);
    }

    /** Hours and minutes only. */
    public String clock(Instant instant) {
        return DateTimeFormatter.ofPattern("HH:mm", locale).format(instant.atZone(zone));
    }

    private String day(ZonedDateTime when) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                .withLocale(locale)
                .format(when);
    }

    private String word(String key, Object... arguments) {
        return WORDS.text(locale, "time." + key, arguments);
    }
}
