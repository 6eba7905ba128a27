package org.standfest.replication.snapshots;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * By what an unchanged file is recognised: whoever writes to it, also through a mapping or past the
 * page cache, changes its times before its content.
 *
 * @param fileSystem device number of the file system
 * @param inode number of the file
 * @param sizeBytes its size
 * @param modified modification time
 * @param changed change time
 */
record Stamp(long fileSystem, long inode, long sizeBytes, Instant modified, Instant changed) {

    /**
     * The coarsest clock tick of a kernel's file times is 10 ms: a change this close to the stamp
     * might show the same times.
     */
    private static final Duration COARSE = Duration.ofMillis(50);

    static Stamp of(Path file) throws IOException {
        Map<String, Object> all =
                Files.readAttributes(file, "unix:dev,ino,size,lastModifiedTime,ctime");
        return new Stamp(
                (Long) all.get("dev"),
                (Long) all.get("ino"),
                (Long) all.get("size"),
                ((FileTime) all.get("lastModifiedTime")).toInstant(),
                ((FileTime) all.get("ctime")).toInstant());
    }

    /** Whether a change at an instant or later surely shows in the times. */
    boolean tellsChangesFrom(Instant instant) {
        return changed.isBefore(instant.minus(COARSE)) && modified.isBefore(instant.minus(COARSE));
    }

    /** Whether the file is still as it was; false when it cannot be asked. */
    boolean holds(Path file) {
        try {
            return equals(of(file));
        } catch (IOException gone) {
            return false;
        }
    }
}
