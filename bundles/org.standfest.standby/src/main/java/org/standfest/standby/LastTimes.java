package org.standfest.standby;

import org.standfest.recovery.PlanKind;
import org.standfest.recovery.journal.Journal;
import org.standfest.recovery.journal.JournalEntry;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** How long things took last, as the journal says. Safe for any thread. */
final class LastTimes {

    private static final int STEPS_LOOKED_AT = 2_000;
    private static final String TOOK = "tookMillis";
    private static final String WAIT = "window";

    private final Journal journal;

    LastTimes(Journal journal) {
        this.journal = journal;
    }

    /**
     * How long each step of a plan took last for a system, milliseconds; the whole plan under the
     * empty name. What never succeeded is missing; waiting for the chosen window counts nowhere,
     * because it says nothing about the next time.
     */
    Map<String, Long> of(String systemId, PlanKind kind) throws IOException {
        Map<String, Long> last = new HashMap<>();
        Map<String, Long> waited = new HashMap<>();
        for (JournalEntry entry :
                journal.newest(
                        entry ->
                                entry.systemId().equals(systemId)
                                        && kind.name().equals(entry.details().get("plan"))
                                        && entry.details().containsKey(TOOK),
                        STEPS_LOOKED_AT)) {
            String step = entry.details().getOrDefault("step", "");
            String operation = entry.details().getOrDefault("operation", "");
            long took = Long.parseLong(entry.details().get(TOOK));
            if (step.equals(WAIT)) {
                waited.put(operation, took);
            } else {
                long wait = step.isEmpty() ? waited.getOrDefault(operation, 0L) : 0;
                last.put(step, Math.max(0, took - wait));
            }
        }
        return last;
    }
}
