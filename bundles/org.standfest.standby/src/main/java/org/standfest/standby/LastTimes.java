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

    private final Journal journal;

    LastTimes(Journal journal) {
        this.journal = journal;
    }

    /**
     * How long each step of a plan took last for a system, milliseconds; the whole plan under the
     * empty name. What never succeeded is missing.
     */
    Map<String, Long> of(String systemId, PlanKind kind) throws IOException {
        Map<String, Long> last = new HashMap<>();
        for (JournalEntry entry :
                journal.newest(
                        entry ->
                                entry.systemId().equals(systemId)
                                        && kind.name().equals(entry.details().get("plan"))
                                        && entry.details().containsKey(TOOK),
                        STEPS_LOOKED_AT)) {
            last.put(
                    entry.details().getOrDefault("step", ""),
                    Long.parseLong(entry.details().get(TOOK)));
        }
        return last;
    }
}
