package org.standfest.replication.objectives;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A set of hours of the week in local time, hour 0 being Monday 00:00 to 01:00. Where clocks are
 * set forward the skipped hour does not happen, where they are set back the repeated hour happens
 * twice. Immutable, safe for any thread.
 *
 * <p>Text form: {@code DAYS HOURS}, days {@code mon}, {@code mon-fri}, {@code sat,sun} or {@code
 * daily}, hours {@code 08-18} (from 08:00 to before 18:00), {@code 22-06} (past midnight, belongs
 * to the day it begins on) or left out (the whole day).
 */
public final class HoursOfWeek {

    /** Hours of a week. */
    public static final int HOURS = 168;

    /** Every hour. */
    public static final HoursOfWeek ALWAYS = always();

    private static final List<String> DAYS =
            List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    private final BitSet hours;

    HoursOfWeek(BitSet hours) {
        this.hours = (BitSet) hours.clone();
    }

    private static HoursOfWeek always() {
        BitSet all = new BitSet(HOURS);
        all.set(0, HOURS);
        return new HoursOfWeek(all);
    }

    /** The hour of the week, 0 to 167, that an instant lies in. */
    public static int hourOf(Instant instant, ZoneId zone) {
        ZonedDateTime local = instant.atZone(zone);
        return (local.getDayOfWeek().getValue() - 1) * 24 + local.getHour();
    }

    /**
     * The first instant after the given one at which another hour of the week begins; also where
     * the clock is put forward or back.
     */
    public static Instant nextHour(Instant instant, ZoneId zone) {
        ZonedDateTime local = instant.atZone(zone);
        long intoHour =
                Duration.between(
                                local.toLocalDateTime().truncatedTo(ChronoUnit.HOURS),
                                local.toLocalDateTime())
                        .toNanos();
        Instant next = instant.plusNanos(Duration.ofHours(1).toNanos() - intoHour);
        ZoneOffsetTransition jump = zone.getRules().nextTransition(instant);
        return jump != null && jump.getInstant().isBefore(next) ? jump.getInstant() : next;
    }

    /** Whether the set has an hour. */
    public boolean contains(int hour) {
        return hours.get(hour);
    }

    /** Whether the set has the hour an instant lies in. */
    public boolean contains(Instant instant, ZoneId zone) {
        return hours.get(hourOf(instant, zone));
    }

    /** How many hours are in the set, 0 to 168. */
    public int count() {
        return hours.cardinality();
    }

    /** The instant itself if it is in the set, otherwise the next that is; empty: the set is. */
    public Optional<Instant> firstFrom(Instant from, ZoneId zone) {
        if (hours.isEmpty()) {
            return Optional.empty();
        }
        Instant at = from;
        // Two weeks and a day: an hour that falls into the gap of a clock put forward comes a week
        // later.
        for (int step = 0; step < 2 * HOURS + 48 && !contains(at, zone); step++) {
            at = nextHour(at, zone);
        }
        return Optional.of(at);
    }

    /** Reads one {@code DAYS HOURS}; the words are lower case already. */
    static BitSet read(String days, String times) throws TextFault {
        int from = 0;
        int to = 24;
        if (!times.isEmpty()) {
            int dash = times.indexOf('-');
            if (dash < 0) {
                throw new TextFault("objectives.hours", times);
            }
            from = hour(times.substring(0, dash), times);
            to = hour(times.substring(dash + 1), times);
            to = to <= from ? to + 24 : to;
        }
        BitSet week = new BitSet(HOURS);
        BitSet chosen = days(days);
        for (int day = chosen.nextSetBit(0); day >= 0; day = chosen.nextSetBit(day + 1)) {
            for (int hour = from; hour < to; hour++) {
                week.set((day * 24 + hour) % HOURS);
            }
        }
        return week;
    }

    private static int hour(String text, String whole) throws TextFault {
        String digits = text.strip().replaceFirst(":00$", "");
        if (!digits.matches("\\d{1,2}") || Integer.parseInt(digits) > 24) {
            throw new TextFault("objectives.hours", whole);
        }
        return Integer.parseInt(digits);
    }

    private static BitSet days(String text) throws TextFault {
        BitSet chosen = new BitSet(7);
        if (text.equals("daily") || text.isEmpty()) {
            chosen.set(0, 7);
            return chosen;
        }
        for (String part : text.split(",")) {
            int dash = part.indexOf('-');
            int first = day(dash < 0 ? part : part.substring(0, dash), text);
            int last = dash < 0 ? first : day(part.substring(dash + 1), text);
            for (int day = first; ; day = (day + 1) % 7) {
                chosen.set(day);
                if (day == last) {
                    break;
                }
            }
        }
        return chosen;
    }

    private static int day(String text, String whole) throws TextFault {
        int day = DAYS.indexOf(text.strip());
        if (day < 0) {
            throw new TextFault("objectives.days", whole);
        }
        return day;
    }

    /** Whether a word names days. */
    static boolean isDays(String word) {
        return word.equals("daily") || word.length() >= 3 && DAYS.contains(word.substring(0, 3));
    }

    /** The name of a day as text forms write it. */
    static String dayName(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }

    static String dayName(int day) {
        return DAYS.get(day);
    }

    BitSet bits() {
        return (BitSet) hours.clone();
    }

    /** The text form, as windows apart by commas and a blank; {@code never} for the empty set. */
    @Override
    public String toString() {
        return WeekText.windows(hours);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HoursOfWeek that && hours.equals(that.hours);
    }

    @Override
    public int hashCode() {
        return hours.hashCode();
    }
}
