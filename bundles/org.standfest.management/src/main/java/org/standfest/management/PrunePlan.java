package org.standfest.management;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What a retention keeps and what it lets go.
 *
 * @param systemId the system
 * @param retention the rule that was applied
 * @param dryRun whether nothing was removed
 * @param fates every point, the newest first
 * @param freedBytes what removing frees, as far as it is known before; -1 if unknown
 */
public record PrunePlan(
        String systemId, String retention, boolean dryRun, List<Fate> fates, long freedBytes) {

    /** Checks that nothing is missing. */
    public PrunePlan {
        Objects.requireNonNull(systemId);
        Objects.requireNonNull(retention);
        fates = List.copyOf(fates);
    }

    /**
     * What becomes of one point.
     *
     * @param number the point
     * @param takenAt the instant it shows
     * @param stays whether it stays
     * @param why the rule that keeps it, or why it goes, in the caller's words
     */
    public record Fate(long number, Instant takenAt, boolean stays, String why) {

        /** Checks that nothing is missing. */
        public Fate {
            Objects.requireNonNull(takenAt);
            Objects.requireNonNull(why);
        }
    }

    /** How many points go. */
    public long going() {
        return fates.stream().filter(fate -> !fate.stays()).count();
    }
}
