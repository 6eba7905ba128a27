package org.standfest.hypervisor;

/** What a guest sees its disk hanging on. */
public enum DiskBus {
    /** Paravirtual block device. */
    VIRTIO,
    /** Parallel ATA of a 1990s chip set; every system has the driver, at most four disks. */
    IDE,
    /** A disk on a paravirtual SCSI controller. */
    SCSI
}
