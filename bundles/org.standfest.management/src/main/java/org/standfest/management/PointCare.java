package org.standfest.management;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One recovery point, as who cares for it sees it.
 *
 * @param number its number within the system
 * @param id its id, unique in the world
 * @param takenAt the instant it shows
 * @param committedAt when the pool had it safely
 * @param sizeBytes size of its volumes as the system sees them
 * @param changedBytes what differs from the point before
 * @param receivedBytes what was received for it
 * @param exclusiveBytes what only this point occupies: about what its removal would give back; -1
 *     if unknown
 * @param newest whether it is the newest one
 * @param held whether a machine runs over it
 * @param pinned why it is pinned; empty if it is not
 * @param lockedUntil until when nobody can remove it; empty if it is not locked
 * @param suspicion why it may show what an attacker did; empty when nothing is held against it
 * @param damagedBlocks how many of its blocks are known to be damaged
 * @param lastGood whether it is the newest point that is neither suspect nor damaged
 * @param volumes its volumes
 */
public record PointCare(
        long number,
        String id,
        Instant takenAt,
        Instant committedAt,
        long sizeBytes,
        long changedBytes,
        long receivedBytes,
        long exclusiveBytes,
        boolean newest,
        boolean held,
        Optional<String> pinned,
        Optional<Instant> lockedUntil,
        Optional<String> suspicion,
        int damagedBlocks,
        boolean lastGood,
        List<Volume> volumes) {

    /** Checks that nothing is missing. */
    public PointCare {
        Objects.requireNonNull(id);
        Objects.requireNonNull(takenAt);
        Objects.requireNonNull(committedAt);
        Objects.requireNonNull(pinned);
        Objects.requireNonNull(lockedUntil);
        Objects.requireNonNull(suspicion);
        volumes = List.copyOf(volumes);
    }

    /**
     * One volume of a point.
     *
     * @param name its name
     * @param tree whether it is a file tree and no disk
     * @param sizeBytes size of the disk, or bytes of all files
     * @param root root hash of its manifest, SHA-256 in hexadecimal
     * @param notKept what the pool's file system could not keep natively
     */
    public record Volume(
            String name, boolean tree, long sizeBytes, String root, List<String> notKept) {

        /** Checks that nothing is missing. */
        public Volume {
            Objects.requireNonNull(name);
            Objects.requireNonNull(root);
            notKept = List.copyOf(notKept);
        }
    }
}
