package org.standfest.replication.pool;

import java.time.Duration;
import java.util.Objects;

/**
 * What the standby decides about a system in the pool.
 *
 * @param customer whose system it is: content is found by its hash across all systems of one
 *     customer, never beyond; empty: only within the system. At most 64 characters of {@code
 *     [A-Za-z0-9._-]}
 * @param quotaBytes how much the system may occupy with all its points, 0 for as much as there is
 * @param lockFor for how long every point of the system is locked from its commit on; zero for not
 *     at all
 */
public record SystemRules(String customer, long quotaBytes, Duration lockFor) {

    /** No customer, no quota, no lock. */
    public static final SystemRules NONE = new SystemRules("", 0, Duration.ZERO);

    /** Checks the ranges. */
    public SystemRules {
        Objects.requireNonNull(customer);
        if (quotaBytes < 0 || lockFor.isNegative() || lockFor.toDays() > 36_525) {
            throw new IllegalArgumentException("rule out of range");
        }
    }
}
