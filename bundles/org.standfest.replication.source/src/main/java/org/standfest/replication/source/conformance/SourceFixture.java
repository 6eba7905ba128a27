package org.standfest.replication.source.conformance;

import org.standfest.replication.source.SnapshotProvider;
import org.standfest.replication.source.VolumeSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A provider together with a real source that the checks may write to: what the author of a
 * provider brings to {@link SnapshotConformance}. Used by one thread.
 */
public interface SourceFixture {

    /** The provider that is checked; the same object each time until {@link #restart}. */
    SnapshotProvider provider();

    /**
     * Makes a provider as after a kill and a new start of the agent; the old one is not used any
     * more.
     */
    SnapshotProvider restart();

    /**
     * The volumes of one system, all of this provider, one or more; disks of at least 1 MiB, trees
     * that may be empty.
     */
    List<VolumeSource> volumes();

    /** A volume of this provider whose source does not exist. */
    VolumeSource absent();

    /**
     * Writes to a disk the way its user does (through the guest, or into the file), so that it is
     * in every snapshot taken from now on.
     */
    void write(VolumeSource disk, long position, byte[] content) throws IOException;

    /** The folder that is the live tree of a volume of kind TREE. */
    default Path liveTree(VolumeSource tree) {
        throw new IllegalArgumentException("no tree " + tree.name());
    }

    /** Whether views do not change while the source does. */
    boolean freezes();

    /** Whether the provider knows what changed since a committed snapshot of a disk. */
    boolean tracks();

    /**
     * Does to the change tracking what a crash or another user of it does, so that it cannot be
     * trusted any more; false where that is not possible.
     */
    default boolean loseTracking() throws IOException {
        return false;
    }

    /**
     * What a snapshot would leave behind that should not be there when all of them are closed:
     * names of temporary files, snapshots, nodes. Change tracking does not count.
     */
    List<String> leftOvers() throws IOException;

    /**
     * A volume of this provider's kind, but of a kind of content it cannot take; empty if it takes
     * both.
     */
    Optional<VolumeSource> wrongKind();
}
