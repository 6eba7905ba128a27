package org.standfest.hypervisor;

/** What starts the guest's boot loader. */
public enum Firmware {
    /** PC BIOS: the boot sector of the first disk. */
    BIOS,
    /** UEFI. */
    UEFI
}
