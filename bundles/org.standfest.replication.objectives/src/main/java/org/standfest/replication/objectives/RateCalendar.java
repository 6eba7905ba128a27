package org.standfest.replication.objectives;

import org.standfest.results.Outcome;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How many bytes a second may be sent in each hour of the week, in local time. Immutable, safe for
 * any thread.
 *
 * <p>Text form: rules apart by semicolons, the first that fits an hour counts, {@code otherwise} at
 * the end ({@code unlimited} where it is missing): {@code mon-fri 08-18 2 Mbit/s; sat closed;
 * otherwise unlimited}. {@link HoursOfWeek} says how days and hours are written, {@link Rates} how
 * rates are.
 */
public final class RateCalendar {

    /** No limit at any time. */
    public static final RateCalendar UNLIMITED = always(Rates.UNLIMITED);

    private static final int RULES = 168;
    private static final int TEXT_CHARS = 16_384;

    private final long[] bytesPerSecond;

    private RateCalendar(long[] bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /** The same limit at any time. */
    public static RateCalendar always(long bytesPerSecond) {
        long[] hours = new long[HoursOfWeek.HOURS];
        Arrays.fill(hours, bytesPerSecond);
        return of(hours);
    }

    /**
     * A limit for every hour of the week from Monday 00:00 on.
     *
     * @param bytesPerSecond 168 limits: {@link Rates#CLOSED}, up to {@link Rates#HIGHEST}, or
     *     {@link Rates#UNLIMITED}
     */
    public static RateCalendar of(long[] bytesPerSecond) {
        if (bytesPerSecond.length != HoursOfWeek.HOURS) {
            throw new IllegalArgumentException(bytesPerSecond.length + " hours");
        }
        for (long limit : bytesPerSecond) {
            if (limit < 0 || limit > Rates.HIGHEST && limit != Rates.UNLIMITED) {
                throw new IllegalArgumentException("limit " + limit);
            }
        }
        return new RateCalendar(bytesPerSecond.clone());
    }

    /** In each hour whichever limit is lower. */
    public RateCalendar least(RateCalendar other) {
        long[] hours = new long[HoursOfWeek.HOURS];
        for (int hour = 0; hour < hours.length; hour++) {
            hours[hour] = Math.min(bytesPerSecond[hour], other.bytesPerSecond[hour]);
        }
        return of(hours);
    }

    /** Reads the text form; the empty text is {@link #UNLIMITED}. */
    public static Outcome<RateCalendar> parse(String text) {
        try {
            return Outcome.done(read(text));
        } catch (TextFault fault) {
            return Outcome.refused(fault.explanation());
        }
    }

    private static RateCalendar read(String text) throws TextFault {
        if (text.length() > TEXT_CHARS) {
            throw new TextFault("objectives.too-long", TEXT_CHARS);
        }
        long[] hours = new long[HoursOfWeek.HOURS];
        Arrays.fill(hours, Rates.UNLIMITED);
        BitSet free = HoursOfWeek.ALWAYS.bits();
        boolean ended = false;
        int rules = 0;
        for (String rule : text.toLowerCase(Locale.ROOT).split(";")) {
            String[] words = rule.strip().split("\\s+", 2);
            if (words[0].isEmpty()) {
                continue;
            }
            if (ended || ++rules > RULES) {
                throw new TextFault("objectives.after-otherwise", rule.strip());
            }
            ended = words[0].equals("otherwise");
            BitSet meant = ended ? (BitSet) free.clone() : hours(words, rule.strip());
            long limit = Rates.read(rate(words, ended, rule.strip()));
            meant.and(free);
            meant.stream().forEach(hour -> hours[hour] = limit);
            free.andNot(meant);
        }
        return new RateCalendar(hours);
    }

    private static BitSet hours(String[] words, String rule) throws TextFault {
        if (!HoursOfWeek.isDays(words[0]) || words.length < 2) {
            throw new TextFault("objectives.rule", rule);
        }
        String first = words[1].split("\\s+", 2)[0];
        return HoursOfWeek.read(words[0], first.matches("[\\d:]+-[\\d:]+") ? first : "");
    }

    private static String rate(String[] words, boolean otherwise, String rule) throws TextFault {
        if (words.length < 2) {
            throw new TextFault("objectives.rule", rule);
        }
        String[] rest = words[1].split("\\s+", 2);
        boolean hoursFirst = !otherwise && rest[0].matches("[\\d:]+-[\\d:]+");
        if (hoursFirst && rest.length < 2) {
            throw new TextFault("objectives.rule", rule);
        }
        return hoursFirst ? rest[1] : words[1];
    }

    /** The limit in bytes a second in an hour of the week, 0 to 167. */
    public long inHour(int hour) {
        return bytesPerSecond[hour];
    }

    /** The limit in bytes a second at an instant. */
    public long at(Instant instant, ZoneId zone) {
        return bytesPerSecond[HoursOfWeek.hourOf(instant, zone)];
    }

    /** When the limit changes next; empty: never. */
    public Optional<Instant> nextChange(Instant from, ZoneId zone) {
        long now = at(from, zone);
        Instant at = from;
        for (int step = 0; step < 2 * HoursOfWeek.HOURS + 48; step++) {
            at = HoursOfWeek.nextHour(at, zone);
            if (at(at, zone) != now) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    /**
     * How many bytes fit between two instants over a line.
     *
     * @param lineBytesPerSecond what the line itself can, above 0
     */
    public double bytesBetween(Instant from, Instant to, ZoneId zone, double lineBytesPerSecond) {
        double bytes = 0;
        for (Instant at = from; at.isBefore(to); ) {
            Instant next = HoursOfWeek.nextHour(at, zone);
            Instant until = next.isBefore(to) ? next : to;
            double rate = Math.min(at(at, zone), lineBytesPerSecond);
            bytes += rate * Duration.between(at, until).toNanos() / 1e9;
            at = until;
        }
        return bytes;
    }

    /** The canonical text form, which {@link #parse} reads back to an equal calendar. */
    @Override
    public String toString() {
        Map<Long, BitSet> hoursOfLimit = new LinkedHashMap<>();
        for (int hour = 0; hour < bytesPerSecond.length; hour++) {
            hoursOfLimit.computeIfAbsent(bytesPerSecond[hour], _ -> new BitSet()).set(hour);
        }
        long most = bytesPerSecond[0];
        for (Map.Entry<Long, BitSet> entry : hoursOfLimit.entrySet()) {
            if (entry.getValue().cardinality() > hoursOfLimit.get(most).cardinality()) {
                most = entry.getKey();
            }
        }
        StringBuilder text = new StringBuilder();
        for (Map.Entry<Long, BitSet> entry : hoursOfLimit.entrySet()) {
            if (entry.getKey() != most) {
                for (String part : WeekText.parts(entry.getValue())) {
                    text.append(part).append(' ').append(Rates.text(entry.getKey())).append("; ");
                }
            }
        }
        return text.append("otherwise ").append(Rates.text(most)).toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RateCalendar that
                && Arrays.equals(bytesPerSecond, that.bytesPerSecond);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytesPerSecond);
    }
}
