package org.standfest.replication.objectives;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;

/**
 * How many bytes a second a system adds to what must travel, by hour of the week: measured from its
 * own sessions. Immutable, safe for any thread.
 */
public final class ChangeProfile {

    /** Nothing changes. */
    public static final ChangeProfile NONE = constant(0);

    private final double[] bytesPerSecond;

    private ChangeProfile(double[] bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /** The same rate in every hour, 0 or more. */
    public static ChangeProfile constant(double bytesPerSecond) {
        double[] hours = new double[HoursOfWeek.HOURS];
        Arrays.fill(hours, bytesPerSecond);
        return of(hours);
    }

    /** A rate for every one of the 168 hours of the week, each 0 or more. */
    public static ChangeProfile of(double[] bytesPerSecond) {
        if (bytesPerSecond.length != HoursOfWeek.HOURS
                || Arrays.stream(bytesPerSecond).anyMatch(rate -> !(rate >= 0))) {
            throw new IllegalArgumentException("not 168 rates of 0 or more");
        }
        return new ChangeProfile(bytesPerSecond.clone());
    }

    /**
     * Measures: the bytes of every committed session are spread evenly over the time since the
     * session before, then summed by hour of the week and divided by the observed seconds of that
     * hour. An hour that was never observed has the mean of all observed time. First copies say
     * nothing about change and are left out; a gap of more than {@link #LONGEST_GAP} is, too.
     *
     * @param history in the order of time
     */
    public static ChangeProfile measured(Iterable<SessionRecord> history, ZoneId zone) {
        double[] bytes = new double[HoursOfWeek.HOURS];
        double[] seconds = new double[HoursOfWeek.HOURS];
        Instant before = null;
        for (SessionRecord session : history) {
            if (session.result() != SessionRecord.Result.DONE) {
                continue;
            }
            if (before != null && !session.first() && before.isBefore(session.takenAt())) {
                spread(before, session, zone, bytes, seconds);
            }
            before = session.takenAt();
        }
        double allSeconds = Arrays.stream(seconds).sum();
        double mean = allSeconds == 0 ? 0 : Arrays.stream(bytes).sum() / allSeconds;
        double[] rates = new double[HoursOfWeek.HOURS];
        for (int hour = 0; hour < rates.length; hour++) {
            rates[hour] = seconds[hour] == 0 ? mean : bytes[hour] / seconds[hour];
        }
        return new ChangeProfile(rates);
    }

    /** The longest time between two sessions that is still taken for a measurement: a week. */
    public static final Duration LONGEST_GAP = Duration.ofDays(7);

    private static void spread(
            Instant from, SessionRecord session, ZoneId zone, double[] bytes, double[] seconds) {
        Duration gap = Duration.between(from, session.takenAt());
        if (gap.compareTo(LONGEST_GAP) > 0) {
            return;
        }
        double rate = session.wireBytes() / (gap.toNanos() / 1e9);
        for (Instant at = from; at.isBefore(session.takenAt()); ) {
            Instant next = HoursOfWeek.nextHour(at, zone);
            Instant until = next.isBefore(session.takenAt()) ? next : session.takenAt();
            double part = Duration.between(at, until).toNanos() / 1e9;
            int hour = HoursOfWeek.hourOf(at, zone);
            bytes[hour] += rate * part;
            seconds[hour] += part;
            at = until;
        }
    }

    /** The rate in an hour of the week, bytes a second. */
    public double inHour(int hour) {
        return bytesPerSecond[hour];
    }

    /** The bytes that come to be between two instants. */
    public double bytesBetween(Instant from, Instant to, ZoneId zone) {
        double bytes = 0;
        for (Instant at = from; at.isBefore(to); ) {
            Instant next = HoursOfWeek.nextHour(at, zone);
            Instant until = next.isBefore(to) ? next : to;
            bytes +=
                    bytesPerSecond[HoursOfWeek.hourOf(at, zone)]
                            * Duration.between(at, until).toNanos()
                            / 1e9;
            at = until;
        }
        return bytes;
    }

    /** Both together. */
    public ChangeProfile plus(ChangeProfile other) {
        double[] sum = bytesPerSecond.clone();
        for (int hour = 0; hour < sum.length; hour++) {
            sum[hour] += other.bytesPerSecond[hour];
        }
        return new ChangeProfile(sum);
    }
}
