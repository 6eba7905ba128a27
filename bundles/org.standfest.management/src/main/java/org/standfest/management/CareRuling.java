package org.standfest.management;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What only an administrator may decide about the care of recovery points.
 *
 * @param <T> the answer
 */
public sealed interface CareRuling<T> extends CareCall<T> {

    @Override
    default Role needs() {
        return Role.ADMINISTRATE;
    }

    /**
     * Repairs a system's points as far as content is there (in other points, and from the agent). A
     * long work that never removes a committed point.
     */
    record Repair(String systemId) implements CareRuling<TaskStatus> {
        /** Checks the length. */
        public Repair {
            Limits.name(systemId);
        }
    }

    /**
     * Removes the points that the retention does not keep.
     *
     * @param retention the rule; empty for the one of the system's policy
     * @param dryRun only say what would go; then the role {@link Role#SEE} is enough
     */
    record Prune(String systemId, String retention, boolean dryRun)
            implements CareRuling<PrunePlan> {
        /** Checks ranges. */
        public Prune {
            Limits.name(systemId);
            Limits.text(retention);
        }

        @Override
        public Role needs() {
            return dryRun ? Role.SEE : Role.ADMINISTRATE;
        }
    }

    /** Takes a pin away. Refused for the pins of an alarm that nobody has acknowledged. */
    record Unpin(String systemId, long number, String reason) implements CareRuling<SystemCare> {
        /** Checks ranges. */
        public Unpin {
            Limits.name(systemId);
            Limits.number(number, 1);
            Limits.reason(reason);
        }
    }

    /**
     * Locks a point: until then nobody can remove it, no agent and no operator, this one neither. A
     * lock can be made longer, never shorter.
     */
    record Lock(String systemId, long number, Instant until) implements CareRuling<SystemCare> {
        /** Checks ranges. */
        public Lock {
            Limits.name(systemId);
            Limits.number(number, 1);
            Objects.requireNonNull(until);
        }
    }

    /** Sets retention, quota, customer, locks, objective and share of a system. */
    record SetPolicy(String systemId, CarePolicy policy) implements CareRuling<SystemCare> {
        /** Checks that nothing is missing. */
        public SetPolicy {
            Limits.name(systemId);
            Objects.requireNonNull(policy);
        }
    }

    /**
     * Sets when the pool is re-read and how fast.
     *
     * @param everyHours 0 for never by itself, at most 8784 (a year)
     * @param bytesPerSecond at most so fast; 0 for as fast as it goes
     */
    record PlanScrub(long everyHours, long bytesPerSecond) implements CareRuling<ScrubStatus> {
        /** Checks ranges. */
        public PlanScrub {
            if (everyHours < 0 || everyHours > 8784) {
                throw new IllegalArgumentException("everyHours");
            }
            Limits.number(bytesPerSecond, 0);
        }
    }

    /**
     * Writes a point in its native form into a folder of the standby's machine. A long work.
     *
     * @param number the point; 0 for the newest
     * @param folder absolute, new or empty, not below the standby's home; a plain name means a
     *     folder below {@code <home>/exports}
     * @param path only this file or folder of a tree volume, as {@code volume/path}; empty for all
     */
    record Export(String systemId, long number, String folder, String path)
            implements CareRuling<TaskStatus> {
        /** Checks ranges. */
        public Export {
            Limits.name(systemId);
            Limits.number(number, 0);
            Limits.path(folder);
            if (!path.isEmpty()) {
                Limits.path(path);
            }
        }
    }

    /**
     * Takes a first copy from a courier disk into the pool. A long work.
     *
     * @param folder where the disk is mounted on the standby's machine
     */
    record Import(String folder) implements CareRuling<TaskStatus> {
        /** Checks the length. */
        public Import {
            Limits.path(folder);
        }
    }

    /** Defines a group, or changes its members. Refused when a member is unknown. */
    record DefineGroup(String name, List<String> systemIds, String schedule)
            implements CareRuling<GroupList> {
        /** Checks ranges. */
        public DefineGroup {
            Limits.name(name);
            Limits.text(schedule);
            systemIds = List.copyOf(systemIds);
            if (systemIds.isEmpty() || systemIds.size() > 64) {
                throw new IllegalArgumentException("members");
            }
            systemIds.forEach(Limits::name);
        }
    }

    /** Forgets a group; its systems and their points stay. */
    record RemoveGroup(String name) implements CareRuling<GroupList> {
        /** Checks the length. */
        public RemoveGroup {
            Limits.name(name);
        }
    }

    /**
     * Tells the agent when it replicates by itself.
     *
     * @param schedule {@code manual}, {@code continuous}, {@code every 15 min}, {@code at 12:30,
     *     22:00}, each with {@code ; only mon-fri 20-06} if wanted
     */
    record SetSchedule(String systemId, String schedule) implements CareRuling<SystemCare> {
        /** Checks ranges. */
        public SetSchedule {
            Limits.name(systemId);
            Limits.text(schedule);
        }
    }
}
