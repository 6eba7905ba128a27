package org.standfest.management;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Consistency groups over several systems.
 *
 * @param groups the groups, by name
 */
public record GroupList(List<Group> groups) {

    /** Copies. */
    public GroupList {
        groups = List.copyOf(groups);
    }

    /**
     * Systems whose points have one timestamp.
     *
     * @param name its name
     * @param systemIds its members
     * @param schedule when the standby takes it by itself, as for a system; {@code manual}: only
     *     when somebody asks
     * @param lastPointAt the instant of its last common point
     */
    public record Group(
            String name, List<String> systemIds, String schedule, Optional<Instant> lastPointAt) {

        /** Checks that nothing is missing; without a schedule it is manual. */
        public Group {
            Objects.requireNonNull(name);
            schedule = schedule == null || schedule.isBlank() ? "manual" : schedule;
            systemIds = List.copyOf(systemIds);
            Objects.requireNonNull(lastPointAt);
        }
    }
}
