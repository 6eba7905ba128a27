package org.standfest.recovery.plans;

/** Stands for kill -9: nobody catches it but the test. */
final class ProcessDeath extends Error {
    private static final long serialVersionUID = 1L;

    ProcessDeath() {
        super("kill -9", null, false, false);
    }
}
