package org.standfest.replication.pool;

import org.standfest.results.Outcome;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Which recovery points stay. The pool never removes a point by itself; what may go is decided by
 * whoever keeps the rules of retention, and the pool enforces what must never happen: the newest
 * point, the last good point, pinned and locked points stay, and while retention is stopped nothing
 * goes at all. Everything here survives a restart; a crash in the middle leaves either all or none
 * of an act.
 *
 * <p>Safe for any thread. Got from {@link ImagePool#retention}.
 */
public interface PointRetention {

    /**
     * Every point of a system with what protects it and what it occupies, the newest first. Reads
     * manifests where a point shares content with others.
     */
    Outcome<List<PointStatus>> points(String systemId);

    /**
     * Keeps a point until the same holder takes the pin away. The same holder again changes the
     * reason.
     *
     * @param holder the key of the pin; 1 to 64 characters of {@code [A-Za-z0-9._-]}
     * @param reason for people; at most 500 characters
     */
    Outcome<Void> pin(String systemId, long number, String holder, String reason);

    /** Takes a pin away; Done also when there is none. */
    Outcome<Void> unpin(String systemId, long number, String holder);

    /**
     * Locks a point: until this instant nobody can remove it through the pool, neither agent nor
     * operator, and the lock cannot be shortened (an earlier instant changes nothing).
     *
     * <p>A clock that is set forward does not unlock early: a lock also counts the time that really
     * passed while the pool was open (see POOL.md, "Trusted time"). A clock that is set back makes
     * it longer.
     *
     * @return until when it is locked now, by the clock
     */
    Outcome<Instant> lock(String systemId, long number, Instant until);

    /**
     * Says that a point may show what an attacker did: it no longer counts as a good one, so that
     * the newest point without suspicion is kept as the last good one.
     */
    Outcome<Void> suspect(String systemId, long number, String reason);

    /** Takes a suspicion away. */
    Outcome<Void> clear(String systemId, long number);

    /**
     * From now on no point of the system is removed, until the same holder resumes. The refusals
     * give the reason.
     */
    Outcome<Void> stop(String systemId, String holder, String reason);

    /** Ends a stop; Done also when there is none. */
    Outcome<Void> resume(String systemId, String holder);

    /**
     * Removes one point, wherever it stands in the row; older points stay restorable. Refused while
     * something protects it: {@code pool.point-newest}, {@code pool.point-last-good}, {@code
     * pool.point-pinned}, {@code pool.point-locked}, {@code pool.retention-stopped}.
     *
     * @return the bytes that became free, as far as known
     */
    Outcome<Long> remove(String systemId, long number, Progress progress);

    /**
     * Removes every point that is not to be kept and that nothing protects, the oldest first. What
     * is protected stays and is named with its reason in the report.
     *
     * @param keep numbers of the points to keep; the newest is always kept
     */
    Outcome<PruneReport> prune(String systemId, Set<Long> keep, Progress progress);
}
