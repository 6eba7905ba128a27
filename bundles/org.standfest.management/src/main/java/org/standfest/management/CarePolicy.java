package org.standfest.management;

import java.util.Objects;

/**
 * What the standby is told about keeping one system.
 *
 * @param retention which points stay: {@code last 7, hourly 24, daily 7, weekly 5, monthly 12,
 *     yearly 3} or {@code all}
 * @param rpoMillis how old the newest point may get, in milliseconds; 0 for no objective
 * @param lockMillis how long every new point is locked, in milliseconds; 0 for not at all
 * @param quotaBytes what the system may occupy in the pool; 0 for no limit
 * @param customer whose system it is: blocks are shared only between systems of one customer; empty
 *     shares with nobody
 * @param rates the limit of the line by hour of the week, as the command line writes it; empty: the
 *     agent's own counts
 * @param share the weight of its sessions when several run at once, 1 to 100
 * @param priority 0 to 9; every step doubles the weight
 */
public record CarePolicy(
        String retention,
        long rpoMillis,
        long lockMillis,
        long quotaBytes,
        String customer,
        String rates,
        int share,
        int priority) {

    /** Keeps everything, limits nothing. */
    public static final CarePolicy DEFAULT = new CarePolicy("all", 0, 0, 0, "", "", 10, 0);

    /** Checks ranges. */
    public CarePolicy {
        Limits.text(retention);
        Limits.text(rates);
        Objects.requireNonNull(customer);
        Limits.number(rpoMillis, 0);
        Limits.number(lockMillis, 0);
        Limits.number(quotaBytes, 0);
        if (!customer.matches("[a-z0-9][a-z0-9-]{0,62}|")) {
            throw new IllegalArgumentException("customer");
        }
        if (share < 1 || share > 100 || priority < 0 || priority > 9) {
            throw new IllegalArgumentException("share or priority");
        }
    }
}
