package org.standfest.standby;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a fault in one act of a long-lived thread from ending the others: it is a bug, and the
 * journal has it, once for each system and place in the code. Safe for any thread.
 */
record Fence(ManageHandler.Journaled journal, Set<String> told) {

    Fence(ManageHandler.Journaled journal) {
        this(journal, ConcurrentHashMap.newKeySet());
    }

    /** Acts; never throws a runtime exception. */
    void around(String systemId, Runnable act) {
        try {
            act.run();
        } catch (RuntimeException bug) {
            String place = Arrays.stream(bug.getStackTrace()).findFirst() + " " + bug.getClass();
            if (told.add(systemId + " " + place)) {
                journal.write("standby", systemId, "watch.fault", Map.of("why", bug.toString()));
            }
        }
    }
}
