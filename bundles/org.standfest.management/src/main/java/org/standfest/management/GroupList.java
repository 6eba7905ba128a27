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
     * @param lastPointAt the instant of its last common point
     */
    public record Group(String name, List<String> systemIds, Optional<Instant> lastPointAt) {

        /** Checks that nothing is missing. */
        public Group {
            Objects.requireNonNull(name);
            systemIds = List.copyOf(systemIds);
            Objects.requireNonNull(lastPointAt);
        }
    }
}
