package org.standfest.hypervisor;

/** How the bytes of a disk lie in its image file. */
public enum DiskFormat {
    /** Byte n of the disk is byte n of the file. */
    RAW,
    /** QEMU's copy-on-write format; may have a base. */
    QCOW2
}
