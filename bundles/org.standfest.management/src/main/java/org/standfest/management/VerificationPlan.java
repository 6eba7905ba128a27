package org.standfest.management;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When the newest image of a system is proved to start, in isolation and by itself.
 *
 * @param text {@code off}, {@code after-replication}, or {@code daily} and up to 24 times of the
 *     standby's clock: {@code daily 03:00,15:30}
 */
public record VerificationPlan(String text) {

    /** Never by itself. */
    public static final VerificationPlan OFF = new VerificationPlan("off");

    private static final String AFTER_REPLICATION = "after-replication";
    private static final String DAILY = "daily ";
    private static final int MOST = 24;

    /** Checks the form; throws IllegalArgumentException. */
    public VerificationPlan {
        Objects.requireNonNull(text);
        if (!text.equals("off") && !text.equals(AFTER_REPLICATION)) {
            try {
                List<LocalTime> times = times(text);
                if (times.isEmpty() || times.size() > MOST) {
                    throw new IllegalArgumentException(text);
                }
            } catch (DateTimeException malformed) {
                throw new IllegalArgumentException(text, malformed);
            }
        }
    }

    private static List<LocalTime> times(String text) {
        return text.startsWith(DAILY) && !text.endsWith(",")
                ? Stream.of(text.substring(DAILY.length()).split(","))
                        .map(LocalTime::parse)
                        .sorted()
                        .toList()
                : List.of();
    }

    /** Whether every new recovery point is proved. */
    public boolean afterReplication() {
        return text.equals(AFTER_REPLICATION);
    }

    /** Whether it is ever proved by itself. */
    public boolean scheduled() {
        return !text.equals("off");
    }

    /**
     * The last time of the day that was due; empty if none is set. A time that the clock's change
     * leaves out counts right after the gap.
     */
    public Optional<Instant> lastDue(Instant now, ZoneId zone) {
        ZonedDateTime here = now.atZone(zone);
        return Stream.of(here.toLocalDate().minusDays(1), here.toLocalDate())
                .flatMap(day -> times(text).stream().map(time -> day.atTime(time).atZone(zone)))
                .map(ZonedDateTime::toInstant)
                .filter(due -> !due.isAfter(now))
                .max(Instant::compareTo);
    }
}
