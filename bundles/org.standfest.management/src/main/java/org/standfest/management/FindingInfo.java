package org.standfest.management;

import org.standfest.results.Finding;
import org.standfest.results.Severity;

import java.util.Locale;
import java.util.Objects;

/**
 * A finding whose sentences are written already, in the language of the caller.
 *
 * @param severity how much it matters
 * @param elementId what it is about, for example a system or a volume; empty for the whole
 * @param elementName its name for people
 * @param reason what, why it matters, what to do
 */
public record FindingInfo(Severity severity, String elementId, String elementName, Reason reason) {

    /** Checks that nothing is missing. */
    public FindingInfo {
        Objects.requireNonNull(severity);
        Objects.requireNonNull(elementId);
        Objects.requireNonNull(elementName);
        Objects.requireNonNull(reason);
    }

    /** Writes a finding out in one language. */
    public static FindingInfo of(Finding finding, Locale language) {
        return new FindingInfo(
                finding.severity(),
                finding.elementId(),
                finding.elementName(),
                Reason.of(finding.explanation(), language));
    }

    /** The finding again, in the one language it has. */
    public Finding finding() {
        return new Finding(severity, elementId, elementName, reason.explanation());
    }
}
