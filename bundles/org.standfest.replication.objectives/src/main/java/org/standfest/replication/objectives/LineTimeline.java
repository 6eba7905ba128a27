package org.standfest.replication.objectives;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;

/**
 * Capacity and change of one system from now on, as integrals with a straight piece for every hour:
 * both are looked up, and capacity is solved for the time, in the logarithm of the hours.
 */
final class LineTimeline {

    private final Instant origin;
    private double[] at = new double[1024];
    private double[] carried = new double[1024];
    private double[] changed = new double[1024];
    private int size = 1;

    private LineTimeline(Instant origin) {
        this.origin = origin;
    }

    static LineTimeline of(RpoForecast.Situation situation, Duration horizon) {
        LineTimeline line = new LineTimeline(situation.now());
        ZoneId zone = situation.zone();
        Instant end = situation.now().plus(horizon);
        double others = situation.othersBacklogBytes();
        for (Instant from = situation.now(); from.isBefore(end); ) {
            Instant next = HoursOfWeek.nextHour(from, zone);
            Instant to = next.isBefore(end) ? next : end;
            int hour = HoursOfWeek.hourOf(from, zone);
            double rate =
                    Math.min(situation.calendar().inHour(hour), situation.lineBytesPerSecond());
            double theirs = situation.othersChange().inHour(hour);
            double ours = situation.change().inHour(hour);
            double seconds = Duration.between(from, to).toNanos() / 1e9;
            double left = rate - theirs;
            // While the others have something waiting, they have the whole line.
            double waiting =
                    others <= 0 && left >= 0
                            ? 0
                            : left <= 0 ? seconds : Math.min(seconds, others / left);
            line.piece(waiting, 0, ours);
            line.piece(seconds - waiting, Math.max(0, left), ours);
            others = Math.max(0, others - left * seconds);
            from = to;
        }
        return line;
    }

    private void piece(double seconds, double capacity, double change) {
        if (seconds <= 0) {
            return;
        }
        if (size == at.length) {
            at = Arrays.copyOf(at, 2 * size);
            carried = Arrays.copyOf(carried, 2 * size);
            changed = Arrays.copyOf(changed, 2 * size);
        }
        at[size] = at[size - 1] + seconds;
        carried[size] = carried[size - 1] + seconds * capacity;
        changed[size] = changed[size - 1] + seconds * change;
        size++;
    }

    Instant instant(double seconds) {
        return origin.plusNanos(Math.round(seconds * 1e9));
    }

    double seconds(Instant instant) {
        return Duration.between(origin, instant).toNanos() / 1e9;
    }

    double changed(double seconds) {
        return value(changed, seconds);
    }

    double changedBetween(Duration from, Duration to) {
        return changed(to.toSeconds()) - changed(from.toSeconds());
    }

    double carriedBetween(Duration from, Duration to) {
        return value(carried, to.toSeconds()) - value(carried, from.toSeconds());
    }

    private double value(double[] integral, double seconds) {
        int right = Math.clamp(piece(at, seconds), 1, size - 1);
        double width = at[right] - at[right - 1];
        double share = Math.clamp((seconds - at[right - 1]) / width, 0, 1);
        return integral[right - 1] + share * (integral[right] - integral[right - 1]);
    }

    /** The first piece whose end is at or beyond a value. */
    private int piece(double[] ends, double value) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ends[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** When so many bytes have travelled from a time on; infinite: not within the horizon. */
    double whenCarried(double from, double bytes) {
        if (from > at[size - 1]) {
            return Double.POSITIVE_INFINITY;
        }
        if (bytes <= 0) {
            return from;
        }
        double goal = value(carried, from) + bytes;
        int right = piece(carried, goal);
        if (right == 0 || right >= size) {
            return right == 0 ? from : Double.POSITIVE_INFINITY;
        }
        double share = (goal - carried[right - 1]) / (carried[right] - carried[right - 1]);
        return Math.max(from, at[right - 1] + share * (at[right] - at[right - 1]));
    }
}
