package org.standfest.hypervisor;

/** What a machine is doing. */
public enum MachineState {
    /** Its virtual processors run. */
    RUNNING,
    /** The process lives and the guest is halted in the middle of its work. */
    PAUSED,
    /** The guest is off; the process is still there and its disks can be read. */
    POWERED_OFF,
    /** The process is gone. */
    GONE,
    /** The process lives and does not answer. */
    UNKNOWN
}
