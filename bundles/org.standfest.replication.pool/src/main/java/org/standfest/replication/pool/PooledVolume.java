package org.standfest.replication.pool;

import org.standfest.replication.protocol.VolumeKind;
import org.standfest.replication.protocol.manifest.BlockHash;

import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One volume of a recovery point.
 *
 * @param name lower case name, unique in its system
 * @param kind disk or tree
 * @param sizeBytes size of the disk, or bytes of all files of the tree together
 * @param entries number of entries of a tree, 0 for a disk
 * @param root root hash of its manifest
 * @param notKept what the native form could not keep here and only the manifest records, in the
 *     words of {@link org.standfest.replication.pool.files.TreeFiles.Loss}; empty when nothing is
 *     missing
 */
public record PooledVolume(
        String name,
        VolumeKind kind,
        long sizeBytes,
        long entries,
        BlockHash root,
        SortedSet<String> notKept) {

    /** Checks that nothing is missing. */
    public PooledVolume {
        Objects.requireNonNull(name);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(root);
        notKept = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(notKept));
    }
}
