package org.standfest.management;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One of the histories of a system: a place that holds data which may differ from the others.
 *
 * @param id names it
 * @param kind what it is
 * @param serves whether it serves now
 * @param epoch the life of the system it belongs to; -1 if not known
 * @param bytes how much it holds: of an emergency machine only what was written over the image; -1
 *     if not known
 * @param lastWriteAt the last moment that is known to be in it
 * @param who the machine or agent
 * @param words all this in plain words, and what becomes of it
 */
public record HistoryInfo(
        String id,
        Kind kind,
        boolean serves,
        long epoch,
        long bytes,
        Optional<Instant> lastWriteAt,
        String who,
        Reason words) {
    /** Checks that nothing is missing. */
    public HistoryInfo {
        Objects.requireNonNull(id);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(lastWriteAt);
        Objects.requireNonNull(who);
        Objects.requireNonNull(words);
    }

    /** What holds a history. */
    public enum Kind {
        /** The recovery points in the pool. */
        POINTS,
        /** What an emergency machine wrote over its image. */
        EMERGENCY,
        /** The primary, as its agent tells. */
        PRIMARY
    }
}
