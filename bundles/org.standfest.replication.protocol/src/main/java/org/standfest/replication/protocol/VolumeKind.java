package org.standfest.replication.protocol;

/** What a volume is made of. The order is part of the wire format. */
public enum VolumeKind {
    /** A block device: a row of 64 KiB blocks. */
    DISK,
    /** A file tree: entries with all their attributes. */
    TREE
}
