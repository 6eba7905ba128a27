package org.standfest.standby.care;

import org.standfest.results.Outcome;

import java.util.Locale;
import java.util.Map;

/**
 * Who asks, in which language.
 *
 * @param journal where what they decide is written
 */
record Asked(String who, Locale language, CareJournal journal) {

    /** Writes a decision down, before it is carried out. */
    Outcome<Void> written(String systemId, String what, Map<String, String> details) {
        return journal.write(who, systemId, what, details);
    }
}
