package org.standfest.results;

/** How much a finding matters, the worst last. */
public enum Severity {
    /** Worth knowing; nothing has to be done. */
    HINT,
    /** Works today, and will hurt in a foreseeable situation. */
    WARNING,
    /** Does not work, or contradicts itself. */
    ERROR
}
