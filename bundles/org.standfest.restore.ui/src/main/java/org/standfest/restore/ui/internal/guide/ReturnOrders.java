package org.standfest.restore.ui.internal.guide;

import org.standfest.management.ReturnOrder;
import org.standfest.management.ReturnWindow;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
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
     */
    public static ReturnOrder order(GuideState state, Instant now, ZoneId zone) {
        return new ReturnOrder(
                state.systemId(),
                state.agentId(),
                List.of(),
                "",
                Map.of(),
                window(state.hour(), now, zone),
                state.rehearse());
    }

    /** When the service may be away; empty for at once. */
    static Optional<ReturnWindow> window(GuideState.Hour hour, Instant now, ZoneId zone) {
        ZonedDateTime here = now.atZone(zone);
        return switch (hour) {
            case NOW -> Optional.empty();
            case TONIGHT -> {
                boolean night = here.toLocalTime().isBefore(MORNING);
                LocalDate evening = here.toLocalDate().minusDays(night ? 1 : 0);
                yield Optional.of(between(evening, MORNING, here));
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
                yield Optional.of(between(saturday, SUNDAY_MORNING, here));
            }
        };
    }

    private static ReturnWindow between(LocalDate evening, LocalTime end, ZonedDateTime here) {
        ZonedDateTime from = evening.atTime(EVENING).atZone(here.getZone());
        ZonedDateTime until = evening.plusDays(1).atTime(end).atZone(here.getZone());
        return new ReturnWindow(
                from.isAfter(here) ? from.toInstant() : here.toInstant(), until.toInstant());
    }
}
