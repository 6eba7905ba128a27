package org.standfest.standby;

import java.util.Map;

/**
 * Keeps a fault in one act of a long-lived thread from ending the others: it is a bug, and the
 * journal has it. Safe for any thread.
 */
record Fence(ManageHandler.Journaled journal) {

    /** Acts; never throws a runtime exception. */
    void around(String systemId, Runnable act) {
        try {
            act.run();
        } catch (RuntimeException bug) {
            journal.write("standby", systemId, "watch.fault", Map.of("why", bug.toString()));
        }
    }
}
