package org.standfest.management.rehearsed;

import org.standfest.management.Reason;
import org.standfest.results.Explanation;
import org.standfest.results.Outcome;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is demanded of a standby, and what of it does not hold. For one thread. */
final class Demands {

    private final List<String> breaches = new ArrayList<>();

    void demand(boolean holds, String what) {
        if (!holds) {
            breaches.add(what);
        }
    }

    void refused(Outcome<?> outcome, String what) {
        demand(
                outcome instanceof Outcome.Refused<?> && written(outcome.problem().orElseThrow()),
                "refuses " + what + " with three sentences");
    }

    /** Whether an explanation has its three sentences. */
    static boolean written(Explanation why) {
        Reason reason = Reason.of(why, Locale.ENGLISH);
        return List.of(reason.happened(), reason.meaning(), reason.next()).stream()
                .noneMatch(text -> text.isBlank() || text.startsWith("!"));
    }

    /** What does not hold, one line each. */
    List<String> breaches() {
        return List.copyOf(breaches);
    }
}
