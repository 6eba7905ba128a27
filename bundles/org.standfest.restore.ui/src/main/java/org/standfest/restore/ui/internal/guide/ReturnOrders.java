package org.standfest.restore.ui.internal.guide;

import org.standfest.management.ReturnOrder;
import org.standfest.management.ReturnWindow;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the order for a way home out of what was chosen. Stateless. */
public final class ReturnOrders {

    private static final LocalTime EVENING = LocalTime.of(22, 0);
    private static final LocalTime MORNING = LocalTime.of(5, 0);
    private static final LocalTime SUNDAY_MORNING = LocalTime.of(8, 0);

    private ReturnOrders() {}

    /**
     * The order.
     *
     * @param now the standby's clock
     * @param zone of the clock on the reader's wall
     * @param needed how long both phases will take: a night that is too short for it is not taken
     */
    public static ReturnOrder order(GuideState state, Instant now, ZoneId zone, Duration needed) {
        return new ReturnOrder(
                state.systemId(),
                state.agentId(),
                List.of(),
                "",
                Map.of(),
                window(state.hour(), now, zone, needed),
                state.rehearse());
    }

    /** When the service may be away; empty for at once. */
    static Optional<ReturnWindow> window(
            GuideState.Hour hour, Instant now, ZoneId zone, Duration needed) {
        ZonedDateTime here = now.atZone(zone);
        return switch (hour) {
            case NOW -> Optional.empty();
            case TONIGHT -> {
                boolean night = here.toLocalTime().isBefore(MORNING);
                LocalDate evening = here.toLocalDate().minusDays(night ? 1 : 0);
                yield Optional.of(fitting(evening, MORNING, here, needed, Period.ofDays(1)));
            }
            case WEEKEND -> {
                boolean begun =
                        here.getDayOfWeek() == DayOfWeek.SUNDAY
                                && here.toLocalTime().isBefore(SUNDAY_MORNING);
                LocalDate saturday =
                        begun
                                ? here.toLocalDate().minusDays(1)
                                : here.toLocalDate()
                                        .with(TemporalAdjusters.nextOrSame(DayOfWeek.SATURDAY));
                yield Optional.of(
                        fitting(saturday, SUNDAY_MORNING, here, needed, Period.ofWeeks(1)));
            }
        };
    }

    /** The night that has begun, or the next one if what is left of it would not do. */
    private static ReturnWindow fitting(
            LocalDate evening, LocalTime end, ZonedDateTime here, Duration needed, Period later) {
        ReturnWindow first = between(evening, end, here);
        return here.toInstant().plus(needed).isAfter(first.until())
                ? between(evening.plus(later), end, here)
                : first;
    }

    private static ReturnWindow between(LocalDate evening, LocalTime end, ZonedDateTime here) {
        ZonedDateTime from = evening.atTime(EVENING).atZone(here.getZone());
        ZonedDateTime until = evening.plusDays(1).atTime(end).atZone(here.getZone());
        return new ReturnWindow(
                from.isAfter(here) ? from.toInstant() : here.toInstant(), until.toInstant());
    }
}
