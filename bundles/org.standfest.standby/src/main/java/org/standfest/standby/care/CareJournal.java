package org.standfest.standby.care;

import org.standfest.results.Outcome;

import java.util.Map;

/** Writes an act down that must not happen otherwise. */
@FunctionalInterface
public interface CareJournal {

    /**
     * Writes one entry.
     *
     * @param who the operator, or {@code standby}
     * @param systemId the system; empty for none
     * @param what stable code of the act
     */
    Outcome<Void> write(String who, String systemId, String what, Map<String, String> details);
}
