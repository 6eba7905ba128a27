package org.standfest.results;

import java.util.Objects;

/**
 * Something an analysis found: where, how much it matters, and the explanation (what, why it
 * matters, what to do).
 *
 * @param severity how much it matters
 * @param elementId the stable id of the element it is about; empty for the whole
 * @param elementName the element's name as a person knows it; empty for the whole
 * @param explanation what, why it matters, what to do
 */
public record Finding(
        Severity severity, String elementId, String elementName, Explanation explanation) {

    /** Checks that nothing is missing. */
    public Finding {
        Objects.requireNonNull(severity);
        Objects.requireNonNull(elementId);
        Objects.requireNonNull(elementName);
        Objects.requireNonNull(explanation);
    }
}
