package org.standfest.replication.snapshots;

/** The options of volumes that the providers of this bundle read. */
public final class SnapshotOptions {

    /**
     * Folder for clones and copies, on the source's file system where they are to cost nothing;
     * otherwise {@code .standfest-snapshots} beside the source.
     */
    public static final String TEMPORARY = "temporary";

    /**
     * {@code no}: clones are not kept for finding changes, so that overwritten blocks take no space
     * between sessions and every session reads the whole image.
     */
    public static final String TRACKING = "tracking";

    /**
     * Of a group of files: patterns of relative paths, one a line, in the order in which they are
     * copied; what no pattern names comes last. For example the data of a database before its logs.
     */
    public static final String ORDER = "order";

    /** Of LVM: space of the snapshot, for example {@code 10%ORIGIN} or {@code 5g}. */
    public static final String LVM_SPACE = "lvmSpace";

    private SnapshotOptions() {}
}
