package org.standfest.hypervisor;

/** What a guest sees as its network card. */
public enum NicModel {
    /** Paravirtual network card. */
    VIRTIO,
    /** The paravirtual card of another vendor; a guest that has its driver needs no virtio. */
    VMXNET3,
    /** A real gigabit card of the 2000s. */
    E1000
}
