package org.standfest.management;

/** What is protected. */
public enum SystemKind {
    /** A whole machine: its disks, startable on the standby. */
    MACHINE,
    /** Trees of files only: can be read and brought back, not started. */
    FILES
}
