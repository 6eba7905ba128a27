package org.standfest.standby.care;

import org.standfest.management.GroupList;
import org.standfest.replication.objectives.Schedule;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Takes consistency groups when it is time. A run that fails is tried at the next time; that
 * nothing came meanwhile, the objectives of the members tell. For one thread.
 */
final class GroupClock {

    private final CareBooks books;
    private final InstantSource clock;
    private final Supplier<ZoneId> zone;
    private final Predicate<GroupList.Group> begin;
    private final Map<String, Instant> begunAt = new HashMap<>();

    /**
     * @param begin takes a group; false: not now, something else is under way
     */
    GroupClock(
            CareBooks books,
            InstantSource clock,
            Supplier<ZoneId> zone,
            Predicate<GroupList.Group> begin) {
        this.books = books;
        this.clock = clock;
        this.zone = zone;
        this.begin = begin;
    }

    /** Looks at the time. */
    void tick() {
        Instant now = clock.instant();
        Map<String, GroupList.Group> groups = books.groups().result().orElse(Map.of());
        begunAt.keySet().retainAll(groups.keySet());
        for (GroupList.Group group : groups.values()) {
            // Without a run it counts from when it was seen first, so a time of day does not fire.
            Optional<Instant> last =
                    Optional.ofNullable(begunAt.get(group.name())).or(group::lastPointAt);
            boolean due =
                    Schedule.parse(group.schedule())
                            .result()
                            .flatMap(schedule -> schedule.nextDue(last, last, now, zone.get()))
                            .filter(at -> !at.isAfter(now))
                            .isPresent();
            if (due && begin.test(group)) {
                begunAt.put(group.name(), now);
            }
        }
    }
}
