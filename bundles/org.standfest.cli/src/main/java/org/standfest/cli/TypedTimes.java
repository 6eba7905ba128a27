package org.standfest.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;

/** Reads points in time as they are typed. */
final class TypedTimes {

    private TypedTimes() {}

    /**
     * ISO 8601: an instant with its zone ({@code 2026-11-22T22:00:00Z}), the time of this
     * computer's zone ({@code 2026-11-22T22:00}), or a day (its beginning here).
     */
    static Optional<Instant> instant(String typed) {
        ZoneId here = ZoneId.systemDefault();
        try {
            return Optional.of(
                    typed.length() == 10
                            ? LocalDate.parse(typed).atStartOfDay(here).toInstant()
                            : typed.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
                                    ? OffsetDateTime.parse(typed).toInstant()
                                    : LocalDateTime.parse(typed).atZone(here).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
