package org.standfest.hypervisor;

/** Which way the guest's instructions run. */
public enum Acceleration {
    /** The processor itself if a trial showed that it works here, otherwise emulation. */
    BEST,
    /** The processor itself, or a refusal. */
    PROCESSOR,
    /** Emulation. */
    EMULATION
}
